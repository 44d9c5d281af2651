import Foundation
import LinuxIO
import Logging
import Operations
import Readers
import Testing
import Wire

@testable import Daemon

/// A key and a certificate that are good for nothing but this test.
private let key = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIMtlbx8Er7+FrIOQz1t9xE4jvki8xtdseBBAVhO0YQOj
    -----END PRIVATE KEY-----

    """
private let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBQDCB86ADAgECAhQe/K4swoD1Bp7bRYfDG6ClfiEcZzAFBgMrZXAwFjEUMBIG
    A1UEAwwLcmVhZGVyLnRlc3QwHhcNMjYxMTI5MTU0MzUwWhcNMjYxMTMwMTU0MzUw
    WjAWMRQwEgYDVQQDDAtyZWFkZXIudGVzdDAqMAUGAytlcAMhAFDsOLROy86Tdx2U
    eNOdSU02d4VkexDM/G4grxQHFbK8o1MwUTAdBgNVHQ4EFgQU491zq0VecXIpg63D
    LKt4k4zXS7YwHwYDVR0jBBgwFoAU491zq0VecXIpg63DLKt4k4zXS7YwDwYDVR0T
    AQH/BAUwAwEB/zAFBgMrZXADQQBX/gUB5ZoqQ8szaTD2DVKpKvmkNK4/6tHK1Fuu
    FTJoNYf1K+9Podr6B8AHidP4eQNtR+8aR84L1M4+/4HcaCAG
    -----END CERTIFICATE-----

    """
private let fingerprint =
    "FC:13:F7:03:13:3D:8B:94:F1:96:EB:D9:38:01:F1:FF:93:90:1E:58:89:29:DA:29:12:7D:06:7E:1C:26:03:67"

private struct Emptiness: Air {
    mutating func setField(on: Bool) {}
    mutating func send(_ frame: [UInt8]) -> AirAnswer { .silence }
    mutating func endOfFrame() -> AirAnswer { .silence }
    mutating func wait(_ time: Duration) {}
}

/// A FEIG reader behind TLS that serves one caller after another.
private actor HiddenReader {
    private var listener: TCPListener?
    private let identity: TLSIdentity

    init(_ listener: consuming TCPListener, _ identity: TLSIdentity) {
        self.listener = consume listener
        self.identity = identity
    }

    func run() async {
        guard var listener = listener.take() else { return }
        while !Task.isCancelled { try? await Self.serve(&listener, identity) }
    }

    private static func serve(_ listener: inout TCPListener, _ identity: TLSIdentity) async throws {
        let caller = try await listener.accept(within: .seconds(120))
        var link = try await TLSLink.server(over: caller, peer: "caller", identity: identity, within: .seconds(120))
        var twin = FEIGDriver.twin()
        var air: any Air = Emptiness()
        while true {
            try await link.send(twin.receive(try await link.receive(within: .seconds(120)), air: &air))
        }
    }
}

@Test func `a reader behind TLS is opened by its fingerprint, and not without`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try key.write(to: folder.appending(path: "key.pem"), atomically: true, encoding: .utf8)
    try certificate.write(to: folder.appending(path: "own.pem"), atomically: true, encoding: .utf8)
    let readiness = try Readiness()
    let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let hidden = HiddenReader(
        listener,
        TLSIdentity(
            certificatePath: folder.appending(path: "own.pem").path,
            keyPath: folder.appending(path: "key.pem").path
        )
    )
    let server = Task { await hidden.run() }
    defer { server.cancel() }

    func setup(_ tls: String) throws -> StationSetup {
        let text = """
            [[reader]]
            name = "pad-1"
            role = "pad"
            driver = "feig"
            tcp = "127.0.0.1:\(port)"
            \(tls)
            """
        let readers = try ConfigurationFile.parse(text, file: "pressmark.toml").readers
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try #require(try ReaderPlaces(readers, readiness: readiness, logger: logger).setups(readers).first)
    }

    let trusted = try setup("tls = true\ntls-fingerprint = \"\(fingerprint)\"")
    let reader = try await trusted.driver.open(try await trusted.openLink())
    #expect(!reader.information.model.isEmpty)
    let doubtful = try setup("tls = true")
    await #expect {
        _ = try await doubtful.openLink()
    } throws: { error in
        guard case .refused(let reason, let hint) = error as? LinkError else { return false }
        return reason.contains("not trusted") && hint.contains(fingerprint)
    }
    server.cancel()
    await server.value
}

@Test func `a reader that has a station is not asked by somebody else what it is`() throws {
    let configuration = try ConfigurationFile.parse(
        """
        [discovery]
        serial = ["/dev/ttyUSB0", "/dev/ttyUSB1"]
        tcp = ["192.168.10.10:10001", "192.168.10.11", "Gate.example.org", "192.168.10.10:10002"]
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/ttyUSB0"
        [[reader]]
        name = "pad-2"
        role = "pad"
        driver = "feig"
        tcp = "192.168.10.10"
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        tcp = "gate.example.org:10003"
        """,
        file: "pressmark.toml"
    )
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let places = try ReaderPlaces(configuration.readers, readiness: try Readiness(), logger: logger)
    #expect(
        places.probe(configuration.discovery, readers: configuration.readers).places.map(\.name)
            == ["serial /dev/ttyUSB1", "tcp 192.168.10.11", "tcp 192.168.10.10:10002"]
    )
}
