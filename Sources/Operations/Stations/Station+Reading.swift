import Library
import Readers
import Tags

extension Station {
    /// Blocks read of a tag at first: a basic block of ISO 28560-3 takes nine, and the item identifier of
    /// ISO 28560-2 stands in the first ones.
    private static let firstBlocks = 9

    /// Reads what is needed of a tag: the first blocks, and the rest only where they are not enough; on the way through
    /// a gate or past a wand nothing that is known already.
    func read(
        _ heard: inout HeardTag,
        with reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) {
        if setup.role != .pad, await knows(heard.uid) {
            heard.afi = try await reader.readAFI(of: heard.uid)
        } else {
            var memory = try await reader.readMemory(of: heard.uid, blocks: Self.firstBlocks)
            var content = LibraryTag(reading: memory, by: setup.reading)
            if memory.isPartial, !content.isReliable {
                // A long chain of elements is sure only when its end was seen.
                memory = try await reader.readMemory(of: heard.uid)
                content = LibraryTag(reading: memory, by: setup.reading)
            }
            heard.afi = memory.afi
            heard.content = .read(memory, content)
        }
        // Chips of other makers have no bit that we could ask for: what was not read counts as armed.
        if setup.role == .gate, let means = security?.mechanism(on: heard.uid), means != .afi {
            heard.eas = try await reader.toldEAS(of: heard.uid)
        }
    }
}

extension Reader where Self: ~Copyable {
    /// The EAS bit of a tag; `nil` where the reader cannot ask for it, as JMY's and a gate that calls us or scans by
    /// itself: such a tag counts as armed, and what else was read of it counts all the same.
    mutating func toldEAS(of uid: TagUID) async throws(ReaderError) -> Bool? {
        do throws(ReaderError) {
            return try await readEAS(of: uid)
        } catch {
            guard case .unsupported = error else { throw error }
            return nil
        }
    }
}
