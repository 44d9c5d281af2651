import Foundation
import Glibc

/// A file with a secret: read only when nobody but the daemon's user, or root, may read it.
struct PrivateFile {
    var path: String
    /// Whether owner and permissions matter; they are systemd's affair for what it hands over.
    var isChecked = true

    private static let longest = 16 << 10

    /// Why it is not read. Neither text has anything of what stands in the file.
    struct Refusal: Error, CustomStringConvertible {
        var cause: String
        /// `nil`: say what ought to stand in it.
        var hint: String?

        var description: String { cause }
    }

    /// Looked at before and after it is read, so that nobody can put another file in its place in between.
    func text() throws(Refusal) -> String {
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        let before = try Stamp(resolved, isChecked: isChecked)
        guard let handle = FileHandle(forReadingAtPath: resolved) else {
            throw Refusal(cause: "\(resolved): cannot be opened", hint: "give it to the user that runs pressmarkd")
        }
        guard let data = try? handle.read(upToCount: Self.longest), let text = String(data: data, encoding: .utf8),
            try Stamp(resolved, isChecked: isChecked) == before
        else { throw Refusal(cause: "\(resolved): found no text") }
        return text
    }

    /// Which file stands under a name, and that nobody else may read it.
    private struct Stamp: Equatable {
        var number: Int?

        init(_ path: String, isChecked: Bool) throws(Refusal) {
            let facts: [FileAttributeKey: Any]
            do {
                facts = try FileManager.default.attributesOfItem(atPath: path)
            } catch {
                throw Refusal(cause: "\(path): cannot be opened: no such file, or a folder that is closed")
            }
            guard facts[.type] as? FileAttributeType == .typeRegular else {
                throw Refusal(cause: "\(path): found no plain file")
            }
            number = (facts[.systemFileNumber] as? NSNumber)?.intValue
            guard isChecked else { return }
            let mode = (facts[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            guard mode & 0o077 == 0 else {
                let octal = String(mode & 0o777, radix: 8)
                throw Refusal(
                    cause: "\(path): found mode \(octal), so that others can read it",
                    hint: "chmod 600 \(path)"
                )
            }
            let owner = (facts[.ownerAccountID] as? NSNumber)?.uint32Value
            guard owner == geteuid() || owner == 0 else {
                throw Refusal(
                    cause: "\(path): found another owner",
                    hint: "give it to the user that runs pressmarkd"
                )
            }
        }
    }
}
