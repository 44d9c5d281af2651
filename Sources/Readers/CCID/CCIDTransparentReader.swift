package import Tags
import Wire

/// A PC/SC reader with a transparent session (ACR1552U class): it says on air what it is told.
///
/// The session gives no slots, so tags are taken apart bit by bit, each question in one slot.
package struct CCIDTransparentReader: ~Copyable, TransparentReader {
    package let information: ReaderInformation
    private var line: CCIDLine
    private let way: CCIDMessage.Kind
    private var isOpen = false

    /// What a write may take (iso15693 §3.4: 20 ms); the working example gives a second.
    private static let writeTime: UInt32 = 1_000_000

    init(line: consuming CCIDLine, way: CCIDMessage.Kind, information: ReaderInformation) {
        self.line = line
        self.way = way
        self.information = information
    }

    /// An answer of 256 bytes holds 47 blocks with their security bytes; half of them leaves room.
    package var mostBlocksPerAnswer: Int { 28 }
    package var slots: ISO15693.Slots { .one }

    package mutating func ping() async throws(ReaderError) {
        _ = try await line.ask(.slotStatus)
    }

    package mutating func resetField() async throws(ReaderError) {
        try await begin()
        for step in [TransparentSession.Management.fieldOff, .fieldOn] {
            _ = try await session(TransparentSession.manage(step))
        }
        _ = try await session(TransparentSession.switchProtocol)
    }

    package mutating func ask(
        _ question: ISO15693.InventoryRequest
    ) async throws(ReaderError) -> [ISO15693.SlotTree.Heard] {
        let reply = try await say(TransparentSession.exchange(question.bytes))
        if reply.radio != 0 { return [.collision] }
        guard let heard = reply.heard, !heard.isEmpty else { return [.silence] }
        return [.frame(ISO15693.FrameCheck.sealing(heard))]
    }

    package mutating func carry(_ frame: ISO15693.RequestFrame) async throws(ReaderError) -> [UInt8]? {
        guard !frame.waitsForEndOfFrame else {
            throw .unsupported("writing to a tag that waits for an end of frame on \(information.model)")
        }
        let wait = frame.request.isWrite ? Self.writeTime : nil
        let command = TransparentSession.exchange(frame.bytes, wait: wait)
        guard command.data.count <= 0xFF else {
            throw .unsupported("a request of \(frame.bytes.count) bytes on \(information.model)")
        }
        let reply = try await say(command)
        guard reply.radio == 0, let heard = reply.heard, !heard.isEmpty else { return nil }
        return heard
    }

    /// Says something on air; a session that was lost meanwhile is begun again, once, for what may be said twice.
    private mutating func say(_ command: CardCommand) async throws(ReaderError) -> TransparentReply {
        try await begin()
        let reply = try await session(command)
        switch reply.status {
        case TransparentReply.ok: return reply
        case TransparentReply.tagMute: return TransparentReply()
        default:
            isOpen = false
            throw .refused(
                code: UInt8(truncatingIfNeeded: reply.status >> 8),
                meaning: "object \(reply.failedObject) of the transparent session: \(Hex.string(reply.status))"
            )
        }
    }

    private mutating func begin() async throws(ReaderError) {
        guard !isOpen else { return }
        for command in [
            TransparentSession.manage(.begin), TransparentSession.manage(.fieldOn), TransparentSession.switchProtocol,
        ] {
            let reply = try await session(command)
            guard reply.status == TransparentReply.ok else {
                throw .refused(
                    code: UInt8(truncatingIfNeeded: reply.status >> 8),
                    meaning: "transparent session not begun: \(Hex.string(reply.status))"
                )
            }
        }
        isOpen = true
    }

    private mutating func session(_ command: CardCommand) async throws(ReaderError) -> TransparentReply {
        let answer: CardAnswer?
        do throws(ReaderError) {
            answer = try await line.command(command, by: way)
        } catch {
            isOpen = false
            throw error
        }
        guard let answer, let content = answer.content else {
            isOpen = false
            let status = answer?.status ?? 0
            throw .refused(
                code: UInt8(truncatingIfNeeded: status >> 8),
                meaning: "transparent session: \(Hex.string(status))"
            )
        }
        return try TransparentReply(reply: content)
    }
}
