import Field
import Tags
import Testing
import Wire

/// A powered tag of one chip on the bench, and the answers it gives, read as a reader would read them.
struct Bench {
    var tag: VirtualTag

    init(_ chip: String = "ICODE SLIX", content: [UInt8] = [], afi: UInt8 = 0x07, armed: Bool = false) throws {
        let model = try #require(ChipTable.named(chip))
        let pattern = UInt64(model.patterns[0].value) << 32
        let uid = TagUID(0xE0 << 56 | UInt64(model.manufacturer.rawValue) << 48 | pattern | 0x1234_5678)
        tag = VirtualTag(uid: uid, chip: model, content: content, afi: afi, easArmed: armed)
        tag.powerOn()
    }

    mutating func send(_ request: ISO15693.Request, option: Bool? = nil) throws -> ISO15693.Response? {
        let onEndOfFrame = option ?? tag.uid.answersWritesOnEndOfFrame
        let frame = try ISO15693.RequestFrame(request, to: tag.uid, answerOnEndOfFrame: onEndOfFrame)
        return try answer(tag.receive(frame), to: frame)
    }

    /// Content without check bytes, as it arrives.
    mutating func hear(_ hex: String) throws -> ISO15693.Response? {
        let frame = try ISO15693.RequestFrame(Hex.bytes(hex))
        return try answer(tag.receive(frame), to: frame)
    }

    private func answer(_ reaction: Reaction, to frame: ISO15693.RequestFrame) throws -> ISO15693.Response? {
        guard let content = reaction.content else { return nil }
        return try ISO15693.Response(content: content, answering: frame)
    }

    var isInInventory: Bool { tag.slot(afi: nil, mask: .none, slots: .sixteen) != nil }
}

extension ISO15693.Response {
    static func refused(_ code: UInt8) -> Self { .error(.init(code: code)) }
}

extension Bench {
    mutating func custom(_ command: some CustomCommand) throws -> ISO15693.Response? {
        try send(try #require(command.request(for: tag.uid)))
    }
}
