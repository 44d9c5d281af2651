/// A checksum found on a tag and whether it is right.
package struct TagChecksum: Hashable, Sendable {
    /// `crc16` or `xor`.
    package var kind: String
    /// As it stands on the tag.
    package var stored: UInt16
    /// As it should be by the bytes on the tag.
    package var computed: UInt16

    package init(kind: String, stored: UInt16, computed: UInt16) {
        self.kind = kind
        self.stored = stored
        self.computed = computed
    }

    /// Whether the two agree; a tag where they do not is badly read or badly written.
    package var isRight: Bool { stored == computed }
}
