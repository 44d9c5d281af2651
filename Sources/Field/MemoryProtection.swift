package import Tags

/// Memory of a chip that is closed to whoever has not given its password: pages of ICODE SLI-S and SLIX-S, the two
/// parts of ICODE SLIX2 (iso15693 §7.5), sectors of LRIS64K and M24LR.
package struct MemoryProtection: Hashable, Sendable {
    /// First block of SLIX2's high part, and what is closed in either.
    package internal(set) var firstHighBlock: UInt8 = 0
    package internal(set) var conditions: NXP.ProtectPage.Conditions = []
    /// By page of four blocks; pages that are not named are open.
    package internal(set) var pages: [Int: NXP.ProtectPageOfS.Access] = [:]
    /// Pages whose protection stays for ever; SLIX2 has one protection, under page 0.
    package internal(set) var lockedPages: Set<Int> = []
    /// Read and write password count as one of 64 bits.
    package internal(set) var joinsPasswords = false
    /// By sector of 32 blocks; sectors that are not named are open.
    package internal(set) var sectors: [Int: ST.SectorSecurity] = [:]

    static let blocksInPage = 4
    static let blocksInSector = 32
}

extension VirtualTag {
    func mayRead(_ block: Int) -> Bool {
        if let sector = protection.sectors[block / MemoryProtection.blocksInSector] {
            return sector.access(isPresented: isPresented(sector)).reads
        }
        return !asksForReadPassword(block) || isOpened(by: .read)
    }

    func mayWrite(_ block: Int) -> Bool {
        if let sector = protection.sectors[block / MemoryProtection.blocksInSector] {
            return sector.access(isPresented: isPresented(sector)).writes
        }
        switch protection.pages[block / MemoryProtection.blocksInPage] {
        case .readAndWriteByReadPassword: return isOpened(by: .read)
        case .writeByWritePassword, .separatePasswords: return isOpened(by: .write)
        case .open, nil: break
        }
        return !protection.conditions.contains(isHigh(block) ? .writeHigh : .writeLow) || isOpened(by: .write)
    }

    /// What stands in the way of a block, in the words of command B8.
    func blockProtection(of block: Int) -> NXP.GetBlockProtection.Protection {
        var found: NXP.GetBlockProtection.Protection = []
        if locked.indices.contains(block), locked[block] { found.insert(.locked) }
        let page = block / MemoryProtection.blocksInPage
        switch protection.pages[page] {
        case .readAndWriteByReadPassword: found.insert(.readByPassword)
        case .writeByWritePassword: found.insert(.writeByPassword)
        case .separatePasswords: found.formUnion([.readByPassword, .writeByPassword])
        case .open, nil: break
        }
        if protection.lockedPages.contains(page) { found.insert(.pageLocked) }
        return found
    }

    /// A write to the counter of ICODE SLIX2: 1 counts up, anything else is a new value and asks for the write password
    /// (iso15693 §7.5). It stops at FFFF.
    mutating func writeCounter(_ data: [UInt8]) -> Outcome {
        guard let counter = chip.counterBlock, data.count == geometry.blockSize else { return .failed }
        let start = counter * geometry.blockSize
        guard data == [1, 0, 0, 0] else {
            guard isOpened(by: .write) else { return .protected }
            store(data, at: start)
            return .done
        }
        let held = block(counter, security: false).data
        let value = UInt16(held[0]) | UInt16(held[1]) << 8
        guard value < .max else { return .failed }
        store([UInt8(truncatingIfNeeded: value + 1), UInt8((value + 1) >> 8)], at: start)
        return .done
    }

    private func asksForReadPassword(_ block: Int) -> Bool {
        switch protection.pages[block / MemoryProtection.blocksInPage] {
        case .readAndWriteByReadPassword, .separatePasswords: true
        case .open, .writeByWritePassword, nil:
            protection.conditions.contains(isHigh(block) ? .readHigh : .readLow)
        }
    }

    private func isHigh(_ block: Int) -> Bool { block >= Int(protection.firstHighBlock) }

    private func isOpened(by password: NXP.PasswordIdentifier) -> Bool {
        let wanted: [NXP.PasswordIdentifier] = protection.joinsPasswords ? [.read, .write] : [password]
        return wanted.allSatisfy { passwords.isGiven($0.rawValue) }
    }

    private func isPresented(_ sector: ST.SectorSecurity) -> Bool {
        sector.password.map(passwords.isGiven) ?? false
    }
}

/// NXP's commands that close memory and tell what is closed.
extension VirtualTag {
    /// B6; asks for both passwords first, as A6 asks for its own.
    mutating func protectPage(_ parameters: [UInt8]) -> Outcome {
        guard parameters.count == 2, hasMemoryPasswords else { return .failed }
        guard knowsPages else {
            guard !protection.lockedPages.contains(0), Int(parameters[0]) < geometry.blockCount else { return .failed }
            protection.firstHighBlock = parameters[0]
            protection.conditions = NXP.ProtectPage.Conditions(rawValue: parameters[1])
            return .done
        }
        let page = Int(parameters[0])
        guard page * MemoryProtection.blocksInPage < geometry.blockCount, !protection.lockedPages.contains(page),
            let access = NXP.ProtectPageOfS.Access(rawValue: parameters[1])
        else { return .failed }
        protection.pages[page] = access
        return .done
    }

    /// B7.
    mutating func lockPageProtection(_ parameters: [UInt8]) -> Outcome {
        guard let page = parameters.first, parameters.count == 1, hasMemoryPasswords else { return .failed }
        let found = knowsPages ? Int(page) : 0
        guard found * MemoryProtection.blocksInPage < geometry.blockCount else { return .failed }
        return protection.lockedPages.insert(found).inserted ? .done : .failed
    }

    /// B8; shortened at the end of the memory like any read of several blocks.
    func protectionStatus(_ parameters: [UInt8]) -> Outcome {
        guard parameters.count == 2, Int(parameters[0]) < geometry.blockCount else { return .failed }
        let blocks = (Int(parameters[0])...(Int(parameters[0]) + Int(parameters[1]))).prefix {
            $0 < geometry.blockCount
        }
        return .response(.data(blocks.map { blockProtection(of: $0).rawValue }))
    }

    /// BB.
    mutating func joinPasswords() -> Outcome {
        guard hasMemoryPasswords else { return .failed }
        protection.joinsPasswords = true
        return .done
    }

    private var hasMemoryPasswords: Bool {
        [NXP.PasswordIdentifier.read, .write].allSatisfy { passwords.isGiven($0.rawValue) }
    }

    /// SLI-S and SLIX-S protect page by page, and only they tell so with B8.
    private var knowsPages: Bool { chip.customCommands.contains(NXP.GetBlockProtection.code) }
}
