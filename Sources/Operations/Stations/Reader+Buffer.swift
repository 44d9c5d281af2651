import Library
import Readers
import Tags

extension Reader where Self: ~Copyable {
    /// What a reader that scans by itself has noted since its buffer was emptied, each tag once.
    ///
    /// Records without a number are left out: two copies of one item could not be told from one. They count among the
    /// records all the same, which have to be cleared.
    mutating func noted(
        _ memories: inout [TagUID: TagMemory]
    ) async throws(ReaderError) -> (inventory: Inventory, records: Int) {
        let buffered = try await readBuffer()
        var inventory = Inventory(tags: [], incomplete: buffered.incomplete, warnings: buffered.warnings)
        var known: Set<TagUID> = []
        for tag in buffered.tags {
            guard let uid = tag.uid else { continue }
            if !tag.memory.isEmpty { memories[uid] = TagMemory(bytes: tag.memory, blockSize: tag.blockSize) }
            if known.insert(uid).inserted { inventory.tags.append(DetectedTag(uid: uid, antenna: tag.antenna)) }
        }
        return (inventory, buffered.records)
    }
}

extension HeardTag {
    /// A tag out of a buffer: its memory, where the reader noted any, must name an item surely to count as read.
    init(_ tag: DetectedTag, afi: UInt8?, memory: TagMemory?, by rules: ReadingRules, at moment: Moment) {
        self.init(uid: tag.uid, at: moment, antenna: tag.antenna, signal: tag.signal, afi: afi)
        guard let memory else { return }
        let reading = LibraryTag(reading: memory, by: rules)
        if reading.isReliable { content = .read(memory, reading) }
    }
}
