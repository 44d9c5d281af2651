import Foundation
import Library
import Operations
import Testing

@testable import Daemon

private func parse(_ text: String) throws(ConfigurationError) -> Configuration.Security {
    try ConfigurationFile.parse(text, file: "pressmark.toml").security
}

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: text).map(\.description)
}

@Suite struct SecurityConfigurationTests {
    @Test func `what is left out is the policy that most libraries use`() throws {
        #expect(SecurityPolicy(try parse("[security]\n"), institutions: []) == SecurityPolicy())
        #expect(SecurityPolicy(try parse(""), institutions: ["DK-718500"]).ownInstitutions == ["DK-718500"])
    }

    @Test func `a site decides about values, means, devices and rows`() throws {
        let policy = SecurityPolicy(
            try parse(
                """
                [security]
                armed = 0x9E
                released = 0x9D
                also-armed = [0x07, 0xDA]
                also-released = [0xC2]
                mechanism = "both"
                repair = ["pad", "wand"]
                unfinished = "undo"
                fresh-minutes = 60
                tags-without-owner = false
                [[security.rule]]
                tags = "disarmed"
                item = "in library"
                gate = "alarm"
                pad = "tell"
                """
            )
        )
        #expect(policy.value(for: .armed) == 0x9E && policy.value(for: .disarmed) == 0x9D)
        #expect(policy.alsoArmed == [0x07, 0xDA] && policy.alsoDisarmed == [0xC2] && policy.mechanism == .both)
        #expect(policy.table.repairs == [.pad, .wand] && policy.unfinished == .undo)
        #expect(policy.freshness == .seconds(3600) && !policy.acceptsTagsWithoutOwner)
        let row = policy.table.row(.disarmed, .inLibrary)
        #expect(row.gate == .alarm && row.pad == .tell && row.wand == .arm && row.kiosk == .lend)
        #expect(policy.table.repair(.disarmed, .inLibrary, by: .pad) == nil)
    }

    @Test(
        arguments: [
            (
                "mechanism = \"magnet\"",
                "line 2: security.mechanism: found \"magnet\", wanted one of \"afi\", \"eas\", \"both\""
            ),
            (
                "repair = [\"pad\", \"door\"]",
                "line 2: security.repair: found \"door\", wanted one of \"pad\", \"wand\", \"gate\""
            ),
            ("also-armed = [0xC2]", "AFI C2 stands for armed and for disarmed"),
            ("also-armed = [256]", "line 2: security.also-armed"),
            ("unfinished = \"wait\"", "wanted one of \"finish\", \"undo\""),
            ("fresh-minutes = 0", "wanted a whole number from 1 to 1440"),
            ("[[security.rule]]\ntags = \"armed\"\ngate = \"log\"", "line 2: security.rule[0].item: found nothing"),
            (
                "[[security.rule]]\ntags = \"armed\"\nitem = \"in library\"",
                "found nothing that changes, wanted one of pad, kiosk, gate, wand"
            ),
            (
                "[[security.rule]]\ntags = \"armed\"\nitem = \"in library\"\ngate = \"silent\"",
                "found an own item that is not lent never passes unnoticed"
            ),
            (
                "[[security.rule]]\ntags = \"armed\"\nitem = \"other library's\"\ngate = \"alarm\"",
                "found no alarm for what is not known to be ours"
            ),
        ]
    )
    func `a mistake is told with its line`(_ line: String, _ told: String) {
        let found = mistakes("[security]\n\(line)\n")
        #expect(found.contains { $0.contains(told) }, "\(found)")
    }
}

@Suite struct TagPasswordFileTests {
    private func file(_ text: String, mode: Int = 0o600) throws -> TagPasswordFile {
        let url = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).password")
        try text.write(to: url, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
        return TagPasswordFile(path: url.path)
    }

    private func failure(_ file: TagPasswordFile) -> StartFailure? {
        do {
            _ = try file.read()
            return nil
        } catch {
            return error as? StartFailure
        }
    }

    @Test func `eight digits are a password, whatever stands around them, and nothing ever shows it`() throws {
        let password = try file("5A 5B5C 5D\n").read()
        #expect("\(password)" == "EAS/AFI password, not shown")
        var dump = ""
        Swift.dump(password, to: &dump)
        #expect(!dump.contains("90") && !dump.contains("5A"))
    }

    @Test(arguments: ["5A5B5C5", "5A5B5C5D5E", "secret", ""])
    func `anything else is refused without a word of it`(_ text: String) throws {
        let told = try #require(failure(try file(text)))
        #expect("\(told.description) \(told.hint ?? "")".contains("eight hexadecimal digits"))
        #expect(text.isEmpty || !told.description.contains(text))
    }

    @Test(arguments: [0o640, 0o604, 0o644])
    func `a file that others can read is refused with a remedy`(_ mode: Int) throws {
        let file = try file("5A5B5C5D", mode: mode)
        let told = try #require(failure(file))
        #expect(told.description.contains("so that others can read it") && told.hint == "chmod 600 \(file.path)")
    }

    @Test func `a file that is not there says what would stand in it`() throws {
        let told = try #require(failure(TagPasswordFile(path: "/nowhere/at/all")))
        #expect(told.description.contains("/nowhere/at/all"))
        #expect(told.hint?.contains("eight hexadecimal digits") == true)
    }
}
