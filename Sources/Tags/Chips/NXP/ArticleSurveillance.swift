package import Wire

/// The theft bit of ICODE chips, EAS: independent of the AFI, and heard from many tags at once (iso15693 §7.3, §7.4).
extension NXP {
    /// A2: arms the theft bit. Asks for the EAS/AFI password when that protects it.
    package struct SetEAS: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xA2

        package init() {}
    }

    /// A3: disarms the theft bit.
    package struct ResetEAS: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xA3

        package init() {}
    }

    /// A4: fixes theft bit and EAS identifier for ever.
    package struct LockEAS: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xA4

        package init(_ consent: Consent) {}
    }

    /// A5: an armed tag answers with ``NXP/easSequence``, any other is silent; nobody answers with an error.
    package struct EASAlarm: CustomCommand {
        package typealias Answer = EASAnswer
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xA5

        /// The first bytes of the EAS identifier that shall answer, 0 to 2 in air order; `nil` for all, on every chip.
        package let identifier: [UInt8]?

        /// `nil` when the identifier is longer than two bytes.
        package init?(identifier: [UInt8]? = nil) {
            guard (identifier?.count ?? 0) <= 2 else { return nil }
            self.identifier = identifier
        }

        package var option: Bool { identifier != nil }
        package var parameters: [UInt8] {
            guard let identifier else { return [] }
            return [UInt8(truncatingIfNeeded: identifier.count * 8)] + identifier
        }

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> EASAnswer {
            let bytes = Array(reader.rest())
            if bytes == NXP.easSequence { return .armed }
            guard bytes.count == 2 else {
                throw .invalid(
                    field: "EAS answer",
                    offset: 0,
                    found: Hex.string(bytes),
                    wanted: "the EAS sequence or an identifier"
                )
            }
            return .identifier(bytes)
        }
    }

    /// What an armed tag says.
    package enum EASAnswer: Hashable, Sendable {
        case armed
        /// Two bytes in air order; the answer to an empty identifier.
        case identifier([UInt8])
    }

    /// A6: from now on for ever, theft bit or AFI change only after the EAS/AFI password. Give it first, with
    /// ``SetPassword``. The option flag chooses between the two and has nothing to do with timing.
    package struct ProtectByPassword: CustomCommand {
        /// What the password guards from now on; the option flag says which.
        package enum Target: Hashable, Sendable {
            case eas, afi
        }

        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xA6

        /// Option flag 0 for the theft bit, 1 for the AFI.
        package let target: Target

        package init(_ target: Target, _ consent: Consent) {
            self.target = target
        }

        package var option: Bool { target == .afi }
    }

    /// A7: two bytes in air order that single out this library's tags in an alarm.
    package struct WriteEASIdentifier: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xA7

        package let parameters: [UInt8]

        /// `nil` unless there are two bytes.
        package init?(_ identifier: [UInt8]) {
            guard identifier.count == 2 else { return nil }
            parameters = identifier
        }
    }
}
