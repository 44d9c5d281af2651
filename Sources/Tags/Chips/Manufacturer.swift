/// A maker of tag chips, by the number behind `E0` in the UID (ISO/IEC 7816-6).
package struct Manufacturer: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// 02: STMicroelectronics, LRI, M24LR, ST25TV and ST25DV.
    package static let st = Manufacturer(rawValue: 0x02)
    /// 04: NXP, the ICODE chips and NTAG 5.
    package static let nxp = Manufacturer(rawValue: 0x04)
    /// 05: Infineon, my-d vicinity and my-d light.
    package static let infineon = Manufacturer(rawValue: 0x05)
    /// 07: Texas Instruments, Tag-it HF-I.
    package static let texasInstruments = Manufacturer(rawValue: 0x07)
    /// 08: Fujitsu, MB89R.
    package static let fujitsu = Manufacturer(rawValue: 0x08)
    /// 16: EM Microelectronic, EM4033 to EM4237.
    package static let em = Manufacturer(rawValue: 0x16)
    /// 1D: Fudan, of whose chips one type is known here.
    package static let fudan = Manufacturer(rawValue: 0x1D)
}

extension Manufacturer: CustomStringConvertible {
    package var description: String {
        switch self {
        case .st: "STMicroelectronics"
        case .nxp: "NXP"
        case .infineon: "Infineon"
        case .texasInstruments: "Texas Instruments"
        case .fujitsu: "Fujitsu"
        case .em: "EM Microelectronic"
        case .fudan: "Fudan"
        default: "maker \(rawValue)"
        }
    }
}

extension TagUID {
    /// Whether this tag takes writes only with the option flag and answers them after a lone end of frame: all of Texas
    /// Instruments' chips do, and ST's break with it (iso15693 §3.4).
    package var answersWritesOnEndOfFrame: Bool { manufacturer == Manufacturer.texasInstruments.rawValue }
}
