package import Tags
import Wire

/// A TRF79xx board: it says on air what it is told, and walks through the slots of one inventory by itself.
package struct TRFReader: ~Copyable, TransparentReader {
    package let information: ReaderInformation
    private var line: TRFLine

    init(line: consuming TRFLine, information: ReaderInformation) {
        self.line = line
        self.information = information
    }

    /// Programs for these boards read eight blocks at once; more was never tried.
    package var mostBlocksPerAnswer: Int { 8 }
    package var slots: ISO15693.Slots { .sixteen }

    package mutating func ping() async throws(ReaderError) {
        _ = try await line.name()
    }

    package mutating func resetField() async throws(ReaderError) {
        try await line.set(TRFDriver.fieldOff)
        try await line.set(TRFDriver.fieldOn)
    }

    package mutating func ask(
        _ question: ISO15693.InventoryRequest
    ) async throws(ReaderError) -> [ISO15693.SlotTree.Heard] {
        do throws(ReaderError) {
            return try await line.inventory(question)
        } catch {
            // Text that came in pieces: the question changes nothing and is asked again.
            guard case .noReply = error else { throw error }
            return try await line.inventory(question)
        }
    }

    package mutating func carry(_ frame: ISO15693.RequestFrame) async throws(ReaderError) -> [UInt8]? {
        let answer = try await line.pass(frame.bytes)
        return answer.isEmpty ? nil : answer
    }
}
