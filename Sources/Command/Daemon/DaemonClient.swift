import API
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The daemon's HTTP API from the caller's side.
struct DaemonClient {
    let base: URL
    private let http: HTTPClient
    /// For the event stream.
    private let listening: HTTPClient
    private let token: String?

    /// Answers to everything but imports and the event stream fit well into this.
    private static let largestAnswer = 256 << 20

    /// The daemon says on its event stream every 15 seconds that it is alive; after so much silence it is gone, whatever
    /// the line says.
    static let longestSilence = TimeAmount.seconds(45)

    static func open<Result>(
        _ base: URL,
        token: String? = nil,
        silence: TimeAmount = longestSilence,
        _ body: (DaemonClient) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration()
        // An import answers when it is done.
        configuration.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(5), read: .hours(1))
        return try await HTTPClient.withHTTPClient(configuration: configuration) { http in
            do {
                var attentive = HTTPClient.Configuration()
                attentive.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(5), read: silence)
                return try await HTTPClient.withHTTPClient(configuration: attentive) { listening in
                    try await body(DaemonClient(base: base, http: http, listening: listening, token: token))
                }
            } catch let error as HTTPClientError {
                // In the middle of an answer.
                throw Complaint(unreachable: base, error)
            } catch let error as IOError {
                throw Complaint(
                    "\(base.absoluteString): the answer broke off: \(String(cString: strerror(error.errnoCode)))",
                    hint: "look before asking again: pressmark status"
                )
            }
        }
    }

    func get<Value: Decodable>(_ path: String..., query: [String: String?] = [:]) async throws -> Value {
        try await value(of: request(.GET, path, query))
    }

    func post<Value: Decodable>(
        _ path: String...,
        body: some Encodable,
        within seconds: Int64 = 60
    ) async throws -> Value {
        var request = request(.POST, path, [:])
        request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try JSON.encode(body)))
        return try await value(of: request, within: .seconds(seconds))
    }

    /// What the path names, with the tag by which it can be changed.
    func getTagged<Value: Decodable>(_ path: String...) async throws -> (value: Value, tag: String) {
        let request = request(.GET, path, [:])
        let response = try await answer(to: request, within: .seconds(60))
        let bytes = try await response.body.collect(upTo: Self.largestAnswer)
        return (try Self.decoded(bytes, of: request), response.headers.first(name: "ETag") ?? "*")
    }

    /// Changes what the path names as long as it is as it was when it had this tag.
    func patch<Value: Decodable>(_ path: String..., body: some Encodable, ifMatch tag: String) async throws -> Value {
        var request = request(.PATCH, path, [:])
        request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
        request.headers.replaceOrAdd(name: "If-Match", value: tag)
        request.body = .bytes(ByteBuffer(bytes: try JSON.encode(body)))
        return try await value(of: request)
    }

    /// Posts nothing: the path says it all.
    func post<Value: Decodable>(_ path: String...) async throws -> Value {
        try await value(of: request(.POST, path, [:]))
    }

    /// Posts a file piece by piece.
    func post<Value: Decodable>(_ path: String..., query: [String: String?], file: FilePieces) async throws -> Value {
        var request = request(.POST, path, query)
        request.headers.replaceOrAdd(name: "Content-Type", value: "application/octet-stream")
        request.body = .stream(try file.begun(), length: file.byteCount.map { .known($0) } ?? .unknown)
        return try await value(of: request, within: .hours(12))
    }

    /// Posts a request that may take long, such as a pull of everything or a look at every page of the database.
    func wait<Value: Decodable>(_ path: String..., query: [String: String?]) async throws -> Value {
        try await value(of: request(.POST, path, query), within: .hours(12))
    }

    func delete(_ path: String...) async throws {
        _ = try await answer(to: request(.DELETE, path, [:]), within: .seconds(60)).body.collect(upTo: 1 << 20)
    }

    /// Hands out an answer that is no JSON piece by piece.
    func download(
        _ path: String...,
        query: [String: String?] = [:],
        piece: (ByteBuffer) throws -> Void
    ) async throws {
        for try await bytes in try await answer(to: request(.GET, path, query), within: .hours(1)).body {
            try piece(bytes)
        }
    }

    /// Fetches a file piece by piece.
    func file(_ path: String..., query: [String: String?] = [:]) async throws -> HTTPClientResponse {
        try await answer(to: request(.GET, path, query), within: .hours(1))
    }

    /// Removes what the path names; the answer is what was removed.
    func delete<Value: Decodable>(_ path: String...) async throws -> Value {
        try await value(of: request(.DELETE, path, [:]))
    }

    /// Ends what the path names.
    func end(_ path: String...) async throws {
        _ = try await answer(to: request(.DELETE, path, [:]), within: .seconds(60))
    }

    /// Opens a stream of server-sent events, from the event after `last` on when the daemon still has it.
    func events(after last: String?) async throws -> HTTPClientResponse.Body {
        var request = request(.GET, ["v1", "events"], [:])
        request.headers.replaceOrAdd(name: "Accept", value: "text/event-stream")
        if let last { request.headers.replaceOrAdd(name: "Last-Event-ID", value: last) }
        return try await answer(to: request, of: listening, within: .hours(24 * 365)).body
    }
}

extension DaemonClient {
    private func request(_ method: HTTPMethod, _ path: [String], _ query: [String: String?]) -> HTTPClientRequest {
        var url = base
        for part in path { url.append(path: part) }
        let items = query.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { URLQueryItem(name: name, value: $0) }
        }
        if !items.isEmpty { url.append(queryItems: items) }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = method
        request.headers.add(name: "Accept", value: "application/json")
        // A socket has no name that could be asked for.
        if base.scheme == "http+unix" { request.headers.add(name: "Host", value: "localhost") }
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        request.headers.add(name: "User-Agent", value: "pressmark/\(Version.current)")
        return request
    }

    private func value<Value: Decodable>(
        of request: HTTPClientRequest,
        within limit: TimeAmount = .seconds(60)
    ) async throws -> Value {
        let response = try await answer(to: request, within: limit)
        return try Self.decoded(try await response.body.collect(upTo: Self.largestAnswer), of: request)
    }

    private static func decoded<Value: Decodable>(_ bytes: ByteBuffer, of request: HTTPClientRequest) throws -> Value {
        do {
            return try JSON.decode(from: Data(bytes.readableBytesView))
        } catch {
            throw Complaint(
                "\(request.url): found an answer that this version cannot read, wanted \(Value.self)",
                hint: "pressmark --version and the daemon's version should be the same; see pressmark status"
            )
        }
    }

    private func answer(
        to request: HTTPClientRequest,
        of client: HTTPClient? = nil,
        within limit: TimeAmount
    ) async throws -> HTTPClientResponse {
        let response: HTTPClientResponse
        do {
            response = try await (client ?? http).execute(request, timeout: limit)
        } catch let error as CancellationError {
            throw error
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Complaint(unreachable: base, error)
        }
        guard (200..<300).contains(Int(response.status.code)) else {
            let bytes = try? await response.body.collect(upTo: 1 << 20)
            if let bytes, let problem = try? JSON.decode(Problem.self, from: Data(bytes.readableBytesView)) {
                throw Complaint(problem)
            }
            throw Complaint(
                "\(request.url): found HTTP status \(response.status.code), wanted an answer of the daemon",
                hint: "is that Pressmark's address? see --daemon and PRESSMARK_URL"
            )
        }
        return response
    }
}

extension Complaint {
    /// Nobody answers: the daemon is not running, or not there; or it took the request and its answer did not come.
    init(unreachable base: URL, _ error: any Error) {
        let place = base.scheme == "http+unix" ? base.host(percentEncoded: false) ?? "" : base.absoluteString
        let lost: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .remoteConnectionClosed]
        if let error = error as? HTTPClientError, lost.contains(error) {
            self.init(
                "\(place): the answer did not come (\(error.shortDescription)): what was asked for may be done all the same",
                hint: "look before asking again: pressmark status"
            )
            return
        }
        let text = String(describing: error)
        let code = (error as? IOError)?.errnoCode
        let cause =
            if text.contains("refused") {
                "connection refused"
            } else if let code {
                // Without the name of the function in it.
                String(cString: strerror(code))
            } else if let error = error as? HTTPClientError {
                error.shortDescription
            } else if text.contains("UnknownHost") {
                "no machine of this name is known"
            } else if let words = Self.tls(text) {
                words
            } else {
                text
            }
        if code == EACCES {
            self.init(
                "no daemon may be asked at \(place): \(cause)",
                hint: "the socket is for root and the group pressmark; put sudo before it, or name a URL with --daemon"
            )
            return
        }
        // What speaks TLS wrongly is there: starting it helps nobody.
        let isThere = Self.tls(text) != nil
        self.init(
            "no daemon answers at \(place): \(cause)",
            hint: isThere
                ? "look at the address, its http or https and its port: docs/access.md says how other machines are served"
                : "start it with Scripts/run or systemctl start pressmarkd, or say where it is with --daemon or PRESSMARK_URL"
        )
    }

    /// Why no encrypted line came about, by the words of BoringSSL, which names files and lines of its own besides.
    private static func tls(_ text: String) -> String? {
        if text.contains("WRONG_VERSION_NUMBER") { return "found plain http there, wanted https" }
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not one that this machine trusts" }
        if text.contains("failedToValidateHostname") || text.contains("noUsableHostname") {
            return "its certificate is for another name"
        }
        return text.contains("handshakeFailed") ? "no encrypted line came about" : nil
    }
}
