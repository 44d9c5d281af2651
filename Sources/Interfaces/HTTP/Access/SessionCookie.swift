import Foundation
import HTTPTypes

/// The cookie that keeps a browser signed in: no script can read it, no other site makes the browser send it.
struct SessionCookie: Sendable {
    /// Whether the line is encrypted: the cookie then goes over no other.
    let isSecure: Bool

    /// RFC 6265bis, 4.1.3: a browser takes the prefix from no plain line and for no other host.
    private var name: String { isSecure ? "__Host-pressmark" : "pressmark" }

    /// The session that a request brings.
    func session(in fields: HTTPFields) -> String? {
        for line in fields[values: .cookie] {
            for pair in line.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name else { continue }
                return parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        return nil
    }

    /// What makes a browser keep `session`; `nil` makes it forget.
    func field(_ session: String?) -> String {
        "\(name)=\(session ?? ""); Path=/; HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "") + (session == nil ? "; Max-Age=0" : "")
    }
}
