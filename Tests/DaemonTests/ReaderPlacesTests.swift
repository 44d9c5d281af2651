import Foundation
import LinuxIO
import Logging
import Operations
import Readers
import Testing
import Wire

@testable import Daemon

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

/// Calls as stations do, again and again: on a machine with much else to do the reader's side may be late with its greeting.
private func answered(_ setup: StationSetup) async throws(LinkError) -> any Link & ~Copyable {
    for _ in 1..<6 {
        do throws(LinkError) {
            return try await setup.openLink()
        } catch .refused(let reason, _) where reason.contains("does not answer") {
            continue
        }
    }
    return try await setup.openLink()
}

@Test func `a reader behind TLS is opened by its fingerprint, and not without`() async throws {
    let certificate = try TestCertificate()
    defer { try? FileManager.default.removeItem(at: certificate.folder) }
    let readiness = try Readiness()
    let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
    let port = listener.port
    let hidden = HiddenReader(listener, certificate.identity)
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

    let trusted = try setup("tls = true\ntls-fingerprint = \"\(certificate.fingerprint)\"")
    do {
        // The reader serves one caller after another: the first one has to leave.
        let reader = try await trusted.driver.open(try await answered(trusted))
        #expect(!reader.information.model.isEmpty)
    }
    let doubtful = try setup("tls = true")
    await #expect {
        _ = try await answered(doubtful)
    } throws: { error in
        guard case .refused(let reason, let hint) = error as? LinkError else { return false }
        return reason.contains("not trusted") && hint.contains(certificate.fingerprint)
    }
    server.cancel()
    await server.value
}

@Test func `a reader on USB that comes where there is none is refused with what helps, and others are not`() throws {
    let head = "[[reader]]\nrole = \"pad\"\ndriver = \"feig\"\n"
    func readers(_ text: String) throws -> [Configuration.Reader] {
        try ConfigurationFile.parse(text, file: "pressmark.toml").readers
    }
    try ReaderPlaces.checkWithoutUSB(readers(head + "name = \"pad-1\"\nserial = \"/dev/ttyUSB0\"\n"))
    let refused = try readers(head + "name = \"pad-2\"\nusb = \"0ab1:0002\"\n")
    let failure = #expect(throws: StartFailure.self) { try ReaderPlaces.checkWithoutUSB(refused) }
    #expect(failure?.description == "reader pad-2, usb 0AB1:0002: found no USB for this service, wanted it")
    #expect(failure.map { Reloader.mistakes($0) } == ["\(failure?.description ?? "")\n  hint: \(failure?.hint ?? "")"])
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
