package import Readers
package import Tags

/// A tag as it lies in a reader's field at this moment, read whole.
package struct TagOnReader: Hashable, Sendable {
    /// As told by the inventory.
    package var uid: TagUID
    /// `nil` when the chip is not known, or reading failed before it was asked.
    package var chip: Chip?
    /// `nil` when reading failed; `problem` says why.
    package var memory: TagMemory?
    /// What the memory says, read by the site's rules; `nil` when reading failed.
    package var content: LibraryTag?
    /// Why it could not be read, for a person; `nil` when it was.
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

    /// One tag, read whole with its lock state, and its EAS bit where its chip has the command to ask for it (NXP's
    /// A5).
    package mutating func readTag(
        _ uid: TagUID,
        by rules: ReadingRules = .standard
    ) async throws(ReaderError) -> (tag: TagOnReader, eas: Bool?) {
        let chip = try await recogniseChip(of: uid)
        let memory = try await readMemory(of: uid, withLocks: true)
        let alarm = ISO15693.CustomRequest(manufacturer: uid.manufacturer, code: 0xA5)
        var eas: Bool?
        if chip?.knows(.custom(alarm)) == true {
            do throws(ReaderError) {
                eas = try await readEAS(of: uid)
            } catch {
                // A reader that cannot pass a maker's commands on can say nothing of it.
                if error.meansGone { throw error }
            }
        }
        let content = LibraryTag(reading: memory, by: rules)
        return (TagOnReader(uid: uid, chip: chip, memory: memory, content: content), eas)
    }
}
