package import Tags

/// Where everything is at one moment.
package struct BranchSnapshot: Hashable, Sendable {
    /// In the order of the shelf, with the place of each tag in millimetres from the left end; taken books are missing.
    package var shelf: [ShelfPosition]
    /// All books together, in millimetres; a book that was taken out leaves its gap.
    package var shelfLength: Double
    /// By reader, bottom first.
    package var pads: [String: [TagUID]]
    /// By reader; who came in last, or came nearer or went farther last, stands last.
    package var gates: [String: [TagUID]]
    /// By reader; a wand in its holder is missing.
    package var wands: [String: Double]
    /// Tags near no antenna, in the order of their numbers.
    package var away: [TagUID]

    /// A tag and where it stands on the shelf.
    package struct ShelfPosition: Hashable, Sendable {
        /// The tag of a book that stands there now.
        package var uid: TagUID
        /// From the shelf's left end to the middle of the book, in millimetres.
        package var position: Double
    }
}
