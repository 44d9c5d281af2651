package import Tags
import Wire

/// A JMY6xx module: only one tag is the current one, and all commands but one mean the current tag.
///
/// Before another tag is worked on all are silenced, the wanted one is woken by its number, and the module is let find
/// the only one that answers: so it cannot be another.
package struct JMYReader: ~Copyable, Reader {
    package let information: ReaderInformation
    private var line: JMYLine
    private var current: TagUID?
    /// Whether every tag in the field except the current one is quiet, as far as is known.
    private var othersAreQuiet = false

    /// Data bytes in one frame: 67 ms on the line.
    private static let mostBytes = 128

    init(line: consuming JMYLine, information: ReaderInformation) {
        self.line = line
        self.information = information
    }

    package mutating func ping() async throws(ReaderError) {
        _ = try await line.product()
    }

    package mutating func resetField() async throws(ReaderError) {
        current = nil
        othersAreQuiet = false
        for mode: UInt8 in [0x00, 0x01] where try await line.ask(.workingMode, [mode]) == nil {
            throw refusal(.workingMode)
        }
    }

    /// The field goes off first, since a tag that was told before keeps quiet.
    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        do throws(ReaderError) {
            return try await look(afi)
        } catch {
            // What a damaged reply told is quiet now: only a whole new look finds it.
            guard case .malformed = error else { throw error }
            return try await look(afi)
        }
    }

    private mutating func look(_ afi: UInt8?) async throws(ReaderError) -> Inventory {
        try await resetField()
        // A field without tags is told as a failure.
        guard let data = try await line.ask(.inventoryAll, afi.map { [$0] } ?? [], mayRepeat: false) else {
            return Inventory(tags: [])
        }
        othersAreQuiet = afi == nil
        var known: Set<TagUID> = []
        let tags = try JMYTags(reply: data).tags.filter { known.insert($0.uid).inserted }
        return Inventory(tags: tags.map { DetectedTag(uid: $0.uid, dsfid: $0.dsfid) })
    }

    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        switch request {
        case .stayQuiet:
            try await take(tag)
            _ = try await line.ask(.stayQuiet)
            current = nil
            return .done
        case .resetToReady, .select:
            try await take(tag)
            return .done
        case .writeAFI(let afi):
            return try await done(.writeAFI, [afi], tag)
        case .lockAFI:
            return try await done(.lockAFI, [], tag)
        case .writeDSFID(let dsfid):
            return try await done(.writeDSFID, [dsfid], tag)
        case .lockDSFID:
            return try await done(.lockDSFID, [], tag)
        case .lockBlock(let block):
            return try await done(.lockBlock, [try number(block)], tag)
        case .systemInformation:
            return try await systemInformation(tag)
        case .readSingleBlock(let block, let withSecurity):
            return try await read(tag, first: block, count: 1, withSecurity)
        case .readMultipleBlocks(let first, let count, let withSecurity),
            .fastReadMultipleBlocks(let first, let count, let withSecurity):
            return try await read(tag, first: first, count: count, withSecurity)
        case .blockSecurity(let first, let count):
            guard let status = try await ask(.blockSecurity, [try number(first), try number(count)], tag) else {
                return .error(Self.noReason)
            }
            return .blockSecurity(status)
        case .writeSingleBlock(let block, let data):
            return try await write(tag, first: block, count: 1, data: data)
        case .writeMultipleBlocks(let first, let count, let data):
            return try await write(tag, first: first, count: count, data: data)
        case .extended, .cryptographic, .custom:
            throw .unsupported("tag command \(Hex.string(request.code)) on \(information.model)")
        }
    }
}

extension JMYReader {
    /// The module tells that a tag refused, never why.
    private static let noReason = ISO15693.TagError(code: 0x0F)

    /// Makes the tag the current one, or throws that it is lost.
    private mutating func take(_ tag: TagUID) async throws(ReaderError) {
        if current == tag { return }
        do throws(ReaderError) {
            if current != nil, try await line.ask(.stayQuiet) == nil { othersAreQuiet = false }
            current = nil
            for _ in 0..<2 {
                if !othersAreQuiet {
                    _ = try await line.ask(.inventoryAll, mayRepeat: false)
                    othersAreQuiet = true
                }
                _ = try await line.ask(.resetToReady, tag.onAir)
                if let data = try await line.ask(.inventory), let found = try JMYTags(reply: data).tags.first,
                    found.uid == tag
                {
                    current = tag
                    return
                }
                // Somebody new is loud, or several are.
                othersAreQuiet = false
            }
        } catch {
            current = nil
            othersAreQuiet = false
            throw error
        }
        throw .tagLost(tag)
    }

    /// Asks about a tag; `nil` when the tag is there and refused.
    private mutating func ask(
        _ code: JMYCode,
        _ data: [UInt8],
        _ tag: TagUID
    ) async throws(ReaderError) -> [UInt8]? {
        for _ in 0..<2 {
            try await take(tag)
            do throws(ReaderError) {
                if let reply = try await line.ask(code, data) { return reply }
            } catch {
                current = nil
                othersAreQuiet = false
                throw error
            }
            // The module makes no difference between a tag that refuses, one that is gone and one that it has itself
            // forgotten, as after a start: the tag is looked for and asked once more.
            current = nil
            othersAreQuiet = false
        }
        try await take(tag)
        return nil
    }

    private mutating func done(
        _ code: JMYCode,
        _ data: [UInt8],
        _ tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        try await ask(code, data, tag) == nil ? .error(Self.noReason) : .done
    }

    private mutating func systemInformation(_ tag: TagUID) async throws(ReaderError) -> ISO15693.Response {
        guard let data = try await ask(.systemInformation, [], tag) else { return .error(Self.noReason) }
        do throws(ParseError) {
            var reader = ByteReader(data)
            let information = try ISO15693.SystemInformation(parsing: &reader, wide: false)
            guard information.uid == tag else {
                throw .invalid(
                    field: "UID",
                    offset: 1,
                    found: "\(information.uid)",
                    wanted: "\(tag)"
                )
            }
            return .systemInformation(information)
        } catch {
            current = nil
            throw .malformed(error)
        }
    }

    private mutating func read(
        _ tag: TagUID,
        first: Int,
        count: Int,
        _ withSecurity: Bool
    ) async throws(ReaderError) -> ISO15693.Response {
        var blocks: [ISO15693.Block] = []
        while blocks.count < count {
            let wanted = min(Self.mostBytes / 4, count - blocks.count)
            let range = [try number(first + blocks.count), try number(wanted)]
            guard let data = try await ask(.readBlocks, range, tag) else {
                return blocks.isEmpty ? .error(Self.noReason) : .blocks(blocks)
            }
            let size = ISO15693.Response.blockSize(ofAnswer: data.count, blocks: wanted, withSecurity: false)
            guard size > 0, !data.isEmpty, data.count.isMultiple(of: size), data.count / size <= wanted else {
                let wanted = "\(wanted) blocks"
                throw .malformed(.invalid(field: "blocks", offset: 0, found: "\(data.count) bytes", wanted: wanted))
            }
            let status = withSecurity ? try await ask(.blockSecurity, range, tag) : nil
            for index in 0..<(data.count / size) {
                let block = Array(data[(index * size)..<((index + 1) * size)])
                let security = status.flatMap { index < $0.count ? $0[index] : nil }
                blocks.append(ISO15693.Block(data: block, security: security))
            }
            if data.count / size < wanted { break }
        }
        return .blocks(blocks)
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
            let bytes = data[(written * size)..<((written + portion) * size)]
            let range = [try number(first + written), try number(portion)]
            guard try await ask(.writeBlocks, range + bytes, tag) != nil else { return .error(Self.noReason) }
            written += portion
        }
        return .done
    }

    private func number(_ value: Int) throws(ReaderError) -> UInt8 {
        guard let byte = UInt8(exactly: value) else {
            throw .unsupported("block \(value) on \(information.model)")
        }
        return byte
    }

    private func refusal(_ code: JMYCode) -> ReaderError {
        .refused(code: ~code.rawValue, meaning: "\(code) failed")
    }
}
