extension ISO15693 {
    /// The first byte of a request (ISO 15693-3 request flags). Bits 5 to 7 change their meaning with the inventory
    /// flag.
    package struct RequestFlags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The tag answers on two sub-carriers instead of one.
        package static let twoSubcarriers = RequestFlags(rawValue: 0x01)
        /// The tag answers at 26.48 kbit/s instead of 6.62.
        package static let highDataRate = RequestFlags(rawValue: 0x02)
        package static let inventory = RequestFlags(rawValue: 0x04)
        /// Old ST tags of high density take 16-bit block numbers under this flag.
        package static let protocolExtension = RequestFlags(rawValue: 0x08)
        /// Without the inventory flag: only the selected tag shall act.
        package static let select = RequestFlags(rawValue: 0x10)
        /// Without the inventory flag: a UID follows and only that tag shall act.
        package static let address = RequestFlags(rawValue: 0x20)
        /// With the inventory flag: an AFI follows.
        package static let afi = RequestFlags(rawValue: 0x10)
        /// With the inventory flag: one slot instead of sixteen.
        package static let oneSlot = RequestFlags(rawValue: 0x20)
        /// Reads: security status in front of each block. Writes: answer only after a lone end of frame. Else the
        /// maker's.
        package static let option = RequestFlags(rawValue: 0x40)
    }
}
