package import FoundationEssentials

/// What readers heard that speaks for a finding of a sweep.
package struct FindingEvidence: Codable, Hashable, Sendable {
    /// Tags by their UID, in 16 hexadecimal digits; none for what was seen by its barcode alone, as on a wand's list.
    package var tags: [String]
    /// Names of the readers that heard it.
    package var readers: [String]
    /// The walks along the shelf on which it was heard, counted from 1.
    package var passes: [Int]
    /// When the first of the tags was heard first in this sweep.
    package var firstSeen: Date?
    /// When one of the tags was heard last in this sweep.
    package var lastSeen: Date?
    /// Application family identifiers as last read, 0 to 255, one for each tag that told it.
    package var afis: [Int]

    package init(
        tags: [String],
        readers: [String],
        passes: [Int],
        firstSeen: Date?,
        lastSeen: Date?,
        afis: [Int]
    ) {
        self.tags = tags
        self.readers = readers
        self.passes = passes
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.afis = afis
    }
}
