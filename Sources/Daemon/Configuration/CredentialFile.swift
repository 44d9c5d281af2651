import Foundation
import Glibc
import Importers
import Operations
import TOMLKit

/// Where the credentials for a library system are kept: never in the configuration file itself.
enum CredentialFile: Hashable, Sendable {
    /// A file that nobody but the daemon's user, or root, may read.
    case path(String)
    /// A credential that systemd hands to the unit: `LoadCredential=` (systemd.exec(5)).
    case systemd(String)

    /// Reads user and password, or client-id and client-secret, each a line of TOML.
    ///
    /// Throws ``PullRefusal/credentials(cause:hint:)``; no message has anything of what stands in the file.
    func read(for system: PullSource.System) throws(PullRefusal) -> PullCredentials {
        let path = try place()
        let text = try Self.contents(path, isOurs: isOurs)
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch {
            throw Self.refusal("\(path): found no TOML", hint: Self.form)
        }
        if let user = table["user"]?.string, let password = table["password"]?.string {
            return .password(user: user, password: password)
        }
        guard let identifier = table["client-id"]?.string, let secret = table["client-secret"]?.string else {
            throw Self.refusal(
                "\(path): found neither user and password nor client-id and client-secret",
                hint: Self.form
            )
        }
        guard system == .koha else {
            throw Self.refusal(
                "\(path): found a client-id, wanted user and password for \(system.rawValue)",
                hint: Self.form
            )
        }
        return .client(identifier: identifier, secret: secret)
    }

    private static let form =
        "two lines: user = \"…\" and password = \"…\", or client-id = \"…\" and client-secret = \"…\""
    private static let longest = 16 << 10

    private var isOurs: Bool {
        if case .path = self { return true }
        return false
    }

    private func place() throws(PullRefusal) -> String {
        switch self {
        case .path(let path): return path
        case .systemd(let name):
            guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"], !name.contains("/") else {
                throw Self.refusal(
                    "credential \(name): systemd has handed none over",
                    hint: "add LoadCredential=\(name):/path/of/the/file to the unit"
                )
            }
            return "\(folder)/\(name)"
        }
    }

    /// Looked at before and after it is read, so that nobody can put another file in its place in between.
    private static func contents(_ path: String, isOurs: Bool) throws(PullRefusal) -> String {
        let path = URL(filePath: path).resolvingSymlinksInPath().path
        let before = try Stamp(path, isOurs: isOurs)
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw refusal("\(path): cannot be opened", hint: "give it to the user that runs pressmarkd")
        }
        guard let data = try? handle.read(upToCount: longest), let text = String(data: data, encoding: .utf8),
            try Stamp(path, isOurs: isOurs) == before
        else { throw refusal("\(path): found no text", hint: form) }
        return text
    }

    /// Which file stands under a name, and that nobody else may read it.
    private struct Stamp: Equatable {
        var number: Int?

        init(_ path: String, isOurs: Bool) throws(PullRefusal) {
            let facts: [FileAttributeKey: Any]
            do {
                facts = try FileManager.default.attributesOfItem(atPath: path)
            } catch {
                throw refusal("\(path): cannot be opened: no such file, or a folder that is closed", hint: form)
            }
            guard facts[.type] as? FileAttributeType == .typeRegular else {
                throw refusal("\(path): found no plain file", hint: form)
            }
            number = (facts[.systemFileNumber] as? NSNumber)?.intValue
            guard isOurs else { return }
            let mode = (facts[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            guard mode & 0o077 == 0 else {
                let octal = String(mode & 0o777, radix: 8)
                throw refusal("\(path): found mode \(octal), so that others can read it", hint: "chmod 600 \(path)")
            }
            let owner = (facts[.ownerAccountID] as? NSNumber)?.uint32Value
            guard owner == geteuid() || owner == 0 else {
                throw refusal("\(path): found another owner", hint: "give it to the user that runs pressmarkd")
            }
        }
    }

    private static func refusal(_ cause: String, hint: String) -> PullRefusal {
        .credentials(cause: cause, hint: hint)
    }
}
