import Tags

/// The makers' own commands as a tag carries them out (iso15693 §7.3 to §7.6, §8, §9).
extension VirtualTag {
    mutating func carryOut(_ request: ISO15693.CustomRequest, recipient: ISO15693.Recipient) -> Outcome {
        switch chip.manufacturer {
        case .nxp: return carryOutNXP(request, recipient: recipient)
        case .texasInstruments: return carryOutTexasInstruments(request)
        case .st: return carryOutST(request)
        default: return .unsupported
        }
    }

    mutating func setEAS(_ armed: Bool) -> Outcome {
        guard !eas.locked else { return .failed }
        guard !passwords.protectsEAS || passwords.isGiven(0x10) else { return .failed }
        eas.armed = armed
        return .done
    }
}
