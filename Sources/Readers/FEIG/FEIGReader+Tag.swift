import Tags
import Wire

/// What came of a command to a tag: its answer, or its refusal.
enum FEIGOutcome<Value: Sendable>: Sendable {
    case answered(Value)
    case refused(ISO15693.TagError)
}

extension FEIGReader {
    private static let attempts = 3

    /// Sends a command to a tag, again where the status says that this may help.
    ///
    /// Radio trouble (83) with a valid answer is an answer; without one, as after a write, it proves nothing. Neither does
    /// a detuned antenna's 84 where the status alone would have told what a tag did.
    ///
    /// - Parameter statusTells: that an answer without data means something else than none.
    mutating func ask<Command: FEIGCommand>(
        _ command: Command,
        about tag: TagUID,
        mayRepeat: Bool = true,
        statusTells: Bool = false
    ) async throws(ReaderError) -> FEIGOutcome<Command.Reply> {
        var attempt = 1
        while true {
            let answer = try await line.ask(command, mayRepeat: mayRepeat)
            let hidden = answer.status == .radioError || answer.status == .radioWarning && statusTells
            if let value = answer.value, !hidden || !answer.data.isEmpty { return .answered(value) }
            switch answer.status {
            case .noTag:
                throw .tagLost(tag)
            case .radioWarning where !statusTells:
                // Data was promised and there is none: 84 stands where nobody answered (readers §1.4).
                throw .tagLost(tag)
            case .tagError:
                return .refused(ISO15693.TagError(code: answer.data.first ?? 0x0F))
            case .addressError:
                return .refused(ISO15693.TagError(code: 0x10))
            case _ where answer.status.isPassing && mayRepeat && attempt < Self.attempts:
                attempt += 1
                if answer.status == .collision { try await resetField() }
            default:
                throw answer.refusal(of: Command.code)
            }
        }
    }

    /// For commands whose success has nothing to tell.
    mutating func done<Command: FEIGCommand>(
        _ command: Command,
        _ tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch try await ask(command, about: tag) {
        case .answered: .done
        case .refused(let error): .error(error)
        }
    }

    mutating func systemInformation(_ tag: TagUID) async throws(ReaderError) -> ISO15693.Response {
        switch try await ask(FEIGSystemInformation(FEIGTagAddress(.uid(tag))), about: tag) {
        case .answered(let reply):
            .systemInformation(
                ISO15693.SystemInformation(
                    uid: tag,
                    dsfid: reply.dsfid,
                    afi: reply.afi,
                    geometry: reply.memory.geometry,
                    icReference: reply.icReference
                )
            )
        case .refused(let error):
            .error(error)
        }
    }

    func blockNumber(_ block: Int) throws(ReaderError) -> UInt8 {
        guard let number = UInt8(exactly: block) else { throw .unsupported("block \(block) on \(model.name)") }
        return number
    }
}

extension FEIGReader {
    /// Reads in portions the reader can deliver; a tag that ends earlier gives fewer blocks.
    mutating func readBlocks(
        _ tag: TagUID,
        first: Int,
        count: Int,
        withSecurity: Bool
    ) async throws(ReaderError) -> ISO15693.Response {
        let address = FEIGTagAddress(.uid(tag), withSecurity: withSecurity)
        var blocks: [ISO15693.Block] = []
        var portion = limits.blocksPerRead(size: 4)
        while blocks.count < count {
            let next = try blockNumber(first + blocks.count)
            let wanted = min(portion, count - blocks.count)
            let outcome: FEIGOutcome<FEIGReadBlocks.Reply>
            do throws(ReaderError) {
                outcome = try await ask(FEIGReadBlocks(address, first: next, count: UInt8(wanted)), about: tag)
            } catch {
                // Blocks larger than four bytes: 32 of them are more than the reader takes in one go.
                guard case .refused(0x11...0x81, _) = error, wanted > 4 else { throw error }
                portion = 4
                continue
            }
            switch outcome {
            case .answered(let reply):
                guard (1...wanted).contains(reply.blocks.count) else {
                    throw .malformed(
                        .invalid(
                            field: "block count",
                            offset: 0,
                            found: "\(reply.blocks.count)",
                            wanted: "1 to \(wanted)"
                        )
                    )
                }
                blocks += reply.blocks.map { ISO15693.Block(data: $0.data, security: withSecurity ? $0.security : nil) }
                if reply.blocks.count < wanted { return .blocks(blocks) }
                portion = limits.blocksPerRead(size: Int(reply.blockSize))
            case .refused(let error):
                return blocks.isEmpty ? .error(error) : .blocks(blocks)
            }
        }
        return .blocks(blocks)
    }

    /// Writes in portions that fit the reader's receive buffer.
    mutating func writeBlocks(
        _ tag: TagUID,
        first: Int,
        count: Int,
        data: [UInt8]
    ) async throws(ReaderError) -> ISO15693.Response {
        guard count > 0, data.count % count == 0, let size = UInt8(exactly: data.count / count), size > 0 else {
            throw .unsupported("writing \(data.count) bytes as \(count) blocks")
        }
        var written = 0
        while written < count {
            let portion = min(limits.blocksPerWrite(size: Int(size)), count - written)
            let start = written * Int(size)
            let command = FEIGWriteBlocks(
                FEIGTagAddress(.uid(tag)),
                first: try blockNumber(first + written),
                blockSize: size,
                data: Array(data[start..<(start + portion * Int(size))])
            )
            if case .refused(let error) = try await ask(command, about: tag) { return .error(error) }
            written += portion
        }
        return .done
    }

    mutating func blockSecurity(
        _ tag: TagUID,
        first: Int,
        count: Int
    ) async throws(ReaderError) -> ISO15693.Response {
        let command = FEIGBlockSecurity(
            FEIGTagAddress(.uid(tag)),
            first: try blockNumber(first),
            count: UInt8(clamping: count)
        )
        return switch try await ask(command, about: tag) {
        case .answered(let reply): .blockSecurity(reply.status)
        case .refused(let error): .error(error)
        }
    }
}
