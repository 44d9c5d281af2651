package import Tags
package import Wire

/// A command to a 3M pad and the type of its answer: the bytes behind CMD, and those behind the error byte.
package protocol ThreeMCommand: ByteParsable, ByteWritable, Hashable, Sendable {
    /// What stands behind the error byte of an answer that went well.
    associatedtype Reply: ByteParsable & ByteWritable & Hashable & Sendable

    /// The CMD byte of request and reply.
    static var code: ThreeMCode { get }
}

/// The commands (SPEC; 13 from captures alone).
package enum ThreeMCode: UInt8, Hashable, Sendable, CaseIterable {
    case stayQuiet = 0x01
    case readBlocks = 0x02
    case checkEAS = 0x03
    case writeBlocks = 0x04
    case writeBlock = 0x05
    case lockAFI = 0x06
    case writeAndLockBlock = 0x07
    case lockBlock = 0x08
    case writeAFI = 0x09
    case readAFI = 0x0A
    case writeDSFID = 0x0B
    case writeEAS = 0x0C
    case tagInformation = 0x0D
    case lockDSFID = 0x0E
    case readDSFID = 0x0F
    case version = 0x11
    case startUp = 0x13
    case passThrough = 0x14
    case inventory = 0xFE
}

/// FE: the tags in the field.
package struct ThreeMInventory: ThreeMCommand {
    package static let code = ThreeMCode.inventory

    /// Only tags with this AFI; 00 means all.
    package var afi: UInt8
    /// 05 tells UIDs, 07 DSFIDs before them.
    package var options: UInt8

    /// `withDSFID` makes the options 07, otherwise they are 05.
    package init(afi: UInt8 = 0, withDSFID: Bool) {
        self.afi = afi
        options = withDSFID ? 0x07 : 0x05
    }

    /// AFI and OPT, one byte each.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        afi = try reader.byte("AFI")
        options = try reader.byte("inventory options")
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(afi)
        writer.byte(options)
    }

    /// One tag as the pad tells it.
    package struct Tag: Hashable, Sendable {
        /// `nil` when the inventory did not ask for it.
        package var dsfid: UInt8?
        /// On the line most significant byte first, `E0` in front.
        package var uid: TagUID

        package init(dsfid: UInt8? = nil, uid: TagUID) {
            self.dsfid = dsfid
            self.uid = uid
        }
    }

    /// The tags, with the request's own AFI and options before them.
    package struct Reply: Hashable, Sendable {
        /// AFI of the request, repeated.
        package var afi: UInt8
        /// OPT of the request, repeated; bit 1 says whether a DSFID stands in front of each UID.
        package var options: UInt8
        /// The same tag may stand here twice.
        package var tags: [Tag]

        package init(afi: UInt8, options: UInt8, tags: [Tag]) {
            self.afi = afi
            self.options = options
            self.tags = tags
        }
    }
}

extension ThreeMInventory.Reply: ByteParsable, ByteWritable {
    /// AFI, OPT and count, then the tags, each with a DSFID when bit 1 of OPT is set.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        afi = try reader.byte("AFI")
        options = try reader.byte("inventory options")
        tags = []
        for _ in 0..<(try reader.byte("tag count")) {
            let dsfid = options & 0x02 != 0 ? try reader.byte("DSFID") : nil
            tags.append(ThreeMInventory.Tag(dsfid: dsfid, uid: try TagUID(threeM: &reader)))
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.byte(afi)
        writer.byte(options)
        writer.byte(UInt8(clamping: tags.count))
        for tag in tags {
            if options & 0x02 != 0 { writer.byte(tag.dsfid ?? 0) }
            writer.bytes(tag.uid.bytes)
        }
    }
}

/// 11: the firmware's version; the first byte of the answer is always 0A.
package struct ThreeMVersion: ThreeMCommand {
    package static let code = ThreeMCode.version

    package init() {}
    package init(parsing reader: inout ByteReader) throws(ParseError) {}
    package func write(to writer: inout ByteWriter) {}

    /// Three numbers behind a mark.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// Always 0A; what it means is not known.
        package var mark: UInt8 = 0x0A
        /// The 5 of `5.0.2`.
        package var major: UInt8
        /// The 0 of `5.0.2`.
        package var minor: UInt8
        /// The 2 of `5.0.2`.
        package var build: UInt8

        package init(major: UInt8, minor: UInt8, build: UInt8) {
            self.major = major
            self.minor = minor
            self.build = build
        }

        /// Four bytes of any value.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            mark = try reader.byte("version mark")
            major = try reader.byte("major version")
            minor = try reader.byte("minor version")
            build = try reader.byte("build")
        }

        package func write(to writer: inout ByteWriter) {
            writer.bytes([mark, major, minor, build])
        }

        /// `5.0.2`.
        package var firmware: String { "\(major).\(minor).\(build)" }
    }
}

/// The same asked in a setup frame (D5, command 04), as every program does that wakes an 810.
package struct ThreeMSetupVersion: ByteParsable, ByteWritable, Hashable, Sendable {
    package static let code: UInt8 = 0x04

    package init() {}

    /// Two bytes; throws on anything but 00 11.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        let offset = reader.offset
        let fields = Array(try reader.bytes(2, "setup version"))
        guard fields == [0x00, 0x11] else {
            throw .invalid(field: "setup version", offset: offset, found: Hex.string(fields), wanted: "0011")
        }
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes([0x00, 0x11])
    }

    /// The error byte 00 and 11 stand before the version.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// The same four bytes as in the answer to 11.
        package var version: ThreeMVersion.Reply

        package init(version: ThreeMVersion.Reply) {
            self.version = version
        }

        /// Throws unless 00 11 stands in front of the version.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            _ = try ThreeMSetupVersion(parsing: &reader)
            version = try ThreeMVersion.Reply(parsing: &reader)
        }

        package func write(to writer: inout ByteWriter) {
            ThreeMSetupVersion().write(to: &writer)
            version.write(to: &writer)
        }
    }
}

/// 13: starts an 810. Nobody knows what it says; every working program sends just this.
package struct ThreeMStartUp: ThreeMCommand {
    package static let code = ThreeMCode.startUp

    /// The request's bytes, always these.
    package static let fields: [UInt8] = [0x04, 0x01, 0x00, 0x02, 0x00, 0x03, 0x00, 0x04, 0x00]
    /// What an 810 answered in every capture.
    package static let captured: [UInt8] = [0x02, 0x01, 0x01, 0x03, 0x02, 0x02, 0x03, 0x00]

    package init() {}

    /// Nine bytes, whatever they are.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        _ = try reader.bytes(Self.fields.count, "start-up")
    }

    package func write(to writer: inout ByteWriter) {
        writer.bytes(Self.fields)
    }

    /// Not understood.
    package struct Reply: ByteParsable, ByteWritable, Hashable, Sendable {
        /// As the pad sent it; an 810 sends ``ThreeMStartUp/captured``.
        package var data: [UInt8]

        package init(data: [UInt8]) {
            self.data = data
        }

        /// Takes everything that is left; never throws.
        package init(parsing reader: inout ByteReader) throws(ParseError) {
            data = Array(reader.rest())
        }

        package func write(to writer: inout ByteWriter) {
            writer.bytes(data)
        }
    }
}

extension TagUID {
    /// Eight bytes, most significant first, as 3M frames carry them.
    init(threeM reader: inout ByteReader) throws(ParseError) {
        self.init(try reader.bytes(8, "UID").reduce(0) { $0 << 8 | UInt64($1) })
    }
}
