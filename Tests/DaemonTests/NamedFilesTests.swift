import Foundation
import Testing

@testable import Daemon

/// What the start would stumble over is found by looking before.
@Suite struct NamedFilesTests {
    private static func failure(_ configuration: Configuration) -> StartFailure? {
        do {
            try NamedFiles.check(configuration)
            return nil
        } catch {
            return error as? StartFailure
        }
    }

    @Test func `a configuration that names no file is let pass`() {
        #expect(Self.failure(Configuration()) == nil)
    }

    @Test func `a password file that is not there is found`() {
        var configuration = Configuration()
        configuration.security.passwordFile = TagPasswordFile(path: "/nowhere/tag-password")
        #expect(Self.failure(configuration)?.description.hasPrefix("security.password-file: /nowhere/") == true)
    }

    @Test func `a key and a certificate that are not there are found`() throws {
        var configuration = Configuration()
        configuration.http.lan = Configuration.HTTP.LAN(
            address: "0.0.0.0",
            port: 7879,
            certificate: "/nowhere/cert.pem",
            key: "/nowhere/key.pem"
        )
        #expect(Self.failure(configuration)?.description.hasPrefix("http.lan.key: /nowhere/key.pem") == true)
        let key = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: key) }
        try "no key".write(to: key, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        configuration.http.lan?.key = key.path
        #expect(Self.failure(configuration) != nil)
    }

    @Test func `why a private file is not read is told in words, wherever it is printed`() {
        let refusal = PrivateFile.Refusal(cause: "/etc/hook: found no text", hint: nil)
        #expect("\(refusal)" == "/etc/hook: found no text")
    }
}
