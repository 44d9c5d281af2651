package import Tags

extension Reader where Self: ~Copyable {
    /// What the tag says of itself; `nil` from a tag that does not know the question.
    ///
    /// Some chips refuse it and some keep silent although they are there, so silence is not yet a lost tag. Where the
    /// answer was damaged, or the reader went wrong, it is asked three times.
    package mutating func systemInformation(
        of uid: TagUID
    ) async throws(ReaderError) -> ISO15693.SystemInformation? {
        for attempt in 1...3 {
            do throws(ReaderError) {
                guard case .systemInformation(let information) = try await exchange(.systemInformation, with: uid)
                else { return nil }
                return information
            } catch {
                switch error {
                case .tagLost, .unsupported: return nil
                case .malformed, .refused: if attempt == 3 { throw error }
                case .link, .noReply: throw error
                }
            }
        }
        return nil
    }

    /// The tag's application family identifier; `nil` from a tag that does not tell it.
    ///
    /// Throws ``ReaderError/tagLost(_:)`` when it does not answer at all.
    package mutating func readAFI(of uid: TagUID) async throws(ReaderError) -> UInt8? {
        if let information = try await systemInformation(of: uid) { return information.afi }
        let afiBlock = Chip(recognising: uid)?.afiBlock
        var reading = MemoryReading(first: afiBlock ?? 0, wanted: 1, layout: TagLayout(), withLocks: false)
        try await read(&reading, of: uid)
        return afiBlock == nil ? try await askAgain(uid)?.afi : reading.bytes.first
    }

    /// What a tag says of itself that has kept silent about it and has answered something else since: on the edge of a
    /// field, or on a poor line, the first answer was lost. `nil` from a chip that has no such answer.
    private mutating func askAgain(_ uid: TagUID) async throws(ReaderError) -> ISO15693.SystemInformation? {
        guard Chip(recognising: uid)?.commands.contains(0x2B) ?? true else { return nil }
        for _ in 0..<2 {
            if let information = try await systemInformation(of: uid) { return information }
        }
        return nil
    }

    /// The same of a tag that has an AFI and no way to tell it, such as Infineon's my-d: where the reader can ask by
    /// AFI, the tag is asked for with each of `values` in turn (iso15693 §11.4); `nil` when it answers to none, twice.
    ///
    /// A value that ends in 0 is not asked for: every tag answers to 00, and to such a value some answer with their
    /// whole family, so an answer would prove nothing (iso15693 §4.5).
    package mutating func readAFI(
        of uid: TagUID,
        among values: [UInt8]
    ) async throws(ReaderError) -> UInt8? {
        if let afi = try await readAFI(of: uid) { return afi }
        guard information.abilities.contains(.inventoryByAFI) else { return nil }
        for _ in 0..<2 {
            for value in values where value & 0x0F != 0 {
                let answering = try await inventory(afi: value).tags
                if answering.contains(where: { $0.uid == uid }) { return value }
            }
        }
        return nil
    }

    /// User memory of the tag from its first block on, with DSFID and AFI where the tag tells them; what the chip keeps
    /// in front of it, and counters, passwords and the like behind it, are left out where the chip is known.
    ///
    /// - Parameters:
    ///   - blocks: how many blocks from the first on; `nil` reads all there are.
    ///   - withLocks: whether the lock state of each block is asked for, which takes a fifth more time on air.
    ///
    /// A block the tag refuses ends the memory there (see ``TagMemory/isPartial``). Throws
    /// ``ReaderError/tagLost(_:)`` when the tag leaves before all is read: half a memory is not handed out.
    package mutating func readMemory(
        of uid: TagUID,
        blocks: Int? = nil,
        withLocks: Bool = false
    ) async throws(ReaderError) -> TagMemory {
        var (layout, information) = try await learnLayout(of: uid)
        var reading = MemoryReading(
            first: layout.firstBlock,
            wanted: blocks,
            layout: layout,
            withLocks: withLocks
        )
        try await read(&reading, of: uid)
        if information == nil { information = try await askAgain(uid) }
        return TagMemory(
            bytes: reading.bytes,
            blockSize: reading.blockSize,
            blockCount: reading.blockCount.map { max($0 - layout.firstBlock, 0) },
            locked: reading.locked,
            dsfid: information?.dsfid,
            afi: information?.afi
        )
    }

    /// What is known of the tag's memory, and what it says of itself: asked again, three times in all, where a lost
    /// answer would move every block.
    mutating func learnLayout(
        of uid: TagUID
    ) async throws(ReaderError) -> (TagLayout, ISO15693.SystemInformation?) {
        var information = try await systemInformation(of: uid)
        var layout = TagLayout(of: uid, information)
        for _ in 1..<3 where layout.isFirstBlockGuessed {
            information = try await systemInformation(of: uid)
            layout = TagLayout(of: uid, information)
        }
        return (layout, information)
    }

    /// Carries a reading to its end.
    mutating func read(_ reading: inout MemoryReading, of uid: TagUID) async throws(ReaderError) {
        while let request = reading.next {
            do throws(ReaderError) {
                reading.take(try await exchange(request, with: uid))
            } catch {
                guard reading.mayGoOn(after: error) else { throw error }
            }
        }
    }
}
