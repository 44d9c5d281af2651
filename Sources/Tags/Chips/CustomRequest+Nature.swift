/// What a maker's own command does to the tag, by maker and code: the same code protects on one chip and kills on
/// another (iso15693 §7.3, §8, §9, §10.1).
extension ISO15693.CustomRequest {
    private var maker: Manufacturer { Manufacturer(rawValue: manufacturer) }

    /// Whether it changes the tag: its memory, for which it takes its time, or what it forgets with the power, as the
    /// registers, messages and outputs of chips with a processor behind them. Nothing of the kind is for every tag at
    /// once.
    package var isWrite: Bool {
        switch maker {
        case .nxp:
            [0xA2, 0xA3, 0xA4, 0xA6, 0xA7, 0xB4, 0xB5, 0xB6, 0xB7, 0xB9, 0xBA, 0xBB, 0xC1, 0xC2, 0xD3, 0xD4]
                .contains(code)
        case .texasInstruments: 0xA2...0xA5 ~= code
        case .st:
            [0xA1, 0xA2, 0xA3, 0xA4, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAE, 0xB1, 0xB2, 0xCA, 0xCE].contains(code)
        case .fujitsu: [0xA1, 0xC4, 0xD1].contains(code)
        // Of EM's A7 only the name is known, EAS ID; NXP and ST write theirs under this code.
        case .em: code != 0xA5
        default: true
        }
    }

    /// Whether it locks, protects, hides or kills: what a person must say explicitly. Commands of makers without a
    /// table count as irreversible: what is not known is not sent by accident.
    package var isIrreversible: Bool {
        switch maker {
        case .nxp: [0xA4, 0xA6, 0xB5, 0xB6, 0xB7, 0xB9, 0xBA, 0xBB, 0xC1].contains(code)
        case .texasInstruments: code == 0xA3 || code == 0xA4
        case .st: [0xA4, 0xA6, 0xB2].contains(code)
        case .fujitsu: false
        case .em: ![0xA5, 0xA7].contains(code)
        default: true
        }
    }

    /// Whether it carries a password that was covered with a random number, which is good for one: said again as it is, the
    /// tag may take it for a wrong one (iso15693 §7.5).
    package var isGoodForOnce: Bool {
        maker == .nxp && [0xB3, 0xB9, 0xBA].contains(code)
    }

    /// Whether it makes the tag quiet, as 02 does: NXP's Stay Quiet Persistent, which outlasts a short loss of the field.
    package var silences: Bool { maker == .nxp && code == 0xBC }

    /// Whether the tag answers at twice the data rate.
    package var isFast: Bool {
        switch maker {
        case .nxp: code == 0xA1 || code == 0xB1
        case .st: [0xC0, 0xC3, 0xC4, 0xC5, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE].contains(code)
        case .fujitsu: [0xB1, 0xC3, 0xC4, 0xD1, 0xD5].contains(code)
        default: false
        }
    }

    /// Whether the option flag of a write asks for the answer after a lone end of frame; NXP's A6 uses it to choose
    /// between EAS and AFI instead.
    package var optionMeansTiming: Bool {
        !(maker == .nxp && code == 0xA6)
    }
}
