import Foundation
import Wire

/// A target's corpus as the repository keeps it: one input a line, in hexadecimal, so that a change can be read.
///
/// What follows a `#` is for people.
enum Corpus {
    /// Writes each line's bytes into a file of its own, as libFuzzer wants them.
    static func unpack(_ file: URL, into folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return }
        for (number, line) in text.split(separator: "\n").enumerated() {
            let digits = line.prefix { $0 != "#" }
            guard digits.contains(where: { $0 != " " }) else { continue }
            try Data(Hex.bytes(digits)).write(to: folder.appending(path: "line-\(number + 1)"))
        }
    }

    /// Gathers a folder's files, shortest first, without those above 300 bytes.
    static func pack(_ folder: URL, into file: URL) throws {
        let inputs = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .map { try [UInt8](Data(contentsOf: $0)) }
            .filter { (1...300).contains($0.count) }
            .sorted { ($0.count, Hex.string($0)) < ($1.count, Hex.string($1)) }
        let text = inputs.map { Hex.string($0) + "\n" }.joined()
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}
