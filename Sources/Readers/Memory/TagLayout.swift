import Tags

/// What is known of a tag's memory before it is read: from its own word, and from the table of chips where that is
/// missing or known to be wrong.
struct TagLayout {
    /// All blocks up to the end of user memory; `nil` when nobody knows where it ends.
    var geometry: MemoryGeometry?
    /// Where user memory begins: behind the chip's own blocks on LRI64, EM4034 and EM4135 (iso15693 §9, §10).
    var firstBlock = 0
    /// Whether the tag's number alone says so, although a chip that answers with its memory when asked would have: the
    /// answer was lost, or the number is another chip's, as LRI512 has any (iso15693 §9). Nothing is written then.
    var isFirstBlockGuessed = false
    var mostBlocksPerRead: Int?
    var mostBlocksPerWrite: Int?
    /// Bits of a block's security status that each say it is locked. Bit 0 is the user's lock; TI's chips tell their
    /// maker's in bit 1 (iso15693 §3.1), which on others means something else or nothing.
    var lockBits: UInt8 = 0x01

    /// Nothing is known.
    init() {}

    init(of uid: TagUID, _ information: ISO15693.SystemInformation?) {
        geometry = information?.geometry
        if uid.manufacturer == Manufacturer.texasInstruments.rawValue { lockBits = 0x03 }
        guard let chip = Chip(recognising: uid, systemInformation: information) else { return }
        geometry = chip.geometry(reported: information?.geometry)
        // A chip without the command (23) refuses the first attempts, and a silent one costs the reader's patience.
        mostBlocksPerRead = chip.commands.contains(0x23) ? chip.mostBlocksPerRead : 1
        mostBlocksPerWrite = chip.mostBlocksPerWrite
        if let known = geometry, let user = chip.userBlocks {
            geometry?.blockCount = min(known.blockCount, user.upperBound)
            firstBlock = user.lowerBound
            isFirstBlockGuessed = firstBlock > 0 && information == nil && chip.commands.contains(0x2B)
        }
    }
}
