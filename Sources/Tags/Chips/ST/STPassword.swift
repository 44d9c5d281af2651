import Wire

/// Passwords of ST's chips (iso15693 §9): 32 bits on LRIS64K, M24LR and ST25TV, 64 bits on ST25DV. Only ST25TV has them
/// covered with a random number on their way.
extension ST {
    /// Four or eight bytes in air order. Never written to a log.
    package struct Password: Hashable, Sendable {
        /// Four, or eight for ST25DV.
        package let bytes: [UInt8]

        /// `nil` unless there are four or eight bytes.
        package init?(_ bytes: [UInt8]) {
            guard [4, 8].contains(bytes.count) else { return nil }
            self.bytes = bytes
        }

        private init(unchecked bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// The password covered with the two bytes of ``GetRandomNumber``, laid over it again and again.
        package func covered(with random: [UInt8]) -> Password {
            guard !random.isEmpty else { return self }
            return Password(unchecked: bytes.enumerated().map { $1 ^ random[$0 % random.count] })
        }
    }

    /// B3: gives a password, once for each time the tag is in the field.
    package struct PresentPassword: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xB3

        package let parameters: [UInt8]

        /// The password's number, then its bytes as they are: for ST25TV they have to be covered before.
        package init(_ number: UInt8, _ password: Password) {
            parameters = [number] + password.bytes
        }
    }

    /// B1: sets a new password after the old one was given. Who forgets it has lost what it protects for ever.
    package struct WritePassword: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.st
        package static let code: UInt8 = 0xB1

        package let parameters: [UInt8]

        /// The password's number, then the new bytes as they are.
        package init(_ number: UInt8, _ password: Password) {
            parameters = [number] + password.bytes
        }
    }
}
