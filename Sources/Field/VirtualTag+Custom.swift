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

    private mutating func carryOutNXP(_ request: ISO15693.CustomRequest, recipient: ISO15693.Recipient) -> Outcome {
        switch request.code {
        case 0xA2: return setEAS(true)
        case 0xA3: return setEAS(false)
        case 0xA4:
            guard !eas.locked else { return .failed }
            eas.locked = true
            return .done
        case 0xA5: return easAlarm(request)
        case 0xA6:
            guard passwords.isGiven(0x10) else { return .failed }
            if request.option { passwords.protectsAFI = true } else { passwords.protectsEAS = true }
            return .done
        case 0xA7:
            guard !eas.locked, request.parameters.count == 2 else { return .failed }
            eas.identifier = request.parameters
            return .done
        case 0xAB: return .response(.data(nxpSystemInformation))
        case 0xB2: return .response(.data(passwords.challenge()))
        case 0xB3: return setPassword(request.parameters, recipient: recipient)
        case 0xB4, 0xB5: return changePassword(request)
        case 0xB9, 0xBA: return enterPrivacyOrDestroy(request)
        case 0xBC:
            guard recipient != .everyone else { return .silent }
            state = .persistentlyQuiet
            return .silent
        default: return .unsupported
        }
    }

    private mutating func setEAS(_ armed: Bool) -> Outcome {
        guard !eas.locked else { return .failed }
        guard !passwords.protectsEAS || passwords.isGiven(0x10) else { return .failed }
        eas.armed = armed
        return .done
    }

    /// Only an armed tag answers, all with the same bytes at the same time, and nobody ever answers with an error.
    private func easAlarm(_ request: ISO15693.CustomRequest) -> Outcome {
        guard eas.armed else { return .silent }
        guard request.option else { return .response(.data(NXP.easSequence)) }
        guard let length = request.parameters.first, [0, 8, 16].contains(length) else { return .silent }
        let wanted = Array(request.parameters.dropFirst())
        guard wanted.count == Int(length) / 8, Array(eas.identifier.prefix(wanted.count)) == wanted else {
            return .silent
        }
        return .response(.data(length == 0 ? eas.identifier : NXP.easSequence))
    }

    private mutating func setPassword(_ parameters: [UInt8], recipient: ISO15693.Recipient) -> Outcome {
        guard parameters.count == 5 else { return .failed }
        let identifier = parameters[0]
        guard recipient != .everyone || identifier == 0x04 else { return .silent }
        switch passwords.present(identifier, covered: Array(parameters[1...])) {
        case true:
            if identifier == 0x04 {
                passwords.privacy = false
                if state == .privacy { state = .ready }
            }
            return .done
        case false:
            state = .muted
            return .silent
        case nil:
            return .failed
        }
    }

    private mutating func changePassword(_ request: ISO15693.CustomRequest) -> Outcome {
        guard let identifier = request.parameters.first, passwords.isGiven(identifier),
            !passwords.locked.contains(identifier)
        else { return .failed }
        if request.code == 0xB5 {
            passwords.locked.insert(identifier)
            return .done
        }
        guard request.parameters.count == 5 else { return .failed }
        passwords.replace(identifier, with: Array(request.parameters[1...]))
        return .done
    }

    private mutating func enterPrivacyOrDestroy(_ request: ISO15693.CustomRequest) -> Outcome {
        let identifier: UInt8 = request.code == 0xBA ? 0x04 : 0x08
        switch passwords.present(identifier, covered: request.parameters) {
        case true:
            if identifier == 0x04 {
                passwords.privacy = true
                state = .privacy
            } else {
                state = .destroyed
            }
            return .done
        case false:
            state = .muted
            return .silent
        case nil:
            return .failed
        }
    }

    /// No page pointer, the locks, and ICODE SLIX2's features (iso15693 §7.6).
    private var nxpSystemInformation: [UInt8] {
        let locks: UInt8 = (afiLocked ? 0x01 : 0) | (eas.locked ? 0x02 : 0) | (dsfidLocked ? 0x04 : 0)
        return [0x00, 0x00, locks, 0x7F, 0x35, 0x00, 0x00]
    }

    private mutating func carryOutTexasInstruments(_ request: ISO15693.CustomRequest) -> Outcome {
        let size = geometry.blockSize
        switch request.code {
        case 0xA2:
            guard request.parameters.count == 1 + 2 * size else { return .unrecognised }
            let first = Int(request.parameters[0])
            if let refusal = refusalOfPair(first) { return refusal }
            store(Array(request.parameters.dropFirst()), at: first * size)
            return .done
        case 0xA3:
            guard request.parameters.count == 1 else { return .unrecognised }
            let first = Int(request.parameters[0])
            if let refusal = refusalOfPair(first) { return refusal }
            locked[first] = true
            locked[first + 1] = true
            return .done
        case 0xA4:
            guard request.parameters == proPassword else { return .refused(0x14) }
            state = .destroyed
            return .done
        case 0xA5:
            guard request.parameters.count == 5 + size, Array(request.parameters.prefix(4)) == proPassword else {
                return .refused(0x13)
            }
            let block = Int(request.parameters[4])
            guard locked.indices.contains(block), block != 11 else { return .noSuchBlock }
            store(Array(request.parameters.dropFirst(5)), at: block * size)
            return .done
        default:
            return .unsupported
        }
    }

    /// Tag-it HF-I Plus handles blocks in pairs from an even one: A1 says odd, A2 says locked.
    private func refusalOfPair(_ first: Int) -> Outcome? {
        guard first.isMultiple(of: 2) else { return .refused(0xA1) }
        guard first + 1 < geometry.blockCount else { return .noSuchBlock }
        return locked[first] || locked[first + 1] ? .refused(0xA2) : nil
    }

    /// Tag-it HF-I Pro's password counts only once its block is locked.
    private var proPassword: [UInt8]? {
        guard locked.indices.contains(11), locked[11] else { return nil }
        return block(11, security: false).data
    }

    private mutating func carryOutST(_ request: ISO15693.CustomRequest) -> Outcome {
        switch request.code {
        case 0xA2, 0xA3:
            return setEAS(request.code == 0xA2)
        case 0xA4:
            guard !eas.locked else { return .alreadyLocked }
            eas.locked = true
            return .done
        case 0xB4:
            return .response(.data(passwords.challenge()))
        default:
            return .unsupported
        }
    }
}
