import API
import Testing

@testable import Command

@Suite struct SettingsTextTests {
    private func setting(_ key: String, _ kind: SettingKind, _ value: SettingValue? = nil) -> Setting {
        Setting(
            key: key,
            kind: kind,
            value: value,
            next: nil,
            waits: false,
            origin: .standard,
            effect: .restart,
            changeable: true,
            hidden: false,
            words: []
        )
    }

    @Test(
        arguments: [
            (.text, "Town = Library", .text("Town = Library")), (.byte, "0xC2", .number(0xC2)),
            (.number, "12", .number(12)), (.texts, "DE-1, DE-1a", .texts(["DE-1", "DE-1a"])), (.texts, "", .texts([])),
            (.bytes, "0x21,7", .numbers([0x21, 7])), (.truth, "true", .truth(true)), (.word, "afi", .text("afi")),
        ] as [(SettingKind, String, SettingValue)]
    )
    func `a value is read as its setting wants it`(_ kind: SettingKind, _ text: String, _ value: SettingValue) throws {
        let settings = [setting("other", .text), setting("security.some", kind)]
        let change = try SettingsText.change("security.some=\(text)", among: settings)
        #expect(change == SettingsRequest.Change(key: "security.some", value: value))
    }

    @Test(arguments: ["security.some", "else=1", "security.some=0xZZ", "security.some="])
    func `what cannot be read is refused before anything is asked for`(_ text: String) {
        #expect(throws: Complaint.self) {
            try SettingsText.change(text, among: [setting("security.some", .byte)])
        }
    }

    @Test func `a name with which no setting begins is a mistake, that none has changed is an answer`() throws {
        let settings = [setting("security.armed", .byte), setting("state", .text)]
        let found = try SettingsShowCommand.chosen(settings, name: "security", changed: false)
        #expect(found.map(\.key) == ["security.armed"])
        #expect(try SettingsShowCommand.chosen(settings, name: "security", changed: true).isEmpty)
        #expect(try SettingsShowCommand.chosen(settings, name: nil, changed: false).count == 2)
        let complaint = #expect(throws: Complaint.self) {
            try SettingsShowCommand.chosen(settings, name: "securty", changed: false)
        }
        #expect(complaint?.message == "securty: found no setting that begins so")
    }

    @Test func `settings stand in a table that says what waits and what is not shown`() throws {
        var waiting = setting("security.armed", .byte, .number(7))
        (waiting.waits, waiting.next, waiting.origin) = (true, .number(0xE2), .page)
        var secret = setting("notice.chat.url", .text)
        (secret.hidden, secret.changeable, secret.origin) = (true, false, .file)
        let page = SettingsPage(
            settings: Settings(file: "/etc/pressmark/pressmark.toml", changesFile: nil, settings: [waiting, secret]),
            palette: Palette(isOn: false)
        ).lines
        try #require(page.count == 4)
        #expect(page[1].contains("0x07") && page[1].hasSuffix("0xE2 after a restart"))
        #expect(page[2].contains("(not shown)") && page[2].hasSuffix("in the file alone"))
        #expect(page[3] == "configuration file: /etc/pressmark/pressmark.toml")
    }

    @Test func `what a change means is told with the tags that it is about`() {
        let outcome = SettingsOutcome(
            changes: [
                .init(key: "security.armed", kind: .byte, before: .number(7), after: .number(0xE2), effect: .restart)
            ],
            tagsBefore: .init(secured: 3, released: 1, other: 0, foreign: 0),
            tagsAfter: .init(secured: 0, released: 1, other: 3, foreign: 0),
            notes: ["a note"],
            silence: "none of them would sound",
            restart: true
        )
        let palette = Palette(isOn: false)
        let tried = SettingsOutcomePage(outcome: outcome, isDryRun: true, palette: palette).lines
        #expect(tried.first == "security.armed: 0x07 -> 0xE2 (after a restart)")
        #expect(tried.contains("known tags after it:  0 secured, 1 released, 3 with other values, 0 of other owners"))
        #expect(tried.suffix(3) == ["note: a note", "warning: none of them would sound", "nothing was changed"])
        let done = SettingsOutcomePage(outcome: outcome, isDryRun: false, palette: palette).lines
        #expect(done.last == "in force after: systemctl restart pressmarkd")
    }
}
