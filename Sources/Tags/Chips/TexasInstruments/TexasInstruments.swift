/// Texas Instruments' own commands on Tag-it HF-I chips (iso15693 §8). All of them are writes and are answered only
/// after a lone end of frame.
package enum TexasInstruments {
    /// A2 on Tag-it HF-I Plus: two blocks at once, the first of them even.
    package struct WriteTwoBlocks: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.texasInstruments
        package static let code: UInt8 = 0xA2

        package let parameters: [UInt8]

        /// `nil` for an odd block or anything but eight bytes.
        package init?(first: UInt8, data: [UInt8]) {
            guard first.isMultiple(of: 2), data.count == 8 else { return nil }
            parameters = [first] + data
        }
    }

    /// A3 on Tag-it HF-I Plus: locks two blocks for ever.
    package struct LockTwoBlocks: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.texasInstruments
        package static let code: UInt8 = 0xA3

        package let parameters: [UInt8]

        /// `nil` for an odd block.
        package init?(first: UInt8, _ consent: Consent) {
            guard first.isMultiple(of: 2) else { return nil }
            parameters = [first]
        }
    }

    /// A4 on Tag-it HF-I Pro: the tag is silent for ever.
    package struct Kill: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.texasInstruments
        package static let code: UInt8 = 0xA4

        package let parameters: [UInt8]

        /// `nil` unless the password has four bytes. It counts only once it stands in block 11 and that block is
        /// locked.
        package init?(password: [UInt8], _ consent: Consent) {
            guard password.count == 4 else { return nil }
            parameters = password
        }
    }

    /// A5 on Tag-it HF-I Pro: one block, by password, even when it is locked.
    package struct WriteWithPassword: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.texasInstruments
        package static let code: UInt8 = 0xA5

        package let parameters: [UInt8]

        /// `nil` unless password and data have four bytes each.
        package init?(password: [UInt8], block: UInt8, data: [UInt8]) {
            guard password.count == 4, data.count == 4 else { return nil }
            parameters = password + [block] + data
        }
    }
}
