import Foundation
import Glibc

/// Looks for people in files, in every spelling in which a text may have got there.
enum PatronSearch {
    /// A planted text as bytes: UTF-8, Latin-1, UTF-16 either way round, and as hexadecimal digits.
    static let needles: [[UInt8]] = Planted.texts.flatMap { text -> [[UInt8]] in
        let encodings: [String.Encoding] = [.utf8, .isoLatin1, .utf16LittleEndian, .utf16BigEndian]
        let plain = encodings.compactMap { text.data(using: $0).map { Array($0) } }
        let hex = plain.prefix(2).flatMap { bytes -> [[UInt8]] in
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return [Array(digits.utf8), Array(digits.uppercased().utf8)]
        }
        return plain + hex
    }

    /// The first file in a folder that names somebody; `nil` when none does.
    static func find(in folder: URL) throws -> String? {
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
            guard let bytes = try? Data(contentsOf: folder.appending(path: name)) else { continue }
            if names(somebodyIn: Array(bytes)) { return name }
        }
        return nil
    }

    static func names(somebodyIn bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { hay in
            guard let start = hay.baseAddress else { return false }
            return needles.contains { holds(start, hay.count, $0) }
        }
    }

    private static func holds(_ start: UnsafeRawPointer, _ count: Int, _ needle: [UInt8]) -> Bool {
        guard let first = needle.first else { return false }
        var place = 0
        while place + needle.count <= count {
            let rest = count - needle.count + 1 - place
            guard let found = memchr(start + place, Int32(first), rest) else { return false }
            if memcmp(found, needle, needle.count) == 0 { return true }
            place = UnsafeRawPointer(found) - start + 1
        }
        return false
    }
}
