/// A checksum found on a tag and whether it is right.
package struct TagChecksum: Hashable, Sendable {
    /// `crc16`: no model here has another.
    package var kind: String
    /// As it stands on the tag.
    package var stored: UInt16
    /// As it should be by the bytes on the tag.
    package var computed: UInt16
    /// Whether its low byte stands first in memory, as in ISO 28560-3; on UHF tags the high byte does (ISO/TS 28560-4).
    package var isLowByteFirst: Bool

    package init(kind: String, stored: UInt16, computed: UInt16, isLowByteFirst: Bool) {
        self.kind = kind
        self.stored = stored
        self.computed = computed
        self.isLowByteFirst = isLowByteFirst
    }

    /// Whether the two agree; a tag where they do not is badly read or badly written.
    package var isRight: Bool { stored == computed }
}
