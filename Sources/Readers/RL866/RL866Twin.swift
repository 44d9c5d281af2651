import Tags
import Wire

/// The RL866's side of the protocol.
package struct RL866Twin: ReaderTwin {
    private var decoder = RL866Decoder()
    private var expectsSequence = false
    private var unsent: [TagUID] = []
    private var total = 0
    private var handles: [UInt8: TagUID] = [:]

    /// Tags in one reply; ten bytes each.
    private static let tagsPerReply = 20

    package init() {}

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        decoder.append(bytes)
        var replies: [UInt8] = []
        while let found = decoder.next() {
            guard case .frame(let frame) = found else { continue }
            replies += answer(frame, &air).bytes
        }
        return replies
    }

    package mutating func lineFellSilent() {
        decoder.reset()
    }

    private mutating func answer(_ frame: RL866Frame, _ air: inout any Air) -> RL866Frame {
        guard frame.control != RL866Frame.resynchronise else {
            expectsSequence = false
            handles = [:]
            return RL866Frame(reader: 0, control: RL866Frame.resynchronise)
        }
        let code = frame.information.first ?? 0
        var status = RL866Error.sequence
        var data: [UInt8] = []
        if (frame.control & RL866Frame.sequence != 0) == expectsSequence {
            expectsSequence.toggle()
            (status, data) = perform(code, Array(frame.information.dropFirst()), &air)
        }
        var information = ByteWriter()
        information.byte(code)
        information.uint16LittleEndian(status.code)
        information.bytes(data)
        return RL866Frame(reader: 0, control: frame.control, information: information.bytes)
    }

    private mutating func perform(
        _ code: UInt8,
        _ parameters: [UInt8],
        _ air: inout any Air
    ) -> (RL866Error, [UInt8]) {
        do throws(ParseError) {
            switch RL866Code(rawValue: code) {
            case .inventory:
                return (.none, inventory(try RL866Inventory(parameters), &air).bytes)
            case .connect:
                return connect(try RL866Connect(parameters).uid, &air)
            case .disconnect:
                var reader = ByteReader(parameters)
                let handle = try reader.byte("handle")
                if handle == 0 { handles = [:] } else { handles[handle] = nil }
                return (.none, [])
            case .access:
                let access = try RL866Access(parameters)
                guard let uid = handles[access.handle] else { return (.badHandle, []) }
                let result = perform(access, on: uid, &air)
                return (.none, RL866Access.Reply(operation: access.operation.rawValue, result: result).bytes)
            case nil:
                return (.command, [])
            }
        } catch {
            return (.length, [])
        }
    }

    private mutating func inventory(_ command: RL866Inventory, _ air: inout any Air) -> RL866Inventory.Reply {
        if !command.continues {
            air.setField(on: false)
            air.setField(on: true)
            unsent = air.inventory(afi: nil).map(\.uid)
            total = unsent.count
        }
        let tags = Array(unsent.prefix(Self.tagsPerReply))
        unsent.removeFirst(tags.count)
        return RL866Inventory.Reply(total: UInt16(clamping: total), tags: tags)
    }

    private mutating func connect(_ uid: TagUID, _ air: inout any Air) -> (RL866Error, [UInt8]) {
        guard air.exchange(.select, with: uid) != nil else { return (.noTag, []) }
        handles = [1: uid]
        return (.none, [1])
    }
}

extension RL866Twin {
    private typealias Outcome = Result<[UInt8], RL866Error>

    private func perform(_ access: RL866Access, on uid: TagUID, _ air: inout any Air) -> Outcome {
        switch access.operation {
        case .reset: return exchange(.resetToReady, uid, &air)
        case .select: return exchange(.select, uid, &air)
        case .writeAFI:
            guard access.parameters.count == 1, let afi = access.parameters.first else { return .failure(.length) }
            return exchange(.writeAFI(afi), uid, &air)
        case .setEAS: return exchange(eas(0xA2, uid), uid, &air)
        case .clearEAS: return exchange(eas(0xA3, uid), uid, &air)
        case .alarmEAS: return exchange(eas(0xA5, uid), uid, &air)
        case .systemInformation: return inform(uid, &air)
        case .readBlocks: return (try? read(access.parameters, uid, &air)) ?? Outcome.failure(.length)
        case .writeBlocks: return (try? write(access.parameters, uid, &air)) ?? Outcome.failure(.length)
        }
    }

    private func eas(_ code: UInt8, _ uid: TagUID) -> ISO15693.Request {
        .custom(ISO15693.CustomRequest(manufacturer: uid.manufacturer, code: code))
    }

    private func exchange(_ request: ISO15693.Request, _ uid: TagUID, _ air: inout any Air) -> Outcome {
        switch air.exchange(request, with: uid) {
        case nil: Outcome.failure(.timeout)
        case .error: Outcome.failure(.block)
        default: .success([])
        }
    }

    private func inform(_ uid: TagUID, _ air: inout any Air) -> Outcome {
        switch air.exchange(.systemInformation, with: uid) {
        case .systemInformation(let told)?:
            let reply = RL866SystemInformation(
                uid: uid,
                dsfid: told.dsfid ?? 0,
                afi: told.afi ?? 0,
                blockCount: UInt8(clamping: told.geometry?.blockCount ?? 0),
                blockSize: UInt8(clamping: told.geometry?.blockSize ?? 0),
                icReference: told.icReference ?? 0
            )
            return .success(reply.bytes)
        case nil: return Outcome.failure(.timeout)
        default: return Outcome.failure(.block)
        }
    }

    private func read(_ parameters: [UInt8], _ uid: TagUID, _ air: inout any Air) throws(ParseError) -> Outcome {
        var reader = ByteReader(parameters)
        _ = try reader.byte("security flag")
        let first = Int(try reader.uint16LittleEndian("first block"))
        let count = Int(try reader.uint16LittleEndian("block count"))
        try reader.finish()
        let request = ISO15693.Request.readMultipleBlocks(first: first, count: count, withSecurity: false)
        switch air.exchange(request, with: uid) {
        case .blocks(let blocks)?:
            var data = ByteWriter()
            data.uint16LittleEndian(UInt16(clamping: blocks.count))
            data.bytes(blocks.flatMap(\.data))
            return .success(data.bytes)
        case nil: return Outcome.failure(.timeout)
        default: return Outcome.failure(.block)
        }
    }

    private func write(_ parameters: [UInt8], _ uid: TagUID, _ air: inout any Air) throws(ParseError) -> Outcome {
        var reader = ByteReader(parameters)
        let first = Int(try reader.uint16LittleEndian("first block"))
        let count = Int(try reader.uint16LittleEndian("block count"))
        let data = try reader.bytes(reader.remaining - 1, "blocks")
        // A 00 stands behind the data, or nothing is written; without it the last byte of the data stood there.
        let end = try reader.byte("end of the data")
        guard count > 0, !data.isEmpty, data.count.isMultiple(of: count), end == 0 else {
            return Outcome.failure(.length)
        }
        let size = data.count / count
        guard size.isMultiple(of: 4) else { return Outcome.failure(.length) }
        for index in 0..<count {
            let block = Array(data.dropFirst(index * size).prefix(size))
            let outcome = exchange(.writeSingleBlock(first + index, data: block), uid, &air)
            if case .failure = outcome { return outcome }
        }
        return .success([])
    }
}
