package import Tags
import Wire

/// A metraTec reader: finds the tags by itself and carries requests to them.
package struct MetraTecReader: ~Copyable, TransparentReader {
    package let information: ReaderInformation
    private var line: MetraTecLine

    init(line: consuming MetraTecLine, information: ReaderInformation) {
        self.line = line
        self.information = information
    }

    /// What a reader refuses as too long is read in smaller pieces above.
    package var mostBlocksPerAnswer: Int { 32 }
    package var slots: ISO15693.Slots { .sixteen }

    package mutating func ping() async throws(ReaderError) {
        _ = try await line.revision()
    }

    package mutating func resetField() async throws(ReaderError) {
        for command in [MetraTecCommand.fieldOff, .fieldOn] { _ = try await line.ask(command) { Self.done($0) } }
    }

    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        do throws(ReaderError) {
            return try await look(afi)
        } catch {
            // An answer whose count is wrong is none; the question changes nothing and is asked again.
            guard case .noReply = error else { throw error }
            return try await look(afi)
        }
    }

    private mutating func look(_ afi: UInt8?) async throws(ReaderError) -> Inventory {
        let found = try await line.ask(.inventory(afi: afi)) { $0.inventory }
        var known: Set<TagUID> = []
        let uids = found.uids.filter { known.insert($0).inserted }
        return Inventory(tags: uids.map { DetectedTag(uid: $0, antenna: found.antenna) })
    }

    /// The reader walks the tree by itself: only who answered alone is of use here.
    package mutating func ask(
        _ question: ISO15693.InventoryRequest
    ) async throws(ReaderError) -> [ISO15693.SlotTree.Heard] {
        let found = try await line.ask(.inventory(afi: question.afi)) { $0.inventory }
        return found.uids.map { .frame(ISO15693.InventoryAnswer(dsfid: 0, uid: $0).onAir) }
    }

    package mutating func carry(_ frame: ISO15693.RequestFrame) async throws(ReaderError) -> [UInt8]? {
        switch try await line.ask(.request(frame, writes: frame.request.isWrite), accept: { $0.request }) {
        case .answer(let content): return content
        case .nothing: return nil
        case .tooLong: throw .refused(code: 0x81, meaning: "answer of the tag too long for the reader (RDL)")
        }
    }

    /// Outputs 1 and up are the pins 0 and up; how long they stay is ours to time.
    package mutating func switchOutput(
        _ output: ReaderOutput,
        _ signal: ReaderSignal,
        for time: Duration
    ) async throws(ReaderError) {
        guard case .output(let number) = output, 1...4 ~= number, signal != .flash, time == .zero else {
            throw .unsupported("output \(output), \(signal) on \(information.model)")
        }
        _ = try await line.ask(.output(pin: number - 1, high: signal == .on)) { Self.done($0) }
    }

    package mutating func readInputs() async throws(ReaderError) -> ReaderInputs {
        var active: Set<Int> = []
        for pin in 0..<2 {
            let isHigh = try await line.ask(.input(pin: pin)) { said -> Bool? in
                guard let word = said.lines.first else { return nil }
                return word.contains("HI") ? true : word.contains("LOW") ? false : nil
            }
            if isHigh { active.insert(pin + 1) }
        }
        return ReaderInputs(active: active, changed: [])
    }

    private static func done(_ said: MetraTecAnswer) -> Bool? {
        said.lines.first?.hasPrefix("OK") == true ? true : nil
    }
}
