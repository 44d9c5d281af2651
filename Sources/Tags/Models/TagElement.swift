/// One field of a tag, where it stands and what it says.
package struct TagElement: Hashable, Sendable {
    /// Relative object identifier in ISO 28560-2 (1 to 26), element number of ISO 28560-1 elsewhere; `nil` for fields
    /// that are no element, such as a checksum.
    package var oid: Int?
    /// `primaryItemIdentifier`, `ownerInstitution`, `shelfLocation`, …
    package var name: String
    /// The value as text; bytes that are no text are shown in hexadecimal.
    package var value: String
    /// Where the bytes of the value stand in ``LibraryTag/memory``, without precursor, fill and padding. Bytes of its
    /// own would cost an element more than all the rest of its decoding.
    package var valueRange: Range<Int>
    /// Where the element starts in memory, its precursor included.
    package var offset: Int
    /// Bytes the element takes in memory, padding included.
    package var length: Int
    /// Whether its blocks are locked; `nil` when the lock state was not read.
    package var locked: Bool?
    /// How the value is packed; `nil` where the model has only one way.
    package var compaction: Compaction?

    /// Put in place by the caller, since a call would copy the value twice: a tenth of decoding.
    @inline(__always)
    package init(
        oid: Int?,
        name: String,
        value: String,
        valueRange: Range<Int>,
        offset: Int,
        length: Int,
        locked: Bool? = nil,
        compaction: Compaction? = nil
    ) {
        self.oid = oid
        self.name = name
        self.value = value
        self.valueRange = valueRange
        self.offset = offset
        self.length = length
        self.locked = locked
        self.compaction = compaction
    }
}

extension TagElement {
    /// Whether the element only keeps a place: no bytes at all, or one that is zero (seen on Chinese tags).
    package var isPlaceholder: Bool { valueRange.isEmpty || value == "\u{0}" }
}
