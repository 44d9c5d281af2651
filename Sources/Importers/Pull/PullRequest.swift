/// One request that a pull wants to have sent to the library system.
package struct PullRequest: Hashable, Sendable {
    /// The way of asking, as it stands on the first line of the request.
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// Pages are asked for with GET; a POST asks for a token or tells of items.
    package var method: Method
    /// Behind the system's address, with its query. Never with a credential in it: addresses end up in logs.
    package var path: String
    /// Names in small letters. May hold credentials: never to be logged.
    package var headers: [String: String]
    /// May hold credentials: never to be logged.
    package var body: [UInt8]

    package init(_ method: Method, _ path: String, headers: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// What the library system answered.
package struct PullResponse: Hashable, Sendable {
    /// The HTTP status. A redirect is not followed: it counts as an answer that is not understood.
    package var status: Int
    /// Names in small letters; of several with one name the last, but every `set-cookie`, with line breaks between.
    package var headers: [String: String]
    /// The bytes of the page; empty where none came.
    package var body: [UInt8]

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What a pull says who it is. It is read from a file only its owner can read, and stands in no message.
package enum PullCredentials: Hashable, Sendable {
    /// User and password, in every request (Koha with basic authentication) or to log in with (FOLIO).
    case password(user: String, password: String)
    /// OAuth 2.0 client credentials (RFC 6749, 4.4), for Koha.
    case client(identifier: String, secret: String)
}

extension PullCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "credentials" }
    package var debugDescription: String { "credentials" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a pull ended before its end: where it stood and how many records it had by then.
package enum PullFailure: Error, Hashable, Sendable {
    /// The system does not accept the credentials.
    case refused(status: Int, place: String)
    /// The system answers with an error, again and again.
    case failing(status: Int, place: String, records: Int, attempts: Int)
    /// No answer, again and again.
    case unreachable(cause: String, place: String, records: Int, attempts: Int)
    /// An answer that is not what the interface promises, or credentials of a kind that it does not know.
    case notUnderstood(found: String, place: String, records: Int)
}

extension PullFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let status, let place): "\(place): the system refuses the credentials (HTTP \(status))"
        case .failing(let status, let place, let records, let attempts):
            "\(place): found HTTP \(status) \(attempts) times, behind \(records) records"
        case .unreachable(let cause, let place, let records, let attempts):
            "\(place): no answer \(attempts) times (\(cause)), behind \(records) records"
        case .notUnderstood(let found, let place, let records):
            "\(place): found \(found), behind \(records) records"
        }
    }
}
