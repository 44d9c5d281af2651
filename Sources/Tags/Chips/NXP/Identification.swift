package import Wire

/// What ICODE chips tell of themselves beyond the standard (iso15693 §7.3, §7.6).
extension NXP {
    /// AB: tells SLIX2, DNA and NTAG 5 from their older relatives, which refuse it.
    package struct GetSystemInformation: CustomCommand {
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xAB

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> SystemInformation {
            try SystemInformation(parsing: &reader)
        }
    }

    /// The answer to AB.
    package struct SystemInformation: Hashable, Sendable {
        /// First block of the high page.
        package var pagePointer: UInt8
        /// What is closed below and from ``pagePointer`` on, in the bits of B6.
        package var pageConditions: ProtectPage.Conditions
        /// One byte; nothing in it can be undone.
        package var locks: Locks
        /// Four bytes, least significant first: `7F 35 00 00` from an ICODE SLIX2.
        package var features: Features

        package init(pagePointer: UInt8, pageConditions: ProtectPage.Conditions, locks: Locks, features: Features) {
            self.pagePointer = pagePointer
            self.pageConditions = pageConditions
            self.locks = locks
            self.features = features
        }
    }

    /// What is fixed for ever.
    package struct Locks: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Bit 0: the AFI, by the standard's 28.
        package static let afi = Locks(rawValue: 0x01)
        /// Bit 1: the theft bit, by A4.
        package static let eas = Locks(rawValue: 0x02)
        /// Bit 2: the DSFID, by the standard's 2A.
        package static let dsfid = Locks(rawValue: 0x04)
        /// Bit 3: the conditions of page protection.
        package static let pageProtection = Locks(rawValue: 0x08)
    }

    /// What the chip can do.
    package struct Features: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Bit 0: parts of the memory can be closed by password.
        package static let memoryPassword = Features(rawValue: 1 << 0)
        /// Bit 1: there is a counter; on ICODE SLIX2 block 79.
        package static let counter = Features(rawValue: 1 << 1)
        /// Bit 2: an EAS identifier can be written, A7.
        package static let easIdentifier = Features(rawValue: 1 << 2)
        /// Bit 3: the theft bit can be guarded by password, A6.
        package static let easPassword = Features(rawValue: 1 << 3)
        /// Bit 4: the AFI can be guarded by password, A6 with option flag.
        package static let afiPassword = Features(rawValue: 1 << 4)
        /// Bit 5: the inventory read has an extended form with an option byte.
        package static let extendedInventoryRead = Features(rawValue: 1 << 5)
        /// Bit 6: that form can be limited to armed tags.
        package static let easSelection = Features(rawValue: 1 << 6)
        /// Bit 8: there is a maker's signature, BD.
        package static let signature = Features(rawValue: 1 << 8)
        /// Bit 9: the signature can be guarded by password.
        package static let signaturePassword = Features(rawValue: 1 << 9)
        /// Bit 10: the tag can stay quiet over a short loss of the field, BC.
        package static let persistentQuiet = Features(rawValue: 1 << 10)
        /// Bit 12: the tag can hide until it is given the privacy password, BA.
        package static let privacy = Features(rawValue: 1 << 12)
        /// Bit 13: the tag can be silenced for ever, B9.
        package static let destroy = Features(rawValue: 1 << 13)

        /// What every ICODE SLIX2 answers.
        package static let slix2 = Features(rawValue: 0x0000_357F)
    }

    /// BD: the maker's signature over the UID, 32 bytes; proves that a tag is no clone.
    package struct ReadSignature: CustomCommand {
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xBD

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> [UInt8] {
            Array(try reader.bytes(32, "signature"))
        }
    }

    /// A8: the 12-byte EPC of ICODE SLI-S.
    package struct ReadEPC: CustomCommand {
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xA8

        package init() {}

        package static func answer(parsing reader: inout ByteReader) throws(ParseError) -> [UInt8] {
            Array(try reader.bytes(12, "EPC"))
        }
    }

    /// C0: configuration blocks of NTAG 5, ICODE DNA and ICODE 3.
    package struct ReadConfiguration: CustomCommand {
        package typealias Answer = [UInt8]
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xC0

        package let parameters: [UInt8]

        /// `nil` when the range does not lie in 0 to 255.
        package init?(first: Int, count: Int) {
            guard let first = UInt8(exactly: first), 1...256 ~= count else { return nil }
            parameters = [first, UInt8(truncatingIfNeeded: count - 1)]
        }
    }

    /// C1: one configuration block; some of its bits can never be cleared again.
    package struct WriteConfiguration: CustomCommand {
        package typealias Answer = Acknowledgement
        package static let manufacturer = Manufacturer.nxp
        package static let code: UInt8 = 0xC1

        package let parameters: [UInt8]

        /// `nil` unless there are four bytes.
        package init?(block: UInt8, data: [UInt8], _ consent: Consent) {
            guard data.count == 4 else { return nil }
            parameters = [block] + data
        }
    }
}

extension NXP.SystemInformation: ByteParsable, ByteWritable {
    /// Seven bytes: page pointer, conditions, locks, features; throws when there are fewer.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        pagePointer = try reader.byte("page pointer")
        pageConditions = NXP.ProtectPage.Conditions(rawValue: try reader.byte("page conditions"))
        locks = NXP.Locks(rawValue: try reader.byte("locks"))
        let bytes = try reader.bytes(4, "features")
        features = NXP.Features(rawValue: bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) })
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(pagePointer)
        writer.byte(pageConditions.rawValue)
        writer.byte(locks.rawValue)
        for shift: UInt32 in [0, 8, 16, 24] {
            writer.byte(UInt8(truncatingIfNeeded: features.rawValue >> shift))
        }
    }
}
