import Foundation
import Glibc
import Testing

@testable import Daemon

@Suite struct UnreadableTextTests {
    private static func mistake(at path: String) -> ConfigurationMistake? {
        do throws(ConfigurationError) {
            _ = try ConfigurationFile.text(of: path)
            return nil
        } catch {
            return error.mistakes.first
        }
    }

    @Test func `a configuration that is not there, is a folder or no text is told as that`() throws {
        #expect(Self.mistake(at: "/nowhere/pressmark.toml")?.found == "no file")
        #expect(Self.mistake(at: "/")?.found == "a folder")
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).toml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data([0xFF, 0xFE, 0x00]).write(to: file)
        #expect(Self.mistake(at: file.path)?.found == "no UTF-8 text")
    }

    @Test func `who lacks the permission is told so, and how the daemon reads it`() {
        let mistake = ConfigurationFile.unreadable(UnreadableText.found(EACCES))
        #expect(mistake.found == "no permission to read it")
        #expect(mistake.hint?.contains("sudo -u pressmark") == true)
        #expect(ConfigurationFile.unreadable(UnreadableText.found(ENOENT)).hint?.contains("sudo") == false)
    }

    @Test func `a file of changes that is no TOML is told in one sentence`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).toml")
        defer { try? FileManager.default.removeItem(at: file) }
        try "a = \n".write(to: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: ConfigurationError.self) { try SettingsFile.read(file.path) }
        #expect(error?.mistakes.first?.description.hasPrefix("line 1: changes: found no TOML, wanted ") == true)
    }
}
