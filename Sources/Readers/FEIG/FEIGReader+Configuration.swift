import Wire

/// One change to a configuration block: the bits of `mask` in a byte become those of `value`, the others stay.
package struct FEIGConfigurationChange: Hashable, Sendable {
    /// Counted from 0.
    package var byte: Int
    /// The bits that may change; those of `value` outside of it count for nothing.
    package var mask: UInt8
    /// What the bits of ``mask`` become, in their places.
    package var value: UInt8

    package init(byte: Int, mask: UInt8, value: UInt8) {
        self.byte = byte
        self.mask = mask
        self.value = value
    }

    /// `block` with the changes made; `nil` when one lies outside of it.
    static func apply(_ changes: [FEIGConfigurationChange], to block: [UInt8]) -> [UInt8]? {
        var block = block
        for change in changes {
            guard block.indices.contains(change.byte) else { return nil }
            block[change.byte] = block[change.byte] & ~change.mask | change.value & change.mask
        }
        return block
    }
}

extension FEIGReader {
    /// The 14 bytes of a block.
    package mutating func readConfiguration(
        _ address: FEIGConfigurationAddress
    ) async throws(ReaderError) -> [UInt8] {
        try await line.ask(FEIGReadConfiguration(address), within: FEIGLine.ownLimit)
            .required(.readConfiguration).parameters
    }

    /// Reads a block, changes the named bits alone, writes it back only when that changes anything, and reads it again.
    ///
    /// Stored blocks wear out with writing and act only after a restart of the reader.
    package mutating func changeConfiguration(
        _ address: FEIGConfigurationAddress,
        _ changes: [FEIGConfigurationChange]
    ) async throws(ReaderError) -> WriteOutcome<[UInt8]> {
        let old = try await readConfiguration(address)
        guard !address.allBlocks, let wanted = FEIGConfigurationChange.apply(changes, to: old) else {
            throw .unsupported("changing configuration block \(address.block) outside its 14 bytes")
        }
        if wanted == old { return .verified(old: old, new: wanted) }
        let content = FEIGConfigurationBlock(wanted)
        let failure = await failure(of: FEIGWriteConfiguration(address, content))
        do throws(ReaderError) {
            let found = try await readConfiguration(address)
            return found == wanted ? .verified(old: old, new: wanted) : .notWritten(found: found, reason: failure)
        } catch {
            return .uncertain(reason: .reader(error))
        }
    }

    /// The same for the 30-byte blocks of LR2500-class readers (8A, 8B).
    package mutating func changeExtendedConfiguration(
        _ address: UInt16,
        _ changes: [FEIGConfigurationChange]
    ) async throws(ReaderError) -> WriteOutcome<[UInt8]> {
        let before = try await readExtendedConfiguration(address)
        guard let wanted = FEIGConfigurationChange.apply(changes, to: before.data) else {
            throw .unsupported("changing configuration block \(address) outside its \(before.data.count) bytes")
        }
        if wanted == before.data { return .verified(old: before.data, new: wanted) }
        var blocks = before
        blocks.data = wanted
        let failure = await failure(of: FEIGWriteExtendedConfiguration(blocks))
        do throws(ReaderError) {
            let found = try await readExtendedConfiguration(address).data
            return found == wanted
                ? .verified(old: before.data, new: wanted) : .notWritten(found: found, reason: failure)
        } catch {
            return .uncertain(reason: .reader(error))
        }
    }

    /// Sends a write once and says what seemed to go wrong; the truth is what is read afterwards.
    private mutating func failure(of command: some FEIGCommand) async -> WriteFailure {
        do throws(ReaderError) {
            let code = type(of: command).code
            _ = try await line.ask(command, mayRepeat: false).required(code)
            return .ignored
        } catch {
            return .reader(error)
        }
    }

    /// One block of 30 bytes.
    package mutating func readExtendedConfiguration(
        _ address: UInt16
    ) async throws(ReaderError) -> FEIGExtendedBlocks {
        let blocks = try await line.ask(FEIGReadExtendedConfiguration(address: address))
            .required(.readConfigurationExtended)
        guard blocks.address == address else {
            throw .malformed(
                .invalid(field: "configuration address", offset: 2, found: "\(blocks.address)", wanted: "\(address)")
            )
        }
        return blocks
    }
}
