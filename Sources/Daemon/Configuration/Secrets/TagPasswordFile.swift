import Operations
import Tags
import Wire

/// Where the EAS/AFI password of the site's tags is kept: a file of its own that nobody but the daemon's user, or root,
/// may read. It is never logged and never shown.
struct TagPasswordFile: Hashable, Sendable {
    var path: String

    private static let form = "eight hexadecimal digits in the order of the air, such as 0F0F0F0F"

    /// Reads eight hexadecimal digits: four bytes in the order in which they go over the air (iso15693 §7.5).
    ///
    /// Throws ``StartFailure``; no message has anything of what stands in the file.
    func read() throws -> SecurityPassword {
        let text: String
        do throws(PrivateFile.Refusal) {
            text = try PrivateFile(path: path).text()
        } catch {
            throw StartFailure(
                description: "security.password-file: \(error.cause)",
                hint: error.hint ?? "it holds \(Self.form)"
            )
        }
        guard let bytes = try? Hex.bytes(text), let password = NXP.Password(bytes) else {
            throw StartFailure(
                description: "security.password-file: \(path): found something else, wanted \(Self.form)",
                hint: "nothing but the digits stands in it"
            )
        }
        return SecurityPassword(password)
    }
}
