/// A checksum found on a tag and whether it is right.
package struct TagChecksum: Hashable, Sendable {
    /// `crc16` or `xor`.
    package var kind: String
    package var stored: UInt16
    package var computed: UInt16

    package init(kind: String, stored: UInt16, computed: UInt16) {
        self.kind = kind
        self.stored = stored
        self.computed = computed
    }

    package var isRight: Bool { stored == computed }
}
