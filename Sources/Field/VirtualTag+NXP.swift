import Tags
import Wire

/// NXP's own commands as an ICODE chip carries them out (iso15693 §7.3 to §7.6).
extension VirtualTag {
    mutating func carryOutNXP(_ request: ISO15693.CustomRequest, recipient: ISO15693.Recipient) -> Outcome {
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
        case 0xA8: return .response(.data([UInt8](repeating: 0, count: 12)))
        case 0xAB: return .response(.data(nxpSystemInformation))
        case 0xB2: return .response(.data(passwords.challenge()))
        case 0xB3: return setPassword(request.parameters, recipient: recipient)
        case 0xB4, 0xB5: return changePassword(request)
        case 0xB6: return protectPage(request.parameters)
        case 0xB7: return lockPageProtection(request.parameters)
        case 0xB8: return protectionStatus(request.parameters)
        case 0xB9, 0xBA: return enterPrivacyOrDestroy(request)
        case 0xBB: return joinPasswords()
        case 0xBC:
            guard recipient != .everyone else { return .silent }
            state = .persistentlyQuiet
            return .silent
        case 0xBD: return .response(.data(signature))
        case 0xC0: return readConfiguration(request.parameters)
        case 0xC1: return writeConfiguration(request.parameters)
        default: return .unsupported
        }
    }

    /// Only an armed tag answers, all with the same bytes at the same time, and nobody ever answers with an error.
    private func easAlarm(_ request: ISO15693.CustomRequest) -> Outcome {
        guard eas.armed else { return .silent }
        guard request.option else { return .response(.data(NXP.easSequence)) }
        // SLI and SLIX have no identifier to compare, and do not know the option.
        guard chip.customCommands.contains(NXP.WriteEASIdentifier.code) else { return .silent }
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
        let isRight: Bool?
        if chip.hidesAfterPassword {
            isRight = request.parameters.isEmpty && passwords.isGiven(identifier) ? true : nil
        } else {
            isRight = passwords.present(identifier, covered: request.parameters)
        }
        switch isRight {
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

    /// Page protection, the locks, and ICODE SLIX2's features (iso15693 §7.6).
    private var nxpSystemInformation: [UInt8] {
        var locks: NXP.Locks = []
        if afiLocked { locks.insert(.afi) }
        if eas.locked { locks.insert(.eas) }
        if dsfidLocked { locks.insert(.dsfid) }
        if protection.lockedPages.contains(0) { locks.insert(.pageProtection) }
        return NXP.SystemInformation(
            pagePointer: protection.firstHighBlock,
            pageConditions: protection.conditions,
            locks: locks,
            features: .slix2
        ).bytes
    }

    /// 32 bytes that are the same for a tag every time; no maker's signature, as a check of it would find.
    private var signature: [UInt8] {
        var generator = SeededGenerator(seed: uid.rawValue)
        return (0..<32).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }

    private func readConfiguration(_ parameters: [UInt8]) -> Outcome {
        guard parameters.count == 2, let last = UInt8(exactly: Int(parameters[0]) + Int(parameters[1])) else {
            return .failed
        }
        return .response(.data((parameters[0]...last).flatMap { configuration[$0] ?? [0, 0, 0, 0] }))
    }

    private mutating func writeConfiguration(_ parameters: [UInt8]) -> Outcome {
        guard parameters.count == 5 else { return .failed }
        configuration[parameters[0]] = Array(parameters[1...])
        return .done
    }
}
