import Foundation

/// A file with a token in it and nothing else, which nobody but its owner may read.
struct TokenFile {
    var path: String

    private static let longest = 4096

    func read() throws(Complaint) -> String {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else {
            throw Complaint("--token-file: \(path): cannot be read", isUsage: true)
        }
        let mode = (facts[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw Complaint(
                "--token-file: \(path): found mode \(String(mode & 0o777, radix: 8)), so that others can read it",
                hint: "chmod 600 \(path)",
                isUsage: true
            )
        }
        guard let data = try? FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: Self.longest),
            let text = String(data: data, encoding: .utf8)?.trimmingCharacters(in: .whitespacesAndNewlines),
            !text.isEmpty
        else { throw Complaint("--token-file: \(path): found no text, wanted a token", isUsage: true) }
        return text
    }
}
