/// Files in one, stored as they are (ZIP, APPNOTE 6.3 §4.3; no compression, no encryption).
struct ZipArchive {
    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// Adds a file; all of them together may have 4 GB.
    mutating func add(_ name: String, _ content: [UInt8]) {
        let offset = UInt32(clamping: bytes.count)
        var header: [UInt8] = []
        // Version 2.0, names in UTF-8 (bit 11), stored, 1980-01-01 00:00.
        header += Self.words(20, 0x0800, 0, 0, 0x0021)
        header += Self.long(Self.checksum(content))
        header += Self.long(UInt32(clamping: content.count)) + Self.long(UInt32(clamping: content.count))
        header += Self.words(UInt16(clamping: name.utf8.count), 0)
        bytes += Self.long(0x0403_4B50) + header + Array(name.utf8) + content
        directory += Self.long(0x0201_4B50) + Self.words(20) + header + Self.words(0, 0, 0)
        directory += Self.long(0) + Self.long(offset) + Array(name.utf8)
        count += 1
    }

    /// The whole archive.
    func finished() -> [UInt8] {
        bytes + directory + Self.long(0x0605_4B50) + Self.words(0, 0, count, count)
            + Self.long(UInt32(clamping: directory.count)) + Self.long(UInt32(clamping: bytes.count)) + Self.words(0)
    }

    /// Least significant byte first, as everywhere in the format.
    private static func words(_ numbers: UInt16...) -> [UInt8] {
        numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    private static func long(_ number: UInt32) -> [UInt8] {
        words(UInt16(truncatingIfNeeded: number), UInt16(truncatingIfNeeded: number >> 16))
    }

    /// CRC-32 (reversed polynomial EDB88320, all ones before and after).
    static func checksum(_ content: [UInt8]) -> UInt32 {
        ~content.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    private static let table: [UInt32] = (0..<256).map { value in
        (0..<8).reduce(UInt32(value)) { remainder, _ in
            remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
        }
    }
}
