import Tags
import Wire

extension CCIDCardReader {
    /// A refusal has no reason that is the tag's own.
    private static var refusal: ISO15693.Response { .error(ISO15693.TagError(code: 0x0F)) }

    /// Blocks in one answer of 256 bytes.
    private static var mostBlocks: Int { 28 }

    // MARK: - Identiv

    mutating func exchangeIdentiv(
        _ request: ISO15693.Request,
        _ tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch request {
        case .readSingleBlock(let block, let withSecurity):
            return try await readIdentiv(tag, first: block, count: 1, withSecurity)
        case .readMultipleBlocks(let first, let count, let withSecurity):
            return try await readIdentiv(tag, first: first, count: count, withSecurity)
        case .writeSingleBlock(let block, let data):
            return try await done(.identiv([0x21, try number(block)] + data), tag)
        case .writeMultipleBlocks(let first, let count, let data):
            return try await writeSingly(first, count, data, on: tag) { block, data in .identiv([0x21, block] + data) }
        case .lockBlock(let block):
            return try await done(.identiv([0x22, try number(block)]), tag)
        case .writeAFI(let afi):
            return try await order(.identiv([0x27, afi]), tag)
        case .writeDSFID(let dsfid):
            return try await order(.identiv([0x29, dsfid]), tag)
        case .systemInformation:
            guard let data = try await ask(.identiv([0x2B, 0x00]), tag) else { return Self.refusal }
            do throws(ParseError) {
                var reader = ByteReader(data)
                return .systemInformation(try ISO15693.SystemInformation(parsing: &reader, wide: false))
            } catch {
                throw .malformed(error)
            }
        case .blockSecurity(let first, let count):
            let command = CardCommand.identiv([0x2C, try number(first), try number(count - 1)])
            return try await ask(command, tag).map { .blockSecurity($0) } ?? Self.refusal
        default:
            throw refused(request)
        }
    }

    private mutating func readIdentiv(
        _ tag: TagUID,
        first: Int,
        count: Int,
        _ withSecurity: Bool
    ) async throws(ReaderError) -> ISO15693.Response {
        var blocks: [ISO15693.Block] = []
        while blocks.count < count {
            let portion = min(Self.mostBlocks, count - blocks.count)
            let range = [try number(first + blocks.count), try number(portion - 1)]
            let content = portion == 1 ? [0x20, range[0]] : [0x23] + range
            guard let data = try await ask(.identiv(content), tag) else {
                return blocks.isEmpty ? Self.refusal : .blocks(blocks)
            }
            // Lock states that were not told are not known: a block must not pass for open.
            let locks = withSecurity ? try await ask(.identiv([0x2C] + range), tag) : nil
            let found = try cut(data, most: portion, locks: locks)
            blocks += found
            if found.count < portion { break }
        }
        return .blocks(blocks)
    }

    private func cut(_ data: [UInt8], most: Int, locks: [UInt8]?) throws(ReaderError) -> [ISO15693.Block] {
        let size = ISO15693.Response.blockSize(ofAnswer: data.count, blocks: most, withSecurity: false)
        guard size > 0, !data.isEmpty, data.count.isMultiple(of: size), data.count / size <= most else {
            let found = "\(data.count) bytes"
            throw .malformed(.invalid(field: "blocks", offset: 0, found: found, wanted: "\(most) blocks"))
        }
        return (0..<(data.count / size)).map { index in
            ISO15693.Block(
                data: Array(data[(index * size)..<((index + 1) * size)]),
                security: locks.flatMap { index < $0.count ? $0[index] : nil }
            )
        }
    }

    // MARK: - OMNIKEY

    mutating func exchangeOmnikey(
        _ request: ISO15693.Request,
        _ tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch request {
        case .writeAFI(let afi):
            return try await order(.writeAFI(afi), tag)
        case .writeDSFID(let dsfid):
            return try await order(.writeDSFID(dsfid), tag)
        case .systemInformation:
            guard let size = try await ask(.tell(.size), tag), size.count == 2 else { return Self.refusal }
            var information = ISO15693.SystemInformation(uid: tag)
            information.geometry = MemoryGeometry(blockSize: Int(size[1]) + 1, blockCount: Int(size[0]) + 1)
            information.afi = try await ask(.tell(.afi), tag)?.first
            information.dsfid = try await ask(.tell(.dsfid), tag)?.first
            information.icReference = try await ask(.tell(.icReference), tag)?.first
            return .systemInformation(information)
        default:
            return try await exchangeStorage(request, tag, .second)
        }
    }

    // MARK: - Storage card

    mutating func exchangeStorage(
        _ request: ISO15693.Request,
        _ tag: TagUID,
        _ address: CardDialect.BlockAddress
    ) async throws(ReaderError) -> ISO15693.Response {
        switch request {
        case .readSingleBlock(let block, withSecurity: false):
            return try await readSingly(block, 1, address, on: tag)
        case .readMultipleBlocks(let first, let count, withSecurity: false):
            return try await readSingly(first, count, address, on: tag)
        case .writeSingleBlock(let block, let data) where address != .unknown:
            return try await done(.write(try number(block), data, at: address), tag)
        case .writeMultipleBlocks(let first, let count, let data) where address != .unknown:
            return try await writeSingly(first, count, data, on: tag) { .write($0, $1, at: address) }
        default:
            throw refused(request)
        }
    }

    private mutating func readSingly(
        _ first: Int,
        _ count: Int,
        _ address: CardDialect.BlockAddress,
        on tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        var blocks: [ISO15693.Block] = []
        for block in first..<(first + count) {
            guard let data = try await ask(.read(try number(block), at: address), tag), !data.isEmpty else {
                return blocks.isEmpty ? Self.refusal : .blocks(blocks)
            }
            blocks.append(ISO15693.Block(data: data))
        }
        return .blocks(blocks)
    }

    private mutating func writeSingly(
        _ first: Int,
        _ count: Int,
        _ data: [UInt8],
        on tag: TagUID,
        _ command: (UInt8, [UInt8]) -> CardCommand
    ) async throws(ReaderError) -> ISO15693.Response {
        guard count > 0, !data.isEmpty, data.count.isMultiple(of: count) else {
            throw .unsupported("writing \(data.count) bytes as \(count) blocks")
        }
        let size = data.count / count
        for index in 0..<count {
            let block = Array(data[(index * size)..<((index + 1) * size)])
            guard try await tell(command(try number(first + index), block), tag) != nil else { return Self.refusal }
        }
        return .done
    }

    /// For what may be said twice: an order that was lost on its way is no refusal.
    private mutating func order(_ command: CardCommand, _ tag: TagUID) async throws(ReaderError) -> ISO15693.Response {
        try await ask(command, tag) == nil ? Self.refusal : .done
    }

    private mutating func done(_ command: CardCommand, _ tag: TagUID) async throws(ReaderError) -> ISO15693.Response {
        try await tell(command, tag) == nil ? Self.refusal : .done
    }
}
