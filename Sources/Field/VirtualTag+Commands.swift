import Tags

/// The standard commands as a tag carries them out (iso15693 §3).
extension VirtualTag {
    mutating func carryOut(_ frame: ISO15693.RequestFrame) -> Outcome {
        switch frame.request {
        case .stayQuiet:
            guard case .tag = frame.header.recipient else { return .silent }
            state = .quiet
            return .silent
        case .select:
            guard case .tag = frame.header.recipient else { return .silent }
            state = .selected
            return .done
        case .resetToReady:
            state = .ready
            return .done
        case .readSingleBlock(let block, let security):
            return read(block, count: 1, security: security, shortens: false)
        case .readMultipleBlocks(let first, let count, let security),
            .fastReadMultipleBlocks(let first, let count, let security):
            return read(first, count: count, security: security, shortens: true)
        case .blockSecurity(let first, let count):
            return blockSecurity(first, count: count)
        case .writeSingleBlock(let block, let data):
            return write(block, count: 1, data: data)
        case .writeMultipleBlocks(let first, let count, let data):
            return write(first, count: count, data: data)
        case .lockBlock(let block):
            return lock(block)
        case .writeAFI, .lockAFI, .writeDSFID, .lockDSFID:
            return carryOutIdentifier(frame.request)
        case .systemInformation:
            return .response(.systemInformation(systemInformation))
        case .extended(let extended):
            return carryOut(extended)
        case .cryptographic:
            return .unsupported
        case .custom(let custom):
            return carryOut(custom, recipient: frame.header.recipient)
        }
    }

    private mutating func carryOut(_ request: ISO15693.ExtendedRequest) -> Outcome {
        switch request {
        case .readSingleBlock(let block, let security):
            return read(block, count: 1, security: security, shortens: false)
        case .readMultipleBlocks(let first, let count, let security),
            .fastReadMultipleBlocks(let first, let count, let security):
            return read(first, count: count, security: security, shortens: true)
        case .writeSingleBlock(let block, let data):
            return write(block, count: 1, data: data)
        case .writeMultipleBlocks(let first, let count, let data):
            return write(first, count: count, data: data)
        case .lockBlock(let block):
            return lock(block)
        case .blockSecurity(let first, let count):
            return blockSecurity(first, count: count)
        case .systemInformation(let parameters):
            var information = systemInformation
            if !parameters.contains(.dsfid) { information.dsfid = nil }
            if !parameters.contains(.afi) { information.afi = nil }
            if !parameters.contains(.memory) { information.geometry = nil }
            if !parameters.contains(.icReference) { information.icReference = nil }
            if parameters.contains(.commands) { information.commands = .init(codes: chip.commands) }
            return .response(.systemInformation(information))
        }
    }

    private mutating func carryOutIdentifier(_ request: ISO15693.Request) -> Outcome {
        switch request {
        case .writeAFI(let value):
            guard !afiLocked else { return .blockLocked }
            guard !passwords.protectsAFI || passwords.isGiven(0x10) else { return .protected }
            afi = value
        case .lockAFI:
            guard !afiLocked else { return .alreadyLocked }
            afiLocked = true
        case .writeDSFID(let value):
            guard !dsfidLocked else { return .blockLocked }
            dsfid = value
        case .lockDSFID:
            guard !dsfidLocked else { return .alreadyLocked }
            dsfidLocked = true
        default:
            return .unsupported
        }
        return .done
    }

    var systemInformation: ISO15693.SystemInformation {
        ISO15693.SystemInformation(
            uid: uid,
            dsfid: dsfid,
            afi: chip.hasAFI ? afi : nil,
            geometry: geometry,
            icReference: chip.icReference
        )
    }

    /// The blocks that exist out of those asked for; `nil` when the chip refuses a range over its end.
    private func existing(_ first: Int, count: Int, shortens: Bool) -> Range<Int>? {
        let (end, overflow) = first.addingReportingOverflow(count)
        guard !overflow, 0..<geometry.blockCount ~= first, count > 0 else { return nil }
        if end <= geometry.blockCount { return first..<end }
        return shortens && chip.overRead == .shortened ? first..<geometry.blockCount : nil
    }

    private func read(_ first: Int, count: Int, security: Bool, shortens: Bool) -> Outcome {
        if let most = chip.mostBlocksPerRead, count > most { return .failed }
        guard let blocks = existing(first, count: count, shortens: shortens) else {
            return chip.overRead == .silent ? .silent : .noSuchBlock
        }
        guard !crossesSectors(blocks) else { return .failed }
        guard blocks.allSatisfy(mayRead) else { return .protected }
        return .response(.blocks(blocks.map { block($0, security: security) }))
    }

    /// Chips that lock memory sector by sector read from one sector at a time (iso15693 §9).
    private func crossesSectors(_ blocks: Range<Int>) -> Bool {
        guard chip.customCommands.contains(ST.LockSector.code), chip.manufacturer == .st else { return false }
        return blocks.lowerBound / MemoryProtection.blocksInSector
            != (blocks.upperBound - 1) / MemoryProtection.blocksInSector
    }

    func block(_ number: Int, security: Bool) -> ISO15693.Block {
        let start = number * geometry.blockSize
        return ISO15693.Block(
            data: Array(memory[clamped: start..<(start + geometry.blockSize)]),
            security: security ? status(of: number) : nil
        )
    }

    private func status(of block: Int) -> UInt8 {
        locked.indices.contains(block) && locked[block] ? 0x01 : 0x00
    }

    private func blockSecurity(_ first: Int, count: Int) -> Outcome {
        guard let blocks = existing(first, count: count, shortens: true) else {
            return chip.overRead == .silent ? .silent : .noSuchBlock
        }
        return .response(.blockSecurity(blocks.map { status(of: $0) }))
    }

    private mutating func write(_ first: Int, count: Int, data: [UInt8]) -> Outcome {
        if let most = chip.mostBlocksPerWrite, count > most { return .failed }
        guard let blocks = existing(first, count: count, shortens: false) else { return .noSuchBlock }
        guard data.count == count * geometry.blockSize else { return .unrecognised }
        guard !blocks.contains(where: { locked[$0] }) else { return .blockLocked }
        if blocks == chip.counterBlock.map({ $0..<($0 + 1) }) { return writeCounter(data) }
        guard blocks.allSatisfy(mayWrite) else { return .protected }
        store(data, at: first * geometry.blockSize)
        if let afiBlock = chip.afiBlock, blocks.contains(afiBlock) {
            afi = memory[afiBlock * geometry.blockSize]
        }
        return .done
    }

    private mutating func lock(_ block: Int) -> Outcome {
        guard locked.indices.contains(block) else { return .noSuchBlock }
        guard !locked[block] else { return .alreadyLocked }
        guard mayWrite(block) else { return .protected }
        locked[block] = true
        return .done
    }
}
