package import Tags
import Wire

/// An RL866 reader: a tag is taken by its UID, worked on through a handle, and let go when the next one is wanted.
package struct RL866Reader: ~Copyable, Reader {
    package let information: ReaderInformation
    private var line: RL866Line
    private var connection: (uid: TagUID, handle: UInt8)?

    /// Data bytes in one frame of at most 256.
    private static let mostBytes = 128
    private static let mostContinuations = 64

    init(line: consuming RL866Line, information: ReaderInformation) {
        self.line = line
        self.information = information
    }

    package mutating func ping() async throws(ReaderError) {
        try await line.synchronise()
    }

    /// The protocol has no command for the field.
    package mutating func resetField() async throws(ReaderError) {
        throw .unsupported("field reset on \(information.model)")
    }

    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        guard afi == nil else { throw .unsupported("inventory by AFI on \(information.model)") }
        try await disconnect()
        var inventory = Inventory(tags: [])
        var known: Set<TagUID> = []
        var total = 0
        for round in 0..<Self.mostContinuations {
            let answer = try await line.ask(.inventory, RL866Inventory(continues: round > 0).bytes)
            if answer.error == .noTag { return inventory }
            guard answer.error == .none else { throw refusal(answer.error) }
            let reply = try RL866Inventory.Reply(reply: answer.data)
            for uid in reply.tags where known.insert(uid).inserted {
                inventory.tags.append(DetectedTag(uid: uid))
            }
            // A reader that started afresh in between knows of none any more: what it told before counts.
            total = max(total, Int(reply.total))
            if reply.tags.isEmpty || inventory.tags.count >= total {
                inventory.incomplete = inventory.tags.count < total
                return inventory
            }
        }
        inventory.incomplete = true
        return inventory
    }

    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch request {
        case .select:
            return try await done(.select, [], tag)
        case .resetToReady:
            return try await done(.reset, [], tag)
        case .writeAFI(let afi):
            return try await done(.writeAFI, [afi], tag)
        case .systemInformation:
            return try await systemInformation(tag)
        case .readSingleBlock(let block, _):
            return try await read(tag, first: block, count: 1)
        case .readMultipleBlocks(let first, let count, _), .fastReadMultipleBlocks(let first, let count, _):
            return try await read(tag, first: first, count: count)
        case .writeSingleBlock(let block, let data):
            return try await write(tag, first: block, count: 1, data: data)
        case .writeMultipleBlocks(let first, let count, let data):
            return try await write(tag, first: first, count: count, data: data)
        case .custom(let custom)
        where custom.manufacturer == Manufacturer.nxp.rawValue && tag.manufacturer == custom.manufacturer
            && !custom.option:
            switch custom.code {
            case 0xA2: return try await done(.setEAS, [], tag)
            case 0xA3: return try await done(.clearEAS, [], tag)
            case 0xA5: return try await done(.alarmEAS, [], tag)
            default: break
            }
        default:
            break
        }
        throw .unsupported("tag command \(Hex.string(request.code)) on \(information.model)")
    }
}

extension RL866Reader {
    /// Works on a tag, taking it first when another one is held.
    private mutating func access(
        _ operation: RL866Access.Operation,
        _ parameters: [UInt8],
        _ tag: TagUID
    ) async throws(ReaderError) -> Result<[UInt8], RL866Error> {
        var answer = try await ask(operation, parameters, tag)
        if answer.error == .badHandle {
            // The reader knows no such handle, as after a start, and has done nothing: the tag is taken anew, once.
            connection = nil
            answer = try await ask(operation, parameters, tag)
        }
        guard answer.error == .none else {
            connection = nil
            if answer.error.isAbsence { throw .tagLost(tag) }
            throw refusal(answer.error)
        }
        let reply = try RL866Access.Reply(reply: answer.data)
        guard reply.operation == operation.rawValue else {
            let found = Hex.string(reply.operation)
            throw .malformed(
                .invalid(field: "operation", offset: 1, found: found, wanted: Hex.string(operation.rawValue))
            )
        }
        if case .failure(let error) = reply.result, error.isAbsence {
            connection = nil
            throw .tagLost(tag)
        }
        // A collision or a damaged answer is no word of the tag.
        if case .failure(let error) = reply.result, error.isPassing { throw refusal(error) }
        return reply.result
    }

    private mutating func ask(
        _ operation: RL866Access.Operation,
        _ parameters: [UInt8],
        _ tag: TagUID
    ) async throws(ReaderError) -> (error: RL866Error, data: [UInt8]) {
        let handle = try await handle(of: tag)
        do throws(ReaderError) {
            return try await line.ask(.access, RL866Access(handle: handle, operation, parameters).bytes)
        } catch {
            connection = nil
            throw error
        }
    }

    private mutating func handle(of tag: TagUID) async throws(ReaderError) -> UInt8 {
        if let connection, connection.uid == tag { return connection.handle }
        try await disconnect()
        let answer = try await line.ask(.connect, RL866Connect(tag).bytes)
        if answer.error.isAbsence { throw .tagLost(tag) }
        guard answer.error == .none else { throw refusal(answer.error) }
        guard let handle = answer.data.first else {
            throw .malformed(.truncated(field: "handle", offset: 3, wanted: 1, found: 0))
        }
        connection = (tag, handle)
        return handle
    }

    /// Lets go of whatever is held; handle 00 means all.
    private mutating func disconnect() async throws(ReaderError) {
        guard connection != nil else { return }
        connection = nil
        _ = try await line.ask(.disconnect, [0x00])
    }

    private mutating func done(
        _ operation: RL866Access.Operation,
        _ parameters: [UInt8],
        _ tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch try await access(operation, parameters, tag) {
        case .success: .done
        case .failure(let error): tagError(error)
        }
    }

    private mutating func systemInformation(_ tag: TagUID) async throws(ReaderError) -> ISO15693.Response {
        switch try await access(.systemInformation, [], tag) {
        case .failure(let error):
            return tagError(error)
        case .success(let data):
            let told = try RL866SystemInformation(reply: data)
            let geometry = MemoryGeometry(blockSize: Int(told.blockSize), blockCount: Int(told.blockCount))
            return .systemInformation(
                ISO15693.SystemInformation(
                    uid: tag,
                    dsfid: told.dsfid,
                    afi: told.afi,
                    geometry: geometry.byteCount > 0 ? geometry : nil,
                    icReference: told.icReference
                )
            )
        }
    }

    /// Lock states are not asked for: how they would stand in the answer is not known.
    private mutating func read(_ tag: TagUID, first: Int, count: Int) async throws(ReaderError) -> ISO15693.Response {
        var blocks: [ISO15693.Block] = []
        while blocks.count < count {
            let wanted = min(Self.mostBytes / 4, count - blocks.count)
            var parameters = ByteWriter()
            parameters.byte(0)
            parameters.uint16LittleEndian(UInt16(clamping: first + blocks.count))
            parameters.uint16LittleEndian(UInt16(wanted))
            switch try await access(.readBlocks, parameters.bytes, tag) {
            case .failure(let error):
                return blocks.isEmpty ? tagError(error) : .blocks(blocks)
            case .success(let data):
                let portion = try self.blocks(in: data, most: wanted)
                blocks += portion
                if portion.count < wanted { return .blocks(blocks) }
            }
        }
        return .blocks(blocks)
    }

    private func blocks(in data: [UInt8], most: Int) throws(ReaderError) -> [ISO15693.Block] {
        do throws(ParseError) {
            var reader = ByteReader(data)
            let count = Int(try reader.uint16LittleEndian("block count"))
            guard 1...most ~= count, reader.remaining.isMultiple(of: count), reader.remaining > 0 else {
                throw .invalid(field: "block count", offset: 0, found: "\(count)", wanted: "1 to \(most)")
            }
            let size = reader.remaining / count
            var blocks: [ISO15693.Block] = []
            for _ in 0..<count { blocks.append(ISO15693.Block(data: Array(try reader.bytes(size, "block")))) }
            return blocks
        } catch {
            throw .malformed(error)
        }
    }

    private mutating func write(
        _ tag: TagUID,
        first: Int,
        count: Int,
        data: [UInt8]
    ) async throws(ReaderError) -> ISO15693.Response {
        guard count > 0, !data.isEmpty, data.count.isMultiple(of: count), data.count / count <= Self.mostBytes else {
            throw .unsupported("writing \(data.count) bytes as \(count) blocks")
        }
        let size = data.count / count
        var written = 0
        while written < count {
            let portion = min(Self.mostBytes / size, count - written)
            var parameters = ByteWriter()
            parameters.uint16LittleEndian(UInt16(clamping: first + written))
            parameters.uint16LittleEndian(UInt16(portion))
            parameters.bytes(data[(written * size)..<((written + portion) * size)])
            // Without this byte the reader refuses.
            parameters.byte(0)
            if case .failure(let error) = try await access(.writeBlocks, parameters.bytes, tag) {
                return tagError(error)
            }
            written += portion
        }
        return .done
    }

    private func tagError(_ error: RL866Error) -> ISO15693.Response {
        .error(ISO15693.TagError(code: [0x041B, 0x041C].contains(error.code) ? 0x10 : 0x0F))
    }

    private func refusal(_ error: RL866Error) -> ReaderError {
        if error == .command { return .unsupported("command on \(information.model)") }
        return .refused(code: UInt8(truncatingIfNeeded: error.code), meaning: error.meaning)
    }
}
