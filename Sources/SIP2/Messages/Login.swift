package import Wire

/// 93: the terminal tells who it is; the first message on a connection when the system wants it.
package struct LoginRequest: SIP2Request {
    package typealias Response = LoginResponse
    package static let code = MessageCode.login
    package static let isRepeatable = true

    /// How user and password are encrypted; `0`: not at all, the only way in use.
    package var userAlgorithm: String
    /// How the password is encrypted; `0`: not at all.
    package var passwordAlgorithm: String
    /// Field CN: the name of the account that the system keeps for the terminal.
    package var user: Confidential
    /// Field CO: the password of that account; as it is, since algorithm 0 encrypts nothing.
    package var password: Confidential
    /// The terminal's place; a service point's identifier for FOLIO.
    package var location: String?

    /// With algorithm 0 for both: nothing is encrypted.
    package init(user: Confidential, password: Confidential, location: String? = nil) {
        userAlgorithm = "0"
        passwordAlgorithm = "0"
        self.user = user
        self.password = password
        self.location = location
    }
}

extension LoginRequest {
    /// Fixed part: user algorithm 1, password algorithm 1. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        userAlgorithm = try reader.text(1, "user algorithm")
        passwordAlgorithm = try reader.text(1, "password algorithm")
        user = reader.requiredConfidential(.loginUser)
        password = reader.requiredConfidential(.loginPassword)
        location = reader.field(.location)
    }

    package func write(to writer: inout ContentWriter) {
        writer.text(userAlgorithm, 1)
        writer.text(passwordAlgorithm, 1)
        writer.field(.loginUser, user)
        writer.field(.loginPassword, password)
        writer.field(.location, location)
    }
}

/// 94: whether the terminal may go on.
package struct LoginResponse: SIP2Content {
    package static let code = MessageCode.loginResponse

    /// Fixed part, the only place: whether user and password were right.
    package var ok: Bool

    package init(ok: Bool) {
        self.ok = ok
    }
}

extension LoginResponse {
    /// Fixed part: ok 1. Throws when a place holds what it cannot.
    package init(reading reader: inout ContentReader) throws(ParseError) {
        ok = try reader.ok("ok")
    }

    package func write(to writer: inout ContentWriter) {
        writer.ok(ok)
    }
}
