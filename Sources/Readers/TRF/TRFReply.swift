package import Tags
package import Wire

/// A piece of a board's reply, which is text for people with the facts in square brackets.
package enum TRFReply: Hashable, Sendable {
    /// What stands between brackets.
    case bracket(String)
    /// Words outside brackets, up to the end of the line.
    case words(String)
}

/// Finds the pieces of replies in a stream of text.
package struct TRFDecoder: LineDecoder {
    private var pending: [UInt8] = []
    private var isInBracket = false
    private var found = FoundFrames<TRFReply>()

    /// Characters of the longest piece; an answer of 32 blocks has 330.
    package static let longest = 1024

    package init() {}

    package var isMidFrame: Bool { !pending.isEmpty || isInBracket }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { take(byte) }
    }

    /// Words end where the line falls silent; a bracket that stays open never was one.
    package mutating func lineFellSilent() {
        finish(closing: false)
    }

    package mutating func reset() {
        self = TRFDecoder()
    }

    package mutating func next() -> DecodedFrame<TRFReply>? {
        found.next()
    }

    private mutating func take(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["):
            finish(closing: false)
            isInBracket = true
        case UInt8(ascii: "]") where isInBracket:
            finish(closing: true)
        case 0x0A, 0x0D:
            finish(closing: false)
        case 0x20...0x7E:
            pending.append(byte)
            if pending.count > Self.longest { finish(closing: false) }
        default:
            finish(closing: false)
            found.keep(garbage: [byte])
        }
    }

    private mutating func finish(closing: Bool) {
        defer {
            pending = []
            isInBracket = false
        }
        let text = String(decoding: pending, as: UTF8.self)
        if closing {
            found.keep(.bracket(text))
        } else if isInBracket {
            found.keep(garbage: [UInt8(ascii: "[")] + pending)
        } else if !pending.isEmpty {
            found.keep(.words(text))
        }
    }
}

extension TRFReply {
    /// What was heard in one slot of an inventory: `[6EADD606000007E0,72]`, nothing in `[,40]`, several tags in
    /// `[z,40]`; `nil` when the piece is none of them. The UID stands in tag order; the DSFID is not told.
    package var slot: ISO15693.SlotTree.Heard? {
        guard case .bracket(let text) = self else { return nil }
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 2 else { return nil }
        if fields[0].isEmpty { return .silence }
        if fields[0] == "z" { return .collision }
        guard let bytes = try? Hex.bytes(fields[0]), let uid = TagUID(onAir: bytes) else { return nil }
        return .frame(ISO15693.InventoryAnswer(dsfid: 0, uid: uid).onAir)
    }

    /// What a tag answered to a request, flags first, without check bytes; empty when none did.
    package var answer: [UInt8]? {
        guard case .bracket(let text) = self else { return nil }
        return text == "z" ? [] : try? Hex.bytes(text)
    }
}
