package import Tags
import Wire

/// A 3M pad: typed tag commands in, its own commands on the line.
package struct ThreeMReader: ~Copyable, Reader {
    package let information: ReaderInformation
    private var line: ThreeMLine
    private let probe: ThreeMProbe

    init(line: consuming ThreeMLine, information: ReaderInformation, probe: ThreeMProbe) {
        self.line = line
        self.information = information
        self.probe = probe
    }

    /// How many blocks one request asks for: at 19200 baud 16 take 55 ms on the line, less than a retry is worth.
    private static let blocksPerRequest = 16
    private static let attempts = 3

    package mutating func ping() async throws(ReaderError) {
        _ = try await line.version(by: probe)
    }

    /// The protocol has no command for the field.
    package mutating func resetField() async throws(ReaderError) {
        throw .unsupported("field reset on \(information.model)")
    }

    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        let command = ThreeMInventory(afi: afi ?? 0, withDSFID: true)
        let answer = try await line.ask(command)
        switch answer.error {
        case .none:
            var known: Set<TagUID> = []
            let reply = try ThreeMInventory.Reply(reply: answer.data)
            // The same tag may be told twice (SPEC).
            let tags = reply.tags.filter { known.insert($0.uid).inserted }
            return Inventory(tags: tags.map { DetectedTag(uid: $0.uid, dsfid: $0.dsfid) })
        case .noTag:
            return Inventory(tags: [])
        default:
            throw answer.refusal
        }
    }

    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch request {
        case .stayQuiet:
            return try await order(.stayQuiet, tag)
        case .writeAFI(let afi):
            return try await order(.writeAFI, tag, afi)
        case .lockAFI:
            return try await order(.lockAFI, tag)
        case .writeDSFID(let dsfid):
            return try await order(.writeDSFID, tag, dsfid)
        case .lockDSFID:
            return try await order(.lockDSFID, tag)
        case .lockBlock(let block):
            return try await order(.lockBlock, tag, try number(block))
        case .systemInformation:
            return try await systemInformation(tag)
        case .readSingleBlock(let block, let withSecurity):
            return try await read(tag, first: block, count: 1, withSecurity: withSecurity)
        case .readMultipleBlocks(let first, let count, let withSecurity),
            .fastReadMultipleBlocks(let first, let count, let withSecurity):
            return try await read(tag, first: first, count: count, withSecurity: withSecurity)
        case .blockSecurity(let first, let count):
            let response = try await read(tag, first: first, count: count, withSecurity: true)
            guard case .blocks(let blocks) = response else { return response }
            return .blockSecurity(blocks.map { $0.security ?? 0 })
        case .writeSingleBlock(let block, let data):
            return try await write(tag, first: block, count: 1, data: data)
        case .writeMultipleBlocks(let first, let count, let data):
            return try await write(tag, first: first, count: count, data: data)
        case .custom(let custom):
            return try await perform(custom, with: tag)
        case .select, .resetToReady, .extended, .cryptographic:
            throw .unsupported("tag command \(Hex.string(request.code)) on \(information.model)")
        }
    }
}

extension ThreeMReader {
    /// Asks about a tag, again where that may help: at the edge of the field the pad says "no tag" for what worked a
    /// moment ago (every working program repeats).
    private mutating func ask(
        _ code: ThreeMCode,
        _ fields: [UInt8],
        about tag: TagUID
    ) async throws(ReaderError) -> ThreeMAnswer {
        var attempt = 1
        while true {
            let answer = try await line.ask(code, fields) { reply in
                // An answer about another tag is a stale one, be it a refusal; errors may come without UID.
                reply.data.starts(with: tag.bytes) || reply.error != .none && reply.data.count < tag.bytes.count
            }
            guard answer.error.isPassing, attempt < Self.attempts else { return answer }
            attempt += 1
        }
    }

    /// The tag's refusal as a value, or the reader's as an error.
    private func response(to answer: ThreeMAnswer, _ tag: TagUID) throws(ReaderError) -> ISO15693.Response {
        if let error = answer.error.tagError { return .error(error) }
        if answer.error == .noTag { throw .tagLost(tag) }
        throw answer.refusal
    }

    private mutating func order(
        _ code: ThreeMCode,
        _ tag: TagUID,
        _ value: UInt8? = nil
    ) async throws(ReaderError) -> ISO15693.Response {
        let answer = try await ask(code, ThreeMTagOrder(tag, value).bytes, about: tag)
        return answer.error == .none ? .done : try response(to: answer, tag)
    }

    private mutating func systemInformation(_ tag: TagUID) async throws(ReaderError) -> ISO15693.Response {
        let answer = try await ask(.tagInformation, ThreeMTagInformation(uid: tag).bytes, about: tag)
        guard answer.error == .none else { return try response(to: answer, tag) }
        let reply = try ThreeMTagInformation.Reply(reply: answer.data)
        return .systemInformation(
            ISO15693.SystemInformation(
                uid: tag,
                dsfid: reply.dsfid,
                afi: reply.afi,
                geometry: reply.geometry,
                icReference: reply.icReference.map { UInt8(truncatingIfNeeded: $0) }
            )
        )
    }

    private mutating func read(
        _ tag: TagUID,
        first: Int,
        count: Int,
        withSecurity: Bool
    ) async throws(ReaderError) -> ISO15693.Response {
        var blocks: [ISO15693.Block] = []
        var failures = 0
        while blocks.count < count {
            let wanted = min(Self.blocksPerRequest, count - blocks.count)
            let start = try number(first + blocks.count)
            let command = ThreeMReadBlocks(uid: tag, first: start, count: UInt8(wanted))
            let answer = try await ask(.readBlocks, command.bytes, about: tag)
            guard answer.error == .none else {
                let refusal = try response(to: answer, tag)
                return blocks.isEmpty ? refusal : .blocks(blocks)
            }
            let reply = try ThreeMReadBlocks.Reply(reply: answer.data)
            let read = reply.blocks.prefix(while: \.isRead)
            guard read.enumerated().allSatisfy({ Int($1.number) == Int(start) + $0 }), read.count <= wanted else {
                throw .malformed(
                    .invalid(field: "block numbers", offset: 8, found: "\(read.map(\.number))", wanted: "from \(start)")
                )
            }
            blocks += read.map { ISO15693.Block(data: $0.data, security: withSecurity ? $0.security : nil) }
            if read.count < wanted {
                let error = reply.blocks.dropFirst(read.count).first.map { ThreeMError(code: $0.lock) }
                // A block that was not heard once is not the end of the memory.
                failures = read.isEmpty ? failures + 1 : 1
                if error?.isPassing == true, failures < Self.attempts { continue }
                let refusal = error?.tagError ?? ISO15693.TagError(code: 0x0F)
                return blocks.isEmpty ? .error(refusal) : .blocks(blocks)
            }
        }
        return .blocks(blocks)
    }

    private mutating func write(
        _ tag: TagUID,
        first: Int,
        count: Int,
        data: [UInt8]
    ) async throws(ReaderError) -> ISO15693.Response {
        guard count > 0, data.count == 4 * count else {
            throw .unsupported("writing \(data.count) bytes as \(count) blocks on \(information.model)")
        }
        for start in stride(from: 0, to: count, by: Self.blocksPerRequest) {
            let end = min(count, start + Self.blocksPerRequest)
            let command = ThreeMWriteBlocks(
                uid: tag,
                first: try number(first + start),
                data: Array(data[(4 * start)..<(4 * end)])
            )
            let answer = try await ask(.writeBlocks, command.bytes, about: tag)
            guard answer.error == .none else { return try response(to: answer, tag) }
            // The block behind the last one written, where the firmware tells it: a write may stop without an error.
            if let next = answer.data.dropFirst(tag.bytes.count).first, (first + start)..<(first + end) ~= Int(next) {
                throw .refused(
                    code: ThreeMError.notWritten.code,
                    meaning: "\(ThreeMError.notWritten.meaning) from block \(next) on"
                )
            }
        }
        return .done
    }

    private func number(_ block: Int) throws(ReaderError) -> UInt8 {
        guard let number = UInt8(exactly: block) else {
            throw .unsupported("block \(block) on \(information.model)")
        }
        return number
    }

    /// The EAS bit of NXP chips has commands of its own; what only reads goes through pass-through.
    private mutating func perform(
        _ request: ISO15693.CustomRequest,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        guard request.manufacturer == tag.manufacturer else {
            throw .unsupported("command \(Hex.string(request.code)) of another maker's chip to tag \(tag)")
        }
        if request.manufacturer == Manufacturer.nxp.rawValue, !request.option {
            switch request.code {
            case 0xA2: return try await order(.writeEAS, tag, 1)
            case 0xA3: return try await order(.writeEAS, tag, 0)
            case 0xA5: return try await order(.checkEAS, tag)
            default: break
            }
        }
        let frame = try? ISO15693.RequestFrame(.custom(request), to: tag)
        guard let frame, !request.isWrite else {
            throw .unsupported("custom command \(Hex.string(request.code)) on \(information.model)")
        }
        // 40 bytes hold the longest answer of any chip in the table.
        let command = ThreeMPassThrough(mostReceived: 40, control: [], request: frame.bytes)
        let answer = try await line.ask(command)
        guard answer.error == .none else { return try response(to: answer, tag) }
        let reply = try ThreeMPassThrough.Reply(reply: answer.data)
        guard !reply.answer.isEmpty else { throw .tagLost(tag) }
        do throws(ParseError) {
            return try ISO15693.Response(content: reply.answer, answering: frame)
        } catch {
            throw .malformed(error)
        }
    }
}
