import Foundation
import LinuxIO
import Operations
import Testing
import Wire

@testable import Daemon

@Suite struct PasswordFileTests {
    /// Tries to call a library system whose password is in this file; why that did not come about, and what was logged.
    private func call(_ path: String) async throws -> (refusal: LinkError?, said: [String]) {
        let text = """
            [ils]
            system = "koha"
            address = "127.0.0.1:9"
            user = "rfid"
            password-file = "\(path)"
            """
        let system = try #require(try ConfigurationFile.parse(text, file: "pressmark.toml").librarySystem)
        let log = SpokenLog()
        let setup = Composition.circulation(system, on: try Readiness(), logger: log.logger)
        do throws(LinkError) {
            _ = try await setup.open()
            return (nil, log.lines)
        } catch {
            return (error, log.lines)
        }
    }

    @Test func `a password that is not there keeps the library system alone from being asked`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "none-\(UUID().uuidString)").path
        let (refusal, said) = try await call(path)
        #expect("\(try #require(refusal))" == "ils.password-file: \(path) cannot be read")
        #expect(refusal?.hint?.contains("ls -l \(path)") == true)
        #expect(said.count == 1)
        let words = "critical: the library system is not asked, cause: ils.password-file: \(path)"
        #expect(said.first?.hasPrefix(words) == true)
    }

    @Test func `a password that everybody can read is not used`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "open-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "secret\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let (refusal, said) = try await call(path)
        #expect("\(try #require(refusal))" == "ils.password-file: \(path) is open to everybody")
        #expect(refusal?.hint?.hasPrefix("chmod o= \(path)") == true)
        #expect(said.count == 1)
        #expect(said.first?.contains("secret") == false)
    }
}
