package import Tags
import Wire

/// A reader that only carries frames to the air and back: what to say to tags, and how to find all of them, is ours.
///
/// A driver of such a reader says how a frame is carried; inventory and exchange are written here once.
package protocol TransparentReader: ~Copyable, Reader {
    /// Blocks the reader can carry in one answer, security bytes included.
    var mostBlocksPerAnswer: Int { get }

    /// How many slots an inventory is asked with: sixteen where the reader sends the ends of frame by itself.
    var slots: ISO15693.Slots { get }

    /// Says a request to a tag and gives the answer, flags first, without check bytes; `nil` when nothing readable
    /// came.
    ///
    /// A frame that waits for an end of frame gets it from the reader, or is refused as unsupported.
    mutating func carry(_ frame: ISO15693.RequestFrame) async throws(ReaderError) -> [UInt8]?

    /// Asks who is there and tells what was heard, slot by slot from the first.
    mutating func ask(
        _ question: ISO15693.InventoryRequest
    ) async throws(ReaderError) -> [ISO15693.SlotTree.Heard]
}

/// NXP's EAS alarm (SLIX data sheet).
let easAlarm: UInt8 = 0xA5

extension TransparentReader where Self: ~Copyable {
    /// Walks the tree of UIDs until every tag that can be heard alone was heard.
    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        var tree = ISO15693.SlotTree(slots: slots, afi: afi, repetition: .untilNothingNew(rounds: 8))
        var heard: [ISO15693.SlotTree.Heard] = []
        var step = tree.begin()
        while true {
            switch step {
            case .send(let question):
                heard = try await ask(question).reversed()
                step = tree.heard(heard.popLast() ?? .silence)
            case .nextSlot:
                step = tree.heard(heard.popLast() ?? .silence)
            case .stayQuiet:
                step = tree.begin()
            case .finished:
                return Inventory(
                    tags: tree.found.map { DetectedTag(uid: $0.uid, dsfid: $0.dsfid) },
                    incomplete: tree.isIncomplete
                )
            }
        }
    }

    /// Says a request on air; reads are cut into what the reader can carry and asked for twice when nothing came back.
    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        guard case .readMultipleBlocks(let first, let count, let withSecurity) = request, count > mostBlocksPerAnswer
        else {
            return try await say(request, to: tag)
        }
        var blocks: [ISO15693.Block] = []
        while blocks.count < count {
            let portion = min(mostBlocksPerAnswer, count - blocks.count)
            let response = try await say(
                .readMultipleBlocks(first: first + blocks.count, count: portion, withSecurity: withSecurity),
                to: tag
            )
            guard case .blocks(let found) = response else { return blocks.isEmpty ? response : .blocks(blocks) }
            blocks += found
            if found.count < portion { break }
        }
        return .blocks(blocks)
    }

    /// Asks in one slot: whatever is heard is somebody, be it one tag or many at once.
    package mutating func senses(afi: UInt8) async throws(ReaderError) -> Bool {
        try await ask(ISO15693.InventoryRequest(slots: .one, afi: afi)).contains { $0 != .silence }
    }

    /// All chips with the bit set answer with the same sequence at the same time.
    package mutating func sensesEAS(of manufacturer: UInt8) async throws(ReaderError) -> Bool {
        let alarm = ISO15693.CustomRequest(manufacturer: manufacturer, code: easAlarm)
        guard manufacturer == Manufacturer.nxp.rawValue,
            let frame = ISO15693.RequestFrame(toEveryone: .custom(alarm))
        else { throw .unsupported("EAS alarm of a chip by \(Manufacturer(rawValue: manufacturer))") }
        return try await carry(frame) != nil
    }

    private mutating func say(
        _ request: ISO15693.Request,
        to tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        let frame = try Self.frame(request, to: tag, on: information.model)
        if request == .stayQuiet {
            _ = try await carry(frame)
            return .done
        }
        // A write that was heard in vain may have been done: asking again is for whoever reads it back.
        for _ in 0..<(request.isWrite || isGoodForOnce(request) ? 1 : 2) {
            guard let content = try await carry(frame) else { continue }
            do throws(ParseError) {
                return try ISO15693.Response(content: content, answering: frame)
            } catch {
                throw .malformed(error)
            }
        }
        throw .tagLost(tag)
    }

    private func isGoodForOnce(_ request: ISO15693.Request) -> Bool {
        guard case .custom(let custom) = request else { return false }
        return custom.isGoodForOnce
    }

    private static func frame(
        _ request: ISO15693.Request,
        to tag: TagUID,
        on model: String
    ) throws(ReaderError) -> ISO15693.RequestFrame {
        do throws(EncodeError) {
            let onEndOfFrame = request.isWrite && tag.answersWritesOnEndOfFrame
            return try ISO15693.RequestFrame(request, to: tag, answerOnEndOfFrame: onEndOfFrame)
        } catch {
            throw .unsupported("tag command \(error) on \(model)")
        }
    }
}
