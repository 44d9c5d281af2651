/// One field of a tag, where it stands and what it says.
package struct TagElement: Hashable, Sendable {
    /// Relative object identifier in ISO 28560-2 (1 to 26), element number of ISO 28560-1 elsewhere; `nil` for fields
    /// that are no element, such as a checksum.
    package var oid: Int?
    /// `primaryItemIdentifier`, `ownerInstitution`, `shelfLocation`, …
    package var name: String
    /// The value as text; bytes that are no text are shown in hexadecimal.
    package var value: String
    /// The bytes of the value as stored, without precursor and padding.
    package var raw: ArraySlice<UInt8>
    /// Where the element starts in memory, its precursor included.
    package var offset: Int
    /// Bytes the element takes in memory, padding included.
    package var length: Int
    /// Whether its blocks are locked; `nil` when the lock state was not read.
    package var locked: Bool?
    /// How the value is packed (`integer`, `6-bit`, …); `nil` where the model has only one way.
    package var compaction: String?

    package init(
        oid: Int?,
        name: String,
        value: String,
        raw: ArraySlice<UInt8>,
        offset: Int,
        length: Int,
        locked: Bool? = nil,
        compaction: String? = nil
    ) {
        self.oid = oid
        self.name = name
        self.value = value
        self.raw = raw
        self.offset = offset
        self.length = length
        self.locked = locked
        self.compaction = compaction
    }
}

extension TagElement {
    /// Whether the element only keeps a place: no bytes at all, or one that is zero (seen on Chinese tags).
    package var isPlaceholder: Bool { raw.isEmpty || value == "\u{0}" }
}
