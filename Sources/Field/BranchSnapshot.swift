package import Tags

/// Where everything is at one moment.
package struct BranchSnapshot: Hashable, Sendable {
    /// In the order of the shelf, with the place of each tag in millimetres from the left end; taken books are missing.
    package var shelf: [ShelfPosition]
    package var shelfLength: Double
    /// By reader, bottom first.
    package var pads: [String: [TagUID]]
    package var gates: [String: [TagUID]]
    /// By reader; a wand in its holder is missing.
    package var wands: [String: Double]
    package var away: [TagUID]

    package struct ShelfPosition: Hashable, Sendable {
        package var uid: TagUID
        package var position: Double
    }
}
