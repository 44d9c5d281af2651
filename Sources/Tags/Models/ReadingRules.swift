/// What a library has decided about reading tags where sources disagree (datamodels §10); the default reads all
/// there is.
package struct ReadingRules: Hashable, Sendable {
    /// What is made of a tag whose DSFID announces a directory (46), of which no tag and no program is known.
    package enum Directory: String, Hashable, Sendable, CaseIterable {
        /// The chain of elements from byte 0 on, which is expected there all the same.
        case elements
        /// Nothing: the bytes are shown as they are.
        case raw
    }

    /// For DSFID 46 alone; either way such a tag is not converted.
    package var directory = Directory.elements
    /// Whether tags of ISO 28560-3 are known when the bytes of each block are reversed, as one maker's old system left
    /// them.
    package var turnsBlocks = true

    package init() {}

    /// A directory's elements are read and reversed blocks are turned.
    package static let standard = ReadingRules()
}
