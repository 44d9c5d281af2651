package import Tags
package import Wire

/// The commands that serve a library (QM §5.2 and §5.12; JMY601H §5.2.52 and following for 54 to 58).
package enum JMYCode: UInt8, Hashable, Sendable, CaseIterable {
    case productInformation = 0x10
    /// Bit 0: the field; bit 1: searching for cards by itself. Lost when the power is cut.
    case workingMode = 0x11
    case readBlocks = 0x54
    case writeBlocks = 0x55
    case lockBlock = 0x56
    case writeAFI = 0x57
    case lockAFI = 0x58
    case writeDSFID = 0x59
    case lockDSFID = 0x5A
    case blockSecurity = 0x5B
    /// Finds one tag and makes it the current one.
    case inventory = 0x5C
    case stayQuiet = 0x5D
    case systemInformation = 0x5E
    /// The only command that names a tag.
    case resetToReady = 0x5F
    /// Finds all tags and leaves them quiet.
    case inventoryAll = 0x7C
}

/// The reply to 5C and 7C: tags, each with its DSFID in front of its UID, which goes least significant byte first.
package struct JMYTags: ByteParsable, ByteWritable, Hashable, Sendable {
    /// One tag, nine bytes on the line.
    package struct Tag: Hashable, Sendable {
        /// Data storage format identifier; in front of the UID on the line.
        package var dsfid: UInt8
        /// On the line least significant byte first, `E0` last.
        package var uid: TagUID

        package init(dsfid: UInt8, uid: TagUID) {
            self.dsfid = dsfid
            self.uid = uid
        }
    }

    /// One at most after 5C, which makes it the current tag; all that were found after 7C.
    package var tags: [Tag]

    package init(_ tags: [Tag]) {
        self.tags = tags
    }

    /// Takes everything that is left; throws unless that is a multiple of nine bytes.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        tags = []
        while !reader.isAtEnd {
            let dsfid = try reader.byte("DSFID")
            let uid = try reader.bytes(8, "UID")
            tags.append(Tag(dsfid: dsfid, uid: TagUID(uid.reversed().reduce(0) { $0 << 8 | UInt64($1) })))
        }
    }

    package func write(to writer: inout ByteWriter) {
        for tag in tags {
            writer.byte(tag.dsfid)
            writer.bytes(tag.uid.onAir)
        }
    }
}

/// The reply to 10: who the module is and how it is set.
package struct JMYProduct: ByteParsable, ByteWritable, Hashable, Sendable {
    /// Eight characters, `JMY6801H`.
    package var name: String
    /// Four characters, `4.30`.
    package var version: String
    /// Eight characters, year, month, day.
    package var date: String
    /// Ten bytes: line speed, addresses, and what the module does by itself; not touched.
    package var settings: [UInt8]

    package init(name: String, version: String, date: String, settings: [UInt8]) {
        self.name = name
        self.version = version
        self.date = date
        self.settings = settings
    }

    /// 30 bytes in fields of fixed length; characters outside 20 to 7E are dropped from the texts.
    package init(parsing reader: inout ByteReader) throws(ParseError) {
        name = Self.text(try reader.bytes(8, "product name"))
        version = Self.text(try reader.bytes(4, "version"))
        date = Self.text(try reader.bytes(8, "date"))
        settings = Array(try reader.bytes(10, "settings"))
    }

    package func write(to writer: inout ByteWriter) {
        for (text, count) in [(name, 8), (version, 4), (date, 8)] {
            let bytes = text.utf8.prefix(count)
            writer.bytes(bytes)
            writer.fill(0x20, count: count - bytes.count)
        }
        writer.bytes(settings)
    }

    /// Printable characters, blanks at the end left out.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let printable = bytes.filter { 0x20...0x7E ~= $0 }
        let end = printable.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? 0
        return String(decoding: printable.prefix(end), as: UTF8.self)
    }
}
