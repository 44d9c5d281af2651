/// The theft bit of ST25TV chips, EAS (iso15693 §9). The codes up to A4 are NXP's too; from A5 on they are not.
extension ST {
    /// A2: arms the theft bit of chips that have one.
    package struct SetEAS: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA2

        package init() {}
    }

    /// A3: disarms the theft bit.
    package struct ResetEAS: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA3

        package init() {}
    }

    /// A4: fixes the theft bit for ever.
    package struct LockEAS: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA4

        package init(_ consent: Consent) {}
    }

    /// A5: asks armed tags to say so; all others are silent. What they say is theirs to choose (configuration), so it
    /// is given as it came.
    package struct EnableEAS: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA5

        package init() {}
    }

    /// A7: two bytes in air order that single out this library's tags in an alarm.
    package struct WriteEASIdentifier: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA7

        package let parameters: [UInt8]

        /// `nil` unless there are two bytes.
        package init?(_ identifier: [UInt8]) {
            guard identifier.count == 2 else { return nil }
            parameters = identifier
        }
    }

    /// A8: what an armed tag answers to ``EnableEAS``, one byte.
    package struct WriteEASConfiguration: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xA8

        package let parameters: [UInt8]

        /// One byte on air, sent as given.
        package init(_ value: UInt8) {
            parameters = [value]
        }
    }
}
