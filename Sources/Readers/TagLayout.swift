import Tags

/// What is known of a tag's memory before it is read: from its own word, and from the table of chips where that is
/// missing or known to be wrong.
struct TagLayout {
    /// User memory; `nil` when nobody knows where it ends.
    var geometry: MemoryGeometry?
    var mostBlocksPerRead: Int?

    /// Nothing is known.
    init() {}

    init(of uid: TagUID, _ information: ISO15693.SystemInformation?) {
        geometry = information?.geometry
        guard let chip = Chip(recognising: uid, systemInformation: information) else { return }
        geometry = chip.geometry(reported: information?.geometry)
        mostBlocksPerRead = chip.mostBlocksPerRead
        if let known = geometry, let user = chip.userBlocks {
            geometry?.blockCount = min(known.blockCount, user.upperBound)
        }
    }
}
