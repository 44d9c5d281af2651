package import Tags

/// How often a write is sent before it counts as failed: at the edge of a field two in three get lost.
private let writeAttempts = 3

extension Reader where Self: ~Copyable {
    /// Writes the application family identifier and reads it back.
    ///
    /// A tag that holds it already is left alone. Throws only as long as nothing was sent to the tag; afterwards
    /// whatever goes wrong is told in the outcome.
    package mutating func writeAFI(
        _ afi: UInt8,
        to uid: TagUID
    ) async throws(ReaderError) -> WriteOutcome<UInt8> {
        let old = try await readAFI(of: uid)
        if old == afi { return .verified(old: old, new: afi) }
        let request = try await request(toWriteAFI: afi, uid)
        var failure = WriteFailure.ignored
        var found: UInt8?
        for _ in 0..<writeAttempts {
            failure = await send(request, to: uid) ?? .ignored
            do throws(ReaderError) {
                found = try await readAFI(of: uid, among: [afi])
                if found == afi { return .verified(old: old, new: afi) }
                if found == nil { failure = .notReadable }
            } catch {
                found = nil
                failure = .reader(error)
                if !error.mayPass { break }
            }
        }
        return found == nil ? .uncertain(reason: failure) : .notWritten(found: found, reason: failure)
    }

    /// Writes the data storage format identifier, three times at most, and says what went wrong the last time; `nil` when
    /// the tag took it.
    ///
    /// It is not read back, and a tag that keeps another one is none the worse: its content counts over it.
    package mutating func writeDSFID(_ dsfid: UInt8, to uid: TagUID) async -> WriteFailure? {
        var failure: WriteFailure?
        for _ in 0..<writeAttempts {
            failure = await send(.writeDSFID(dsfid), to: uid)
            guard case .reader(let error) = failure, error.mayPass else { break }
        }
        return failure
    }

    /// Switches the EAS bit of an NXP chip and asks for the alarm to see it done; other makers' bits are refused as
    /// unsupported.
    package mutating func writeEAS(
        _ on: Bool,
        to uid: TagUID
    ) async throws(ReaderError) -> WriteOutcome<Bool> {
        guard uid.manufacturer == Manufacturer.nxp.rawValue else {
            throw .unsupported("EAS of a chip by \(Manufacturer(rawValue: uid.manufacturer))")
        }
        let old = try await readEAS(of: uid)
        if old == on { return .verified(old: old, new: on) }
        let request = ISO15693.CustomRequest(manufacturer: uid.manufacturer, code: on ? 0xA2 : 0xA3)
        var failure = WriteFailure.ignored
        var found: Bool?
        for _ in 0..<writeAttempts {
            failure = await send(.custom(request), to: uid) ?? .ignored
            do throws(ReaderError) {
                found = try await readEAS(of: uid)
                if found == on { return .verified(old: old, new: on) }
            } catch {
                found = nil
                failure = .reader(error)
                if !error.mayPass { break }
            }
        }
        return found.map { .notWritten(found: $0, reason: failure) } ?? .uncertain(reason: failure)
    }

    /// Whether an NXP chip's EAS bit is set: it answers to the alarm only then, so its silence counts only when it is
    /// silent twice and answers something else between.
    package mutating func readEAS(of uid: TagUID) async throws(ReaderError) -> Bool {
        if try await soundsAlarm(uid) { return true }
        _ = try await readAFI(of: uid)
        return try await soundsAlarm(uid)
    }

    private mutating func soundsAlarm(_ uid: TagUID) async throws(ReaderError) -> Bool {
        let alarm = ISO15693.CustomRequest(manufacturer: uid.manufacturer, code: 0xA5)
        do throws(ReaderError) {
            switch try await exchange(.custom(alarm), with: uid) {
            case .error: return false
            default: return true
            }
        } catch {
            guard case .tagLost = error else { throw error }
            return false
        }
    }

    /// Sends a write and returns what seemed to go wrong; the truth is what is read back.
    private mutating func send(_ request: ISO15693.Request, to uid: TagUID) async -> WriteFailure? {
        do throws(ReaderError) {
            if case .error(let error) = try await exchange(request, with: uid) { return .refused(error) }
            return nil
        } catch {
            return .reader(error)
        }
    }

    /// Some chips keep their AFI in a block and have no command for it: the block's other bytes stay. None of them
    /// answers with system information (iso15693 §8): a tag that does has such a number and is another chip, whose block
    /// holds somebody's data.
    mutating func request(
        toWriteAFI afi: UInt8,
        _ uid: TagUID
    ) async throws(ReaderError) -> ISO15693.Request {
        guard let block = Chip(recognising: uid)?.afiBlock else { return .writeAFI(afi) }
        // Silence is what those chips say, and one answer that is lost sounds the same.
        for _ in 0..<3 where try await systemInformation(of: uid) != nil { return .writeAFI(afi) }
        var reading = MemoryReading(first: block, wanted: 1, layout: TagLayout(), withLocks: false)
        try await read(&reading, of: uid)
        return .writeSingleBlock(block, data: [afi] + reading.bytes.dropFirst())
    }
}

extension Reader where Self: ~Copyable {
    /// Writes whole blocks and reads them back. Blocks that hold the wanted bytes already are left alone; nothing is
    /// written when one that would have to change is locked.
    ///
    /// - Parameters:
    ///   - data: the bytes from block `first` on, whole blocks of the tag's size.
    ///   - first: counted from the first block of user memory, as ``readMemory(of:blocks:withLocks:)`` does.
    ///
    /// Throws only as long as nothing was sent to the tag: as unsupported also where its number alone says that user
    /// memory begins behind blocks of the chip's own, since the write could meet other blocks than were read.
    package mutating func writeBlocks(
        _ data: [UInt8],
        from first: Int,
        to uid: TagUID
    ) async throws(ReaderError) -> WriteOutcome<[UInt8]> {
        let (layout, _) = try await learnLayout(of: uid)
        guard !layout.isFirstBlockGuessed else {
            throw .unsupported("writing where only the tag's number puts user memory at block \(layout.firstBlock)")
        }
        let size = try await blockSize(of: uid, layout)
        guard size > 0, !data.isEmpty, data.count.isMultiple(of: size) else {
            throw .unsupported("writing \(data.count) bytes to blocks of \(size)")
        }
        let start = first + layout.firstBlock
        let before = try await contents(of: uid, start, data.count / size, layout)
        guard before.bytes.count == data.count else {
            return .notWritten(found: before.bytes, reason: .refused(ISO15693.TagError(code: 0x10)))
        }
        var writing = BlockWriting(first: start, blockSize: size, old: before.bytes, wanted: data)
        if let block = writing.lockedChange(before.locked) {
            return .notWritten(found: before.bytes, reason: .locked(block: block - layout.firstBlock))
        }
        return await perform(&writing, on: uid, layout)
    }

    /// Locks a block of user memory for ever, counted from its first block, and gives the tag's answer.
    ///
    /// Refused as unsupported on chips that keep blocks of their own in front of it: a wrong number cannot be undone.
    package mutating func lockBlock(
        _ block: Int,
        of uid: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        let (layout, _) = try await learnLayout(of: uid)
        guard layout.firstBlock == 0 else {
            throw .unsupported("locking where user memory begins at block \(layout.firstBlock)")
        }
        return try await exchange(.lockBlock(block), with: uid)
    }

    private mutating func perform(
        _ writing: inout BlockWriting,
        on uid: TagUID,
        _ layout: TagLayout
    ) async -> WriteOutcome<[UInt8]> {
        var failure = WriteFailure.ignored
        for attempt in 0..<writeAttempts {
            // Many chips know only the writing of single blocks; a reader may still take several at once.
            for request in writing.requests(atMost: attempt == 0 ? layout.mostBlocksPerWrite ?? .max : 1) {
                failure = await send(request, to: uid) ?? failure
            }
            do throws(ReaderError) {
                let count = writing.wanted.count / writing.blockSize
                writing.found = try await contents(of: uid, writing.first, count, layout).bytes
                if writing.isDone { return .verified(old: writing.old, new: writing.wanted) }
            } catch {
                writing.found = nil
                failure = .reader(error)
                if !error.mayPass { break }
            }
        }
        return writing.found.map { .notWritten(found: $0, reason: failure) } ?? .uncertain(reason: failure)
    }

    private mutating func contents(
        of uid: TagUID,
        _ first: Int,
        _ count: Int,
        _ layout: TagLayout
    ) async throws(ReaderError) -> MemoryReading {
        var reading = MemoryReading(first: first, wanted: count, layout: layout, withLocks: true)
        try await read(&reading, of: uid)
        return reading
    }

    private mutating func blockSize(
        of uid: TagUID,
        _ layout: TagLayout
    ) async throws(ReaderError) -> Int {
        if let geometry = layout.geometry { return geometry.blockSize }
        var reading = MemoryReading(wanted: 1, layout: layout, withLocks: false)
        try await read(&reading, of: uid)
        return reading.blockSize
    }
}

extension ReaderError {
    /// Whether the next attempt may succeed on the same line.
    var mayPass: Bool {
        switch self {
        case .tagLost, .malformed, .refused: true
        case .link, .noReply, .unsupported: false
        }
    }
}
