package import Readers
package import Tags

/// A tag as it lies in a reader's field at this moment, read whole.
package struct TagOnReader: Hashable, Sendable {
    package var uid: TagUID
    package var chip: Chip?
    /// `nil` when reading failed; `problem` says why.
    package var memory: TagMemory?
    package var content: LibraryTag?
    package var problem: String?

    package init(uid: TagUID, chip: Chip?, memory: TagMemory?, content: LibraryTag?, problem: String? = nil) {
        self.uid = uid
        self.chip = chip
        self.memory = memory
        self.content = content
        self.problem = problem
    }
}

extension Reader where Self: ~Copyable {
    /// Every tag in the field, read whole with its lock state; a tag that cannot be read is named with the reason.
    package mutating func readAllTags(by rules: ReadingRules = .standard) async throws(ReaderError) -> [TagOnReader] {
        var tags: [TagOnReader] = []
        for found in try await inventory(afi: nil).tags {
            var tag = TagOnReader(uid: found.uid, chip: nil, memory: nil, content: nil)
            do throws(ReaderError) {
                tag.chip = try await recogniseChip(of: found.uid)
                let memory = try await readMemory(of: found.uid, withLocks: true)
                tag.memory = memory
                tag.content = LibraryTag(reading: memory, by: rules)
            } catch {
                if error.meansGone { throw error }
                tag.problem = "\(error)"
            }
            tags.append(tag)
        }
        return tags.sorted { $0.uid < $1.uid }
    }
}
