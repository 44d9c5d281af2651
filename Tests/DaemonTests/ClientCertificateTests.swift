import Foundation
import Glibc
import LinuxIO
import Logging
import Operations
import Readers
import Testing
import Wire

@testable import Daemon

/// `openssl s_server` that lets nobody in but who shows a certificate it trusts; it sends every line back turned round.
private final class DemandingServer {
    let port: UInt16
    private let process = Process()

    /// - Parameter trusted: the certificate that callers must show.
    init(_ own: TestCertificate, trusted: TestCertificate, version: String) throws {
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-cert", own.path, "-key", own.identity.keyPath,
            "-CAfile", trusted.path, "-Verify", "1", "-verify_return_error", "-rev", version,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // Its first lines say which port the kernel gave it.
        var text = ""
        var found: UInt16?
        while found == nil {
            let bytes = output.fileHandleForReading.availableData
            try #require(!bytes.isEmpty, "openssl s_server ended: \(text)")
            text += String(decoding: bytes, as: UTF8.self)
            let lines = text.split(separator: "\n").dropLast(text.hasSuffix("\n") ? 0 : 1)
            let line = lines.first { $0.hasPrefix("ACCEPT") }
            found = line?.split(separator: ":").last.flatMap { UInt16($0) }
        }
        port = try #require(found)
    }

    deinit {
        // It inherits the signal mask of one of our threads, in which its end may be held back.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

/// The two places from which we call with TLS.
private enum Caller: CaseIterable, Sendable {
    case reader, librarySystem

    /// The line as a configuration file describes it.
    func open(
        _ port: UInt16,
        trusting fingerprint: String,
        as identity: TLSIdentity?,
        on readiness: Readiness
    ) async throws -> any Link & ~Copyable {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        switch self {
        case .reader:
            let own = identity.map { "tls-certificate = \"\($0.certificatePath)\"\ntls-key = \"\($0.keyPath)\"" }
            let text = """
                [[reader]]
                name = "pad-1"
                role = "pad"
                driver = "feig"
                tcp = "127.0.0.1:\(port)"
                tls = true
                tls-fingerprint = "\(fingerprint)"
                \(own ?? "")
                """
            let readers = try ConfigurationFile.parse(text, file: "pressmark.toml").readers
            let places = try ReaderPlaces(readers, readiness: readiness, logger: logger)
            return try await #require(try places.setups(readers).first).openLink()
        case .librarySystem:
            let own = identity.map { ", certificate = \"\($0.certificatePath)\", key = \"\($0.keyPath)\"" }
            let text = """
                [ils]
                system = "koha"
                address = "127.0.0.1:\(port)"
                tls = { fingerprint = "\(fingerprint)"\(own ?? "") }
                """
            let file = try ConfigurationFile.parse(text, file: "pressmark.toml")
            let system = try #require(file.librarySystem)
            return try await Composition.circulation(system, on: readiness, logger: logger).open()
        }
    }
}

/// Speaks over the line; what came back, or why nothing did.
private func spoken(
    _ caller: Caller,
    _ server: DemandingServer,
    trusting fingerprint: String,
    as identity: TLSIdentity?,
    on readiness: Readiness
) async throws -> Result<String, LinkError> {
    do {
        var link = try await caller.open(server.port, trusting: fingerprint, as: identity, on: readiness)
        try await link.send(Array("9900302.00\n".utf8))
        var heard: [UInt8] = []
        while heard.last != 0x0A { heard += try await link.receive(within: .seconds(120)) }
        return .success(String(decoding: heard, as: UTF8.self))
    } catch let error as LinkError {
        return .failure(error)
    }
}

@Suite(.serialized) struct ClientCertificateTests {
    @Test(.timeLimit(.minutes(5)), arguments: Caller.allCases, ["-tls1_3", "-tls1_2"])
    private func `who demands a certificate of ours gets it, and a refusal says what to do`(
        _ caller: Caller,
        _ version: String
    ) async throws {
        let (theirs, ours, another) = (try TestCertificate(), try TestCertificate(), try TestCertificate())
        defer { for made in [theirs, ours, another] { try? FileManager.default.removeItem(at: made.folder) } }
        let server = try DemandingServer(theirs, trusted: ours, version: version)
        let readiness = try Readiness()
        func speak(as identity: TLSIdentity?) async throws -> Result<String, LinkError> {
            try await spoken(caller, server, trusting: theirs.fingerprint, as: identity, on: readiness)
        }

        #expect(try await speak(as: ours.identity) == .success("00.2030099\n"))

        guard case .failure(let missing) = try await speak(as: nil) else {
            Issue.record("let in without a certificate")
            return
        }
        #expect(missing.hint?.contains("tls-certificate and tls-key") == true, "\(missing)")

        guard case .failure(let doubted) = try await speak(as: another.identity) else {
            Issue.record("let in with a certificate that nobody trusts")
            return
        }
        #expect(doubted.hint?.contains("does not take \(another.path)") == true, "\(doubted)")
        // Neither refusal does the server or us any harm.
        #expect(try await speak(as: ours.identity) == .success("00.2030099\n"))
    }

    @Test(arguments: Caller.allCases)
    private func `a key that others can read is not used`(_ caller: Caller) async throws {
        let ours = try TestCertificate()
        defer { try? FileManager.default.removeItem(at: ours.folder) }
        let key = URL(filePath: ours.identity.keyPath).resolvingSymlinksInPath().path
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        // Nobody is called: the discard port (RFC 863) need not be open.
        await #expect(
            throws: LinkError.refused(
                reason: "\(key): found mode 644, so that others can read it",
                hint: "chmod 600 \(key)"
            )
        ) {
            _ = try await caller.open(9, trusting: ours.fingerprint, as: ours.identity, on: try Readiness())
        }
        try FileManager.default.removeItem(atPath: key)
        await #expect {
            _ = try await caller.open(9, trusting: ours.fingerprint, as: ours.identity, on: try Readiness())
        } throws: { error in
            guard case .refused(let reason, _) = error as? LinkError else { return false }
            return reason.contains("no such file")
        }
    }

    @Test func `a proxy does not take its port with a key that others can read`() throws {
        let ours = try TestCertificate()
        defer { try? FileManager.default.removeItem(at: ours.folder) }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: ours.identity.keyPath)
        let proxies = try ours.proxy(to: "127.0.0.1:9").proxies
        #expect {
            _ = try Composition.doors(proxies, rules: CirculationRules(), on: try Readiness())
        } throws: { error in
            guard let failure = error as? StartFailure else { return false }
            return failure.description.contains("found mode 640") && failure.hint?.hasPrefix("chmod 600 ") == true
        }
    }
}
