package import Wire

extension ISO15693 {
    /// The two check bytes that end every frame on air: CRC-16 of all bytes before them, low byte first
    /// (ISO/IEC 13239, iso15693 §2).
    package enum FrameCheck {
        /// `content` followed by its check bytes.
        package static func sealing(_ content: [UInt8]) -> [UInt8] {
            let crc = CRC16.air.value(content)
            return content + [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
        }

        /// The bytes in front of the check bytes; throws ``ParseError/checksum(field:stored:computed:)`` when they do
        /// not belong together and refuses a frame without content.
        package static func opening(_ frame: [UInt8]) throws(ParseError) -> [UInt8] {
            guard frame.count >= 3 else {
                throw .truncated(field: "frame", offset: 0, wanted: 3, found: frame.count)
            }
            let content = Array(frame.dropLast(2))
            let stored = UInt16(frame[frame.count - 2]) | UInt16(frame[frame.count - 1]) << 8
            let computed = CRC16.air.value(content)
            guard stored == computed else { throw .checksum(field: "CRC", stored: stored, computed: computed) }
            return content
        }
    }
}
