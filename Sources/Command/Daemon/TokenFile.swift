import Foundation

/// A file with a token in it and nothing else, which nobody but its owner may read.
struct TokenFile {
    var path: String

    private static let longest = 4096

    func read() throws(Complaint) -> String {
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            throw Complaint(notOpened: "--token-file: \(path)", errno)
        }
        guard facts.st_mode & S_IFMT != S_IFDIR else {
            throw Complaint("--token-file: \(path): found a folder, wanted a file with a token", isUsage: true)
        }
        guard facts.st_mode & 0o077 == 0 else {
            throw Complaint(
                "--token-file: \(path): found mode \(String(facts.st_mode & 0o777, radix: 8)), so that others can read it",
                hint: "chmod 600 \(path)",
                isUsage: true
            )
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Complaint(notOpened: "--token-file: \(path)", errno)
        }
        // Of an empty file there is nothing to read, which is not the same as something that is no text.
        let data = (try? handle.read(upToCount: Self.longest)) ?? Data()
        return try Self.token(String(data: data, encoding: .utf8) ?? "\u{FFFD}", from: "--token-file: \(path)")
    }

    /// The token alone, without what stands around it in a file; what goes into no header of HTTP is none.
    static func token(_ text: String, from place: String) throws(Complaint) -> String {
        let around = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "\u{FEFF}"))
        let token = text.trimmingCharacters(in: around)
        // Never the text itself: it may be a token after all.
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Complaint(
                "\(place): found \(token.isEmpty ? "nothing" : "other text"), wanted a token and nothing else",
                hint: "pressmark token create NAME --role ROLE prints one",
                isUsage: true
            )
        }
        return token
    }
}
