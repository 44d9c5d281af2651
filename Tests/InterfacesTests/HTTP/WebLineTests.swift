import API
import AsyncHTTPClient
import Foundation
import HTTPTypes
import Importers
import Library
import NIOCore
import NIOHTTP1
import NIOSSL
import Operations
import Testing

@testable import Interfaces

/// A server with its real lines, and clients that come over them.
@Suite(.timeLimit(.minutes(10))) struct WebLineTests {
    private let service: TestService
    private let folder: URL

    init() throws {
        service = try TestService()
        folder = FileManager.default.temporaryDirectory.appending(path: "pl-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.certificate.write(to: folder.appending(path: "cert.pem"), atomically: true, encoding: .utf8)
        try Self.key.write(to: folder.appending(path: "key.pem"), atomically: true, encoding: .utf8)
    }

    /// Runs the server with one more line; `body` takes the line's port as soon as it is open.
    private func serving(
        _ place: WebLine.Place,
        _ door: Door,
        _ certificate: WebCertificate? = nil,
        _ body: (Int) async throws -> Void
    ) async throws {
        let (ports, opened) = AsyncStream.makeStream(of: Int.self)
        let line = WebLine(place, door: door, certificate: certificate) { opened.yield($0) }
        let server = WebServer(
            desk: service.desk,
            library: "Central Library",
            scheme: .lcc,
            address: "127.0.0.1",
            port: 0,
            hosts: [],
            loopback: nil,
            simulation: nil,
            lines: [line],
            started: { _ in },
            logger: TestService.logger
        )
        let running = Task { try await server.run() }
        defer {
            running.cancel()
            try? FileManager.default.removeItem(at: folder)
        }
        guard let port = await ports.first(where: { _ in true }) else { return }
        try await body(port)
    }

    private func get(
        _ url: String,
        token: String? = nil,
        trusting certificate: String? = nil
    ) async throws -> (status: Int, session: SessionState?) {
        var configuration = HTTPClient.Configuration()
        if let certificate {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)))
            configuration.tlsConfiguration = tls
        }
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            var request = HTTPClientRequest(url: url)
            if url.hasPrefix("http+unix") { request.headers.add(name: "Host", value: "localhost") }
            if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
            let response = try await client.execute(request, timeout: .seconds(60))
            let body = try await response.body.collect(upTo: 1 << 20)
            return (Int(response.status.code), try? JSON.decode(from: Data(body.readableBytesView)))
        }
    }

    @Test func `over the socket the kernel says who asks`() async throws {
        let path = folder.appending(path: "p.sock").path
        let host = try #require(path.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        // The one user that is known to run this is the one that owns what it has just made.
        let facts = try FileManager.default.attributesOfItem(atPath: folder.path)
        let user = try #require(facts[.ownerAccountID] as? NSNumber).uint32Value
        try await serving(.socket(path: path), .socket(owner: user, group: nil)) { _ in
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o660)
            let answer = try await get("http+unix://\(host)/v1/session")
            #expect(answer.status == 200)
            #expect(answer.session?.name == "uid \(user)")
            #expect(answer.session?.role == .admin && answer.session?.means == .socket)
        }
    }

    @Test func `other machines are served over TLS, with a token, and not before there is one`() async throws {
        let certificate = try WebCertificate(
            certificate: folder.appending(path: "cert.pem").path,
            key: folder.appending(path: "key.pem").path
        )
        let isOpen = Flag()
        let secret = Task {
            // The line waits for this.
            for _ in 0..<1000 { await Task.yield() }
            #expect(await !isOpen.value)
            return try service.desk.access.create("desk-1", role: .desk, scope: .everywhere, for: nil)?.secret
        }
        try await serving(.tcp(address: "127.0.0.1", port: 0), .network, certificate) { port in
            await isOpen.set()
            let token = try #require(try await secret.value)
            let url = "https://localhost:\(port)/v1/session"
            let nobody = try await get(url, trusting: Self.certificate)
            #expect(nobody.status == 200 && nobody.session?.means == .nobody)
            #expect(try await get("https://localhost:\(port)/v1/status", trusting: Self.certificate).status == 401)
            #expect(try await get(url, token: token, trusting: Self.certificate).session?.role == .desk)
            await #expect(throws: (any Error).self) { try await get("http://localhost:\(port)/v1/session") }
        }
    }

    @Test func `a pull from a system whose certificate nobody vouches for says so, and what to do`() async throws {
        let certificate = try WebCertificate(
            certificate: folder.appending(path: "cert.pem").path,
            key: folder.appending(path: "key.pem").path
        )
        _ = try service.desk.access.create("desk-1", role: .desk, scope: .everywhere, for: nil)
        let time = Timekeeper(now: { TestService.start }, sleep: { _ in await Task.yield() })
        try await serving(.tcp(address: "127.0.0.1", port: 0), .network, certificate) { port in
            let pull = Pull(PullSource(system: .koha), .password(user: "pull", password: "s3cret"))
            let failure = await #expect(throws: PullFailure.self) {
                for try await _ in PullClient(address: "https://localhost:\(port)", time: time).pages(pull) {}
            }
            guard case .unreachable(let cause, _, _, _)? = failure else {
                Issue.record("found \(String(describing: failure)), wanted no answer")
                return
            }
            #expect(cause.contains("certificate is not trusted") && cause.contains("update-ca-certificates"))
        }
    }

    @Test func `nothing was sent to a system whose certificate is not taken`() {
        #expect(PullTrouble.isUnsent(NIOSSLError.handshakeFailed(.sslError([]))))
        #expect(PullTrouble.isUnsent(NIOSSLExtraError.failedToValidateHostname))
        #expect(!PullTrouble.isUnsent(NIOSSLError.uncleanShutdown))
        #expect(PullTrouble.words(NIOSSLExtraError.failedToValidateHostname).contains("another name"))
    }

    @Test func `a line that cannot be had is told in the system's words`() {
        let taken = IOError(errnoCode: EADDRINUSE, reason: "bind(descriptor:ptr:bytes:)")
        let failure = ListenFailure(place: .socket(path: "/run/p.sock"), cause: taken)
        #expect("\(failure)".hasSuffix("cannot listen: Address already in use"))
    }

    /// The page's own server, without other lines.
    private func page(
        _ desk: ServiceDesk,
        port: Int,
        whenRefused: (@Sendable (ListenFailure) async -> Void)? = nil,
        started: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> WebServer {
        WebServer(
            desk: desk,
            library: "Central Library",
            scheme: .lcc,
            address: "127.0.0.1",
            port: port,
            hosts: [],
            loopback: nil,
            simulation: nil,
            whenRefused: whenRefused,
            started: started,
            logger: TestService.logger
        )
    }

    @Test(.timeLimit(.minutes(10)))
    func `a page whose port is taken ends nothing, says so, and is there when the port is free`() async throws {
        let (ports, opened) = AsyncStream.makeStream(of: Int.self)
        let occupant = page(service.desk, port: 0, started: { opened.yield($0) })
        let first = Task { try await occupant.run() }
        defer { first.cancel() }
        let port = try #require(await ports.first(where: { _ in true }))
        await #expect(throws: ListenFailure.self) { try await page(service.desk, port: port).run() }

        let other = try TestService().desk
        let (refusals, refuse) = AsyncStream.makeStream(of: String.self)
        let (later, open) = AsyncStream.makeStream(of: Int.self)
        let patient = page(other, port: port, whenRefused: { refuse.yield("\($0)") }, started: { open.yield($0) })
        let second = Task { try await patient.run() }
        defer { second.cancel() }
        let refusal = await refusals.first(where: { _ in true })
        #expect(refusal?.contains("127.0.0.1:\(port): cannot listen") == true)
        let closed = await other.lines.all
        #expect(closed.map(\.place) == ["http 127.0.0.1:\(port)"])
        #expect(closed.first?.hint.contains("ss -ltnp | grep :\(port)") == true)
        first.cancel()
        let had = await later.first(where: { _ in true })
        #expect(had == port)
        #expect(await other.lines.all.isEmpty)
    }

    @Test func `a line that is refused and then opened is one line, and another line is no substitute for it`() async {
        func openings(_ numbers: Int...) -> AsyncStream<Int> {
            AsyncStream { stream in
                for number in numbers { stream.yield(number) }
                stream.finish()
            }
        }
        #expect(await WebServer.wait(for: [0, 2], in: openings(0, 1, 2)))
        #expect(await WebServer.wait(for: [], in: openings()))
        #expect(await !WebServer.wait(for: [0, 2], in: openings(0, 0)))
        #expect(await !WebServer.wait(for: [0], in: openings(1)))
    }

    @Test func `a certificate that cannot be used is refused by name`() {
        let (good, none) = (folder.appending(path: "cert.pem").path, folder.appending(path: "none.pem").path)
        let failure = #expect(throws: CertificateFailure.self) { try WebCertificate(certificate: none, key: good) }
        #expect(failure?.description.contains("none.pem") == true)
        #expect(throws: CertificateFailure.self) { try WebCertificate(certificate: good, key: good) }
    }

    @Test func `over TLS a cookie goes over no other line`() {
        let cookie = SessionCookie(isSecure: true).field("abc")
        #expect(cookie == "__Host-pressmark=abc; Path=/; HttpOnly; SameSite=Strict; Secure")
        #expect(SessionCookie(isSecure: true).session(in: [.cookie: "pressmark=abc"]) == nil)
        #expect(SessionCookie(isSecure: true).session(in: [.cookie: "a=b; __Host-pressmark=abc"]) == "abc")
    }

    private actor Flag {
        private(set) var value = false
        func set() { value = true }
    }

    /// For localhost, from 2020 to 2126; what it vouches for is this test.
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBSTCB76ADAgECAgIHsTAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
        c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
        CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABB6nSS/uyxC3KGM3
        2XFt1ClyDXZ1Jm9IfhaGFggqFGJUhQ8hgfbmnmXuFX4hhVWxmnTU/4ilX5nsE6kf
        qEKEN4WjLzAtMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
        BTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQC+sD496DbRWzo7puj2yjUO6WXB4rNP
        SqRUMbFmcZP9jQIhANB2CxkZq/oGRoReIUEUimyfv3cI4jaWc4f2y5Nh4gPW
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNxyqhNX9nh442EGH
        h4oOL5EqI3KRB+4i/VZ6dGriGWihRANCAAQep0kv7ssQtyhjN9lxbdQpcg12dSZv
        SH4WhhYIKhRiVIUPIYH25p5l7hV+IYVVsZp01P+IpV+Z7BOpH6hChDeF
        -----END PRIVATE KEY-----
        """
}
