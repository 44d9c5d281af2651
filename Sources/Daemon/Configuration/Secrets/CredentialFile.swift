import Foundation
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
        let text: String
        do throws(PrivateFile.Refusal) {
            text = try PrivateFile(path: path, isChecked: isOurs).text()
        } catch {
            throw Self.refusal(error.cause, hint: error.hint ?? Self.form)
        }
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

    private static func refusal(_ cause: String, hint: String) -> PullRefusal {
        .credentials(cause: cause, hint: hint)
    }
}
