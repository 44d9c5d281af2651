import Foundation
import Testing
import Wire

@testable import LinuxIO

/// A TLS server on this machine that takes one call after another and sends back what it hears.
private func withServer(
    _ identity: TLSIdentity,
    _ body: (UInt16, Readiness) async throws -> Void
) async throws {
    let readiness = try Readiness()
    let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let parked = ParkedListener(listener)
    let server = Task { await parked.run(identity) }
    defer { server.cancel() }
    try await body(port, readiness)
    server.cancel()
    await server.value
}

/// A listener in a closure, which cannot own what cannot be copied.
private actor ParkedListener {
    private var listener: TCPListener?

    init(_ listener: consuming TCPListener) {
        self.listener = consume listener
    }

    /// Until cancelled.
    func run(_ identity: TLSIdentity) async {
        guard var listener = listener.take() else { return }
        while !Task.isCancelled { try? await Self.echo(&listener, identity) }
    }

    private static func echo(_ listener: inout TCPListener, _ identity: TLSIdentity) async throws {
        let caller = try await listener.accept(within: patience)
        var link = try await TLSLink.server(over: caller, peer: "caller", identity: identity, within: patience)
        while true { try await link.send(try await link.receive(within: patience)) }
    }
}

private func echoed(
    _ bytes: [UInt8],
    host: String = "localhost",
    port: UInt16,
    _ settings: TLSSettings,
    on readiness: Readiness
) async throws -> [UInt8] {
    var link = try await TLSLink.connect(host: host, port: port, settings: settings, within: patience, on: readiness)
    try await link.send(bytes)
    var heard: [UInt8] = []
    while heard.count < bytes.count { heard += try await link.receive(within: patience) }
    return heard
}

/// What the connection was refused for.
private func refusal(
    host: String = "localhost",
    port: UInt16,
    _ settings: TLSSettings,
    on readiness: Readiness
) async -> LinkError? {
    do throws(LinkError) {
        _ = try await TLSLink.connect(host: host, port: port, settings: settings, within: patience, on: readiness)
        return nil
    } catch {
        return error
    }
}

private let request: [UInt8] = [0x02, 0x00, 0x07, 0xFF, 0x65, 0x6E, 0x61]

@Test(arguments: ["localhost", "127.0.0.1"])
func `bytes pass both ways when the authority has signed for this name or address`(_ host: String) async throws {
    let authority = try TestAuthority()
    let (identity, _) = try authority.identity(for: "DNS:localhost,IP:127.0.0.1")
    let settings = TLSSettings(trust: .authority(path: authority.path))
    try await withServer(identity) { port, readiness in
        let heard = try await echoed(request, host: host, port: port, settings, on: readiness)
        #expect(heard == request)
    }
}

@Test func `a hundred thousand bytes come back whole and in order`() async throws {
    let authority = try TestAuthority()
    let (identity, _) = try authority.identity(for: "DNS:localhost")
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try await withServer(identity) { port, readiness in
        let settings = TLSSettings(trust: .authority(path: authority.path))
        let heard = try await echoed(bytes, port: port, settings, on: readiness)
        #expect(heard == bytes)
    }
}

@Test func `an authority that this machine does not know is refused with the fingerprint to compare`() async throws {
    let (identity, fingerprint) = try TestAuthority().identity(for: "DNS:localhost")
    try await withServer(identity) { port, readiness in
        let error = try #require(await refusal(port: port, TLSSettings(), on: readiness))
        #expect("\(error)".hasPrefix("localhost:\(port): found a certificate that is not trusted, "))
        #expect(error.hint?.contains("tls-fingerprint = \"\(fingerprint)\"") == true)
    }
}

@Test func `another authority than the one named is refused`() async throws {
    let (identity, _) = try TestAuthority().identity(for: "DNS:localhost")
    let other = TLSSettings(trust: .authority(path: try TestAuthority().path))
    try await withServer(identity) { port, readiness in
        let error = try #require(await refusal(port: port, other, on: readiness))
        #expect("\(error)".contains("not trusted"))
    }
}

@Test func `a certificate for another name is refused and accepted when that name is said`() async throws {
    let authority = try TestAuthority()
    let (identity, _) = try authority.identity(for: "DNS:reader.test")
    var settings = TLSSettings(trust: .authority(path: authority.path))
    try await withServer(identity) { port, readiness in
        for host in ["localhost", "127.0.0.1"] {
            let error = try #require(await refusal(host: host, port: port, settings, on: readiness))
            #expect("\(error)".contains("mismatch"))
            #expect(error.hint == "use the name that stands in it as address, or say it with tls-name")
        }
        settings.name = "reader.test"
        let heard = try await echoed(request, port: port, settings, on: readiness)
        #expect(heard == request)
    }
}

@Test func `a certificate whose time has passed is refused with a word on the clock`() async throws {
    let authority = try TestAuthority()
    let (identity, _) = try authority.identity(for: "DNS:localhost", days: -1)
    let settings = TLSSettings(trust: .authority(path: authority.path))
    try await withServer(identity) { port, readiness in
        let error = try #require(await refusal(port: port, settings, on: readiness))
        #expect("\(error)".contains("expired"))
        #expect(error.hint?.contains("clock") == true)
    }
}

@Test func `a caller that does not take our certificate is told with what to do about it`() async throws {
    let (identity, _) = try TestAuthority().identity(for: "DNS:localhost")
    let readiness = try Readiness()
    var listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let caller = Process()
    caller.executableURL = URL(filePath: "/usr/bin/openssl")
    caller.arguments = ["s_client", "-connect", "127.0.0.1:\(port)", "-verify_return_error"]
    (caller.standardInput, caller.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
    caller.standardError = FileHandle.nullDevice
    try caller.run()
    defer { caller.terminate() }
    let call = try await listener.accept(within: patience)
    do throws(LinkError) {
        _ = try await TLSLink.server(over: call, peer: "kiosk", identity: identity, within: patience)
        Issue.record("wanted a caller that hangs up")
    } catch {
        #expect("\(error)".contains("kiosk") && error.hint?.contains(identity.certificatePath) == true)
    }
}

@Test func `one certificate by its fingerprint is trusted whatever its name, and no other is`() async throws {
    let authority = try TestAuthority()
    let (identity, fingerprint) = try authority.identity(for: "DNS:somewhere.else", days: -1)
    let (_, another) = try authority.identity(for: "DNS:localhost")
    try await withServer(identity) { port, readiness in
        let pinned = TLSSettings(trust: .certificate(fingerprint))
        let heard = try await echoed(request, port: port, pinned, on: readiness)
        #expect(heard == request)
        let error = await refusal(port: port, TLSSettings(trust: .certificate(another)), on: readiness)
        #expect(
            error
                == .refused(
                    reason: "localhost:\(port): found the certificate \(fingerprint), wanted \(another)",
                    hint: "if it was renewed, take its new fingerprint over; if not, somebody stands between"
                )
        )
    }
}

@Test func `a port that speaks plainly is told from one that hangs up`() async throws {
    let readiness = try Readiness()
    var listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let plain = Task { await refusal(port: port, TLSSettings(), on: readiness) }
    do {
        var caller = try await listener.accept(within: patience)
        let greeting = try await caller.receive(within: patience)
        // A handshake record of TLS 1, RFC 8446 5.1.
        #expect(greeting.starts(with: [0x16, 0x03, 0x01]))
        try await caller.send(Array("SIP server ready\r".utf8))
        #expect("\(try #require(await plain.value))".contains("do not come to terms"))
    }
    let hungUp = Task { await refusal(port: port, TLSSettings(), on: readiness) }
    do { _ = try await listener.accept(within: patience) }
    #expect("\(try #require(await hungUp.value))" == "localhost:\(port): hangs up on a TLS greeting")
}

@Test func `a port that never answers is told with a way out`() async throws {
    let readiness = try Readiness()
    let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    await #expect(
        throws: LinkError.refused(
            reason: "localhost:\(listener.port): does not answer a TLS greeting",
            hint: "is TLS switched on at this port? without it, leave tls out"
        )
    ) {
        _ = try await TLSLink.connect(
            host: "localhost",
            port: listener.port,
            settings: TLSSettings(),
            within: .milliseconds(50),
            on: readiness
        )
    }
}

@Test func `files that hold no certificate are named`() async throws {
    let readiness = try Readiness()
    let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let settings = TLSSettings(trust: .authority(path: "/nowhere/authority.pem"))
    let error = await refusal(port: listener.port, settings, on: readiness)
    #expect("\(try #require(error))" == "/nowhere/authority.pem: found no certificates of authorities in PEM")
    let identity = TLSIdentity(certificatePath: "/nowhere/own.pem", keyPath: "/nowhere/own.key")
    let own = await refusal(port: listener.port, TLSSettings(identity: identity), on: readiness)
    #expect("\(try #require(own))" == "/nowhere/own.pem: found no certificate in PEM")
    _ = consume listener
}

@Test func `a second hold speaks while the first one listens`() async throws {
    let authority = try TestAuthority()
    let (identity, _) = try authority.identity(for: "DNS:localhost")
    let settings = TLSSettings(trust: .authority(path: authority.path))
    try await withServer(identity) { port, readiness in
        var ear = try await TLSLink.connect(
            host: "localhost",
            port: port,
            settings: settings,
            within: patience,
            on: readiness
        )
        var mouth = try ear.shared()
        let bytes = [UInt8](repeating: 0x5A, count: 50_000)
        let heard = Task {
            try await mouth.send(bytes)
        }
        var count = 0
        while count < bytes.count { count += try await ear.receive(within: patience).count }
        try await heard.value
        #expect(count == bytes.count)
    }
}

@Test func `silence is a timeout and not an end`() async throws {
    let authority = try TestAuthority()
    let (identity, _) = try authority.identity(for: "DNS:localhost")
    let settings = TLSSettings(trust: .authority(path: authority.path))
    try await withServer(identity) { port, readiness in
        var link = try await TLSLink.connect(
            host: "localhost",
            port: port,
            settings: settings,
            within: patience,
            on: readiness
        )
        await #expect(throws: LinkError.timedOut) { try await link.receive(within: .milliseconds(20)) }
        try await link.send(request)
        #expect(try await link.receive(within: patience) == request)
    }
}

@Test func `the other end's leaving closes a link within a link`() async throws {
    let authority = try TestAuthority()
    let (identity, fingerprint) = try authority.identity(for: "DNS:localhost")
    let readiness = try Readiness()
    var listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let client = Task { () async throws -> [UInt8] in
        let settings = TLSSettings(trust: .certificate(fingerprint))
        var link = try await TLSLink.connect(
            host: "localhost",
            port: port,
            settings: settings,
            within: patience,
            on: readiness
        )
        return try await link.receive(within: patience)
    }
    do {
        let caller = try await listener.accept(within: patience)
        _ = try await TLSLink.server(over: caller, peer: "caller", identity: identity, within: patience)
    }
    await #expect(throws: LinkError.closed) { try await client.value }
}

@Test func `bytes that are no record after the greeting end the conversation and nothing else`() async throws {
    let authority = try TestAuthority()
    let (identity, fingerprint) = try authority.identity(for: "DNS:localhost")
    let readiness = try Readiness()
    var listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let client = Task { () async throws -> [UInt8] in
        let settings = TLSSettings(trust: .certificate(fingerprint))
        var link = try await TLSLink.connect(
            host: "localhost",
            port: port,
            settings: settings,
            within: patience,
            on: readiness
        )
        return try await link.receive(within: patience)
    }
    let caller = try await listener.accept(within: patience)
    var second = try caller.shared()
    let link = try await TLSLink.server(over: caller, peer: "caller", identity: identity, within: patience)
    try await second.send([UInt8](repeating: 0xFF, count: 64))
    await #expect { _ = try await client.value } throws: { error in
        guard case .refused(let reason, _) = error as? LinkError else { return false }
        return reason.hasPrefix("TLS: localhost:\(port) broke off")
    }
    _ = consume link
}

@Test(arguments: [
    "", "12", "zz", String(repeating: "0", count: 63), String(repeating: "0", count: 66),
])
func `what is no SHA-256 is no fingerprint`(_ text: String) {
    #expect(TLSFingerprint(text) == nil)
}

@Test func `a fingerprint is read as openssl prints it, in any case`() {
    let printed = (0..<32).map { Hex.string(UInt8($0 &+ 0xA0)) }.joined(separator: ":")
    #expect(TLSFingerprint(printed)?.description == printed)
    #expect(TLSFingerprint(printed.lowercased().replacing(":", with: "")) == TLSFingerprint(printed))
}
