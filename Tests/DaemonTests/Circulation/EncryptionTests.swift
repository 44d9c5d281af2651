import Foundation
import Library
import LinuxIO
import Logging
import Operations
import SIP2
import Testing
import Wire

@testable import Daemon

private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// The emulated library system behind a port that speaks nothing but TLS.
private actor EncryptedSystem {
    nonisolated let port: UInt16
    nonisolated let bench = LibrarySystemBench(
        LibrarySystemRecords(items: ["B0001": .init(title: "Æbler")], patrons: ["P0001": .init(name: "A")])
    )
    private let identity: TLSIdentity
    private var listener: TCPListener?

    init(_ identity: TLSIdentity, on readiness: Readiness) throws {
        let listener = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness)
        port = listener.port
        self.listener = consume listener
        self.identity = identity
    }

    /// Serves one caller after the other until cancelled.
    func run() async {
        guard var listener = listener.take() else { return }
        while !Task.isCancelled {
            do throws(LinkError) {
                let call = try await listener.accept(within: .seconds(60))
                var link = try await TLSLink.server(over: call, peer: "caller", identity: identity)
                var twin = LibrarySystemTwin(manner: .plain)
                while true {
                    for step in await bench.receive(try await link.receive(within: .seconds(60)), by: &twin) {
                        if case .send(let answer) = step { try await link.send(answer) }
                    }
                }
            } catch {
                continue
            }
        }
    }
}

private func system(_ port: UInt16, _ tls: String) throws -> Configuration.LibrarySystem {
    let text = "[ils]\nsystem = \"koha\"\naddress = \"127.0.0.1:\(port)\"\n\(tls)\n"
    return try #require(try ConfigurationFile.parse(text, file: "pressmark.toml").librarySystem)
}

/// Asks the system over the way that the configuration describes.
private func ask(_ system: Configuration.LibrarySystem, on readiness: Readiness) async throws -> String? {
    let setup = Composition.circulation(system, on: readiness, logger: logger)
    var connection = SIP2Connection(account: setup.settings.account, open: setup.open)
    do throws(SIP2Error) {
        try await connection.ping()
        return nil
    } catch {
        return "\(error)"
    }
}

@Suite(.serialized, .timeLimit(.minutes(10))) struct EncryptionTests {
    @Test func `the library system is asked through TLS, and only when it is the one that was meant`() async throws {
        let (certificate, readiness) = (try TestCertificate(), try Readiness())
        let server = try EncryptedSystem(certificate.identity, on: readiness)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            defer { group.cancelAll() }
            for trusted in [
                "tls = { fingerprint = \"\(certificate.fingerprint)\" }",
                "[ils.tls]\nauthority = \"\(certificate.path)\"\nname = \"ils.test\"",
            ] {
                #expect(try await ask(try system(server.port, trusted), on: readiness) == nil)
            }
            let first = certificate.fingerprint.hasPrefix("00") ? "01" : "00"
            let other = first + certificate.fingerprint.dropFirst(2)
            for (refused, reason) in [
                ("tls = { fingerprint = \"\(other)\" }", "found the certificate"),
                ("tls = { authority = \"\(certificate.path)\" }", "certificate"),
                ("tls = true", "not trusted"),
            ] {
                let told = try await ask(try system(server.port, refused), on: readiness)
                #expect(told?.contains(reason) == true, "\(refused): \(told ?? "was let in")")
            }
            // Without TLS nothing of ours is understood there.
            var plain = try system(server.port, "tls = false")
            plain.timeout = 1
            plain.patience = 1
            #expect(try await ask(plain, on: readiness) != nil)
        }
    }

    @Test func `a proxy speaks TLS on both sides, and every byte passes as it came`() async throws {
        let (certificate, readiness) = (try TestCertificate(), try Readiness())
        let server = try EncryptedSystem(certificate.identity, on: readiness)
        let configuration = try certificate.proxy(
            to: "127.0.0.1:\(server.port)",
            "tls = { fingerprint = \"\(certificate.fingerprint)\" }"
        )
        let (settings, door) = try #require(
            try Composition.doors(configuration.proxies, rules: CirculationRules(), on: readiness).first
        )
        let time = Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { try await Task.sleep(for: $0) })
        let proxy = CirculationProxy(settings, time: time, logger: logger) { _ in .followed }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            group.addTask { await proxy.run() }
            group.addTask { await door.run(proxy, logger: logger) }
            defer { group.cancelAll() }
            let fingerprint = try #require(TLSFingerprint(certificate.fingerprint))
            var kiosk = try await TLSLink<TCPLink>.connect(
                host: "127.0.0.1",
                port: door.port,
                settings: TLSSettings(trust: .certificate(fingerprint)),
                on: readiness
            )
            try await kiosk.send(Array("9300CNu|COp|CPdesk|AY0AZF819\r".utf8))
            var heard: [UInt8] = []
            while !heard.contains(0x0D) { heard += try await kiosk.receive(within: .seconds(30)) }
            let frame = try SIP2Frame(heard.filter { $0 != 0x0D })
            #expect(frame.bytes == Array("941AY0AZFDFD".utf8))
        }
    }

    @Test func `a kiosk that cannot be greeted is named in the log`() async throws {
        let (certificate, readiness, heard) = (try TestCertificate(), try Readiness(), SpokenLog())
        let configuration = try certificate.proxy(to: "127.0.0.1:9")
        let door = ProxyDoor(try #require(configuration.proxies.first), on: readiness)
        let time = Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { try await Task.sleep(for: $0) })
        let settings = ProxySettings(name: "kiosk-1", reader: "pad-1")
        let proxy = CirculationProxy(settings, time: time, logger: logger) { _ in .followed }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await door.run(proxy, logger: heard.logger) }
            defer { group.cancelAll() }
            // What a kiosk without TLS says.
            var kiosk = try await TCPLink.connect(host: "127.0.0.1", port: door.port, on: readiness)
            try await kiosk.send(Array("9300CNu|COp|CPdesk|AY0AZF819\r".utf8))
            try await waited { !heard.lines.isEmpty }
            _ = consume kiosk
        }
        let line = try #require(heard.lines.first)
        #expect(line.contains(": proxy: kiosk, ") && line.contains(", from: 127.0.0.1"), "\(line)")
    }

    @Test func `a proxy says whose certificate it does not take, and no more once it does`() async throws {
        let (certificate, readiness) = (try TestCertificate(), try Readiness())
        let server = try EncryptedSystem(certificate.identity, on: readiness)
        let time = Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { try await Task.sleep(for: $0) })
        let settings = ProxySettings(name: "kiosk-1", reader: "pad-1")
        let proxy = CirculationProxy(settings, time: time, logger: logger) { _ in .followed }
        let doors = try ["other.test", "ils.test"].map { name in
            let text = """
                [[reader]]
                name = "pad-1"
                role = "pad"
                driver = "feig"
                serial = "/dev/null"
                [[proxy]]
                name = "kiosk-1"
                listen = "127.0.0.1:0"
                reader = "pad-1"
                system = "127.0.0.1:\(server.port)"
                tls = { authority = "\(certificate.path)", name = "\(name)" }
                """
            let configuration = try ConfigurationFile.parse(text, file: "pressmark.toml")
            return ProxyDoor(try #require(configuration.proxies.first), on: readiness)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            for door in doors { group.addTask { await door.run(proxy, logger: logger) } }
            defer { group.cancelAll() }
            let lost = try await TCPLink.connect(host: "127.0.0.1", port: doors[0].port, on: readiness)
            try await waited { await proxy.report.systemTrouble != nil }
            _ = consume lost
            let report = await proxy.report
            #expect(report.systemTrouble?.contains("found a certificate that is not trusted") == true)
            #expect(report.systemHint?.contains("tls-name") == true)
            var kiosk = try await TCPLink.connect(host: "127.0.0.1", port: doors[1].port, on: readiness)
            try await kiosk.send(Array("9300CNu|COp|CPdesk|AY0AZF819\r".utf8))
            let answer = try await kiosk.receive(within: .seconds(120))
            #expect(answer.first == 0x39)
            #expect(await proxy.report.systemTrouble == nil)
        }
    }

    @Test(
        arguments: [
            ("tls = \"yes\"", "true or false"), ("tls = { fingerprint = \"12\" }", "64 hexadecimal digits"),
            ("tls = { authority = \"a\", fingerprint = \"\(String(repeating: "00", count: 32))\" }", "one of the two"),
            ("tls = { certificate = \"a\" }", "PEM file"), ("tls = { trust = \"all\" }", "unknown key"),
        ]
    )
    func `a mistake about TLS is told with what would be right`(_ line: String, _ wanted: String) {
        let text = "[ils]\nsystem = \"koha\"\naddress = \"ils:6001\"\n\(line)\n"
        do throws(ConfigurationError) {
            _ = try ConfigurationFile.parse(text, file: "pressmark.toml")
            Issue.record("\(line) was taken")
        } catch {
            #expect(error.mistakes.contains { $0.description.contains(wanted) }, "\(error.mistakes)")
        }
    }
}
