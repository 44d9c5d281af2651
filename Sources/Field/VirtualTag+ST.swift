import Tags

/// STMicroelectronics' own commands as LRI, M24LR and ST25TV carry them out (iso15693 §9).
extension VirtualTag {
    mutating func carryOutST(_ request: ISO15693.CustomRequest) -> Outcome {
        let parameters = request.parameters
        switch request.code {
        case 0xA0:
            guard parameters.count == 1 else { return .unrecognised }
            return .response(.data([configuration[parameters[0]]?.first ?? 0]))
        case 0xA1:
            guard parameters.count == 2 else { return .unrecognised }
            guard passwords.isGiven(0x03) else { return .protected }
            configuration[parameters[0]] = [parameters[1]]
            return .done
        case 0xA2, 0xA3:
            return setEAS(request.code == 0xA2)
        case 0xA4:
            guard !eas.locked else { return .alreadyLocked }
            eas.locked = true
            return .done
        case 0xA6:
            guard present(0x00, parameters) == true else { return .failed }
            state = .destroyed
            return .done
        case 0xB1: return writePassword(parameters)
        case 0xB2: return lockSector(parameters)
        case 0xB3:
            guard parameters.count == 5 else { return .unrecognised }
            return present(parameters[0], Array(parameters[1...])) == true ? .done : .failed
        case 0xB4:
            return .response(.data(passwords.challenge()))
        default:
            return .unsupported
        }
    }

    /// Covered on chips that give out random numbers, else in the clear. A wrong one is refused and mutes nobody.
    private mutating func present(_ number: UInt8, _ password: [UInt8]) -> Bool? {
        chip.customCommands.contains(ST.GetRandomNumber.code)
            ? passwords.present(number, covered: password) : passwords.present(number, plain: password)
    }

    private mutating func writePassword(_ parameters: [UInt8]) -> Outcome {
        guard parameters.count == 5 else { return .unrecognised }
        guard passwords.isGiven(parameters[0]) else { return .protected }
        passwords.replace(parameters[0], with: Array(parameters[1...]), staysGiven: true)
        return .done
    }

    /// The number is any block of the sector, in one byte or two.
    private mutating func lockSector(_ parameters: [UInt8]) -> Outcome {
        guard 2...3 ~= parameters.count, let security = parameters.last.flatMap(ST.SectorSecurity.init(rawValue:))
        else {
            return .unrecognised
        }
        let block = parameters.dropLast().reversed().reduce(0) { $0 << 8 | Int($1) }
        guard block < geometry.blockCount else { return .noSuchBlock }
        let sector = block / MemoryProtection.blocksInSector
        guard protection.sectors[sector] == nil else { return .alreadyLocked }
        protection.sectors[sector] = security
        return .done
    }
}
