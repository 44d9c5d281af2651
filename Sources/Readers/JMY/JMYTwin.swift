import Tags
import Wire

/// The module's side of the protocol, written from the manuals.
package struct JMYTwin: ReaderTwin {
    /// As the manual prints it.
    private static let product = JMYProduct(
        name: "JMY6801H",
        version: "4.30",
        date: "20131123",
        settings: [0x00, 0x01, 0xA0, 0x00, 0x00, 0x00, 0x0A, 0x00, 0x00, 0x00]
    )
    private var decoder = JMYDecoder()
    private var current: TagUID?

    package init() {}

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        decoder.append(bytes)
        var replies: [UInt8] = []
        while let found = decoder.next() {
            guard case .frame(let frame) = found, [0x00, 0x01].contains(frame.address) else { continue }
            let data = try? perform(frame, &air)
            let command = data == nil ? ~frame.command : frame.command
            replies += JMYFrame(address: 0x01, command: command, data: data ?? []).bytes
        }
        return replies
    }

    package mutating func lineFellSilent() {
        decoder.reset()
    }

    /// Why a command failed; the host is not told.
    private struct Failure: Error {}

    private mutating func perform(_ frame: JMYFrame, _ air: inout any Air) throws -> [UInt8] {
        var reader = ByteReader(frame.data)
        switch JMYCode(rawValue: frame.command) {
        case .productInformation:
            return Self.product.bytes
        case .workingMode:
            air.setField(on: try reader.byte("mode") & 0x01 == 1)
            return []
        case .inventory:
            return try inventory(afi: reader.next, &air)
        case .inventoryAll:
            return try inventoryAll(afi: reader.next, &air)
        case .resetToReady:
            guard let uid = TagUID(onAir: try reader.bytes(8, "UID")) else { throw Failure() }
            return try tell(.resetToReady, to: uid, &air)
        case .stayQuiet:
            _ = air.exchange(.stayQuiet, with: try currentTag())
            return []
        case .systemInformation, .readBlocks, .writeBlocks, .lockBlock, .writeAFI, .lockAFI, .writeDSFID, .lockDSFID,
            .blockSecurity:
            return try work(frame, on: try currentTag(), &air)
        case nil:
            throw Failure()
        }
    }

    private func currentTag() throws -> TagUID {
        guard let current else { throw Failure() }
        return current
    }

    /// One slot: two tags that answer at once are none.
    private mutating func inventory(afi: UInt8?, _ air: inout any Air) throws -> [UInt8] {
        let question = ISO15693.InventoryRequest(slots: .one, afi: afi)
        guard case .frame(let bytes) = air.send(question.onAir) else { throw Failure() }
        let answer = try ISO15693.InventoryAnswer(onAir: bytes)
        current = answer.uid
        return JMYTags([JMYTags.Tag(dsfid: answer.dsfid, uid: answer.uid)]).bytes
    }

    private func inventoryAll(afi: UInt8?, _ air: inout any Air) throws -> [UInt8] {
        let found = air.inventory(afi: afi)
        guard !found.isEmpty else { throw Failure() }
        for tag in found { _ = air.exchange(.stayQuiet, with: tag.uid) }
        return JMYTags(found.map { JMYTags.Tag(dsfid: $0.dsfid, uid: $0.uid) }).bytes
    }

    private func tell(_ request: ISO15693.Request, to uid: TagUID, _ air: inout any Air) throws -> [UInt8] {
        switch air.exchange(request, with: uid) {
        case nil, .error: throw Failure()
        case .blocks(let blocks)?: return blocks.flatMap(\.data)
        case .blockSecurity(let status)?: return status
        case .systemInformation(let information)?:
            var writer = ByteWriter()
            information.write(to: &writer, wide: false)
            return writer.bytes
        case .done, .data: return []
        }
    }

    private func work(_ frame: JMYFrame, on uid: TagUID, _ air: inout any Air) throws -> [UInt8] {
        var reader = ByteReader(frame.data)
        switch JMYCode(rawValue: frame.command) {
        case .systemInformation: return try tell(.systemInformation, to: uid, &air)
        case .lockBlock: return try tell(.lockBlock(Int(try reader.byte("block"))), to: uid, &air)
        case .writeAFI: return try tell(.writeAFI(try reader.byte("AFI")), to: uid, &air)
        case .lockAFI: return try tell(.lockAFI, to: uid, &air)
        case .writeDSFID: return try tell(.writeDSFID(try reader.byte("DSFID")), to: uid, &air)
        case .lockDSFID: return try tell(.lockDSFID, to: uid, &air)
        default: break
        }
        let first = Int(try reader.byte("first block"))
        let count = Int(try reader.byte("block count"))
        guard count > 0 else { throw Failure() }
        switch JMYCode(rawValue: frame.command) {
        case .readBlocks:
            return try tell(.readMultipleBlocks(first: first, count: count, withSecurity: false), to: uid, &air)
        case .blockSecurity:
            return try tell(.blockSecurity(first: first, count: count), to: uid, &air)
        default:
            let data = Array(reader.rest())
            guard !data.isEmpty, data.count.isMultiple(of: count) else { throw Failure() }
            let size = data.count / count
            for index in 0..<count {
                let block = Array(data[(index * size)..<((index + 1) * size)])
                _ = try tell(.writeSingleBlock(first + index, data: block), to: uid, &air)
            }
            return []
        }
    }
}
