import Foundation
import Operations
import Testing

@testable import Daemon

@Suite struct SettingsOverlayTests {
    private static let file = """
        [library]
        name = "Town \\"Old\\" Library"
        isil = ["DE-1"]
        [security]
        armed = 0x07
        [discovery]
        serial = ["/dev/ttyUSB1"]
        tcp = ["192.0.2.9"]
        [[reader]]
        name = "pad-1"
        role = "pad"
        driver = "feig"
        serial = "/dev/ttyUSB0"
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        tcp = "192.0.2.1:10001"
        [[siren]]
        gate = "gate-1"
        chip = "cp210x"
        offset = 2
        [[shelf-order.prefix]]
        word = "REF"
        rank = 5
        """

    private func base() throws -> ConfigurationTree { try ConfigurationTree(Self.file) }

    private func order(
        _ changes: (String, SiteValue?)...,
        readers: [SettingsOrder.NewReader] = []
    ) -> SettingsOrder {
        SettingsOrder(changes: changes.map { .init(key: $0.0, value: $0.1) }, readers: readers)
    }

    private func found(
        _ name: String,
        _ line: SettingsOrder.NewReader.Line = .serial,
        at address: String = "/dev/ttyUSB1"
    ) -> SettingsOrder.NewReader {
        .init(name: name, role: "pad", driver: "feig", line: line, address: address)
    }

    @Test func `a file that is written again means the same`() throws {
        let text = try base().text
        #expect(try ConfigurationTree(text) == base())
        let again = try ConfigurationFile.parse(text, file: "again")
        #expect(try again == ConfigurationFile.parse(Self.file, file: "first"))
        #expect(again.library.name == "Town \"Old\" Library")
    }

    @Test(arguments: ["tab\tand\nline", "\"quotes\" \\ and ü 漢", "\u{7F}\u{1}", "[[reader]]", ""])
    func `no text breaks out of its quotes`(_ text: String) throws {
        var tree = ConfigurationTree.table([:])
        tree.set("library.name", .text(text))
        #expect(try ConfigurationTree(tree.text) == tree)
    }

    @Test func `changes are laid over the file, and go again`() throws {
        let overlay = try SettingsOverlay().following(
            order(
                ("security.armed", .number(0xE2)),
                ("library.name", .text("Village Library")),
                ("sweep.passes", .number(2))
            ),
            over: base()
        )
        let new = try ConfigurationFile.parse(overlay.laid(over: base()).text, file: "test")
        #expect(new.security.armed == 0xE2)
        #expect(new.library.name == "Village Library")
        #expect(new.library.isil == ["DE-1"])
        #expect(new.sweep.passes == 2)
        let back = try overlay.following(order(("security.armed", nil), ("library.name", nil)), over: base())
        #expect(back.values == ["sweep.passes": .number(2)])
        // What the file, or nobody, says anyway is no change.
        #expect(try back.following(order(("sweep.passes", .number(1))), over: base()).isEmpty)
    }

    @Test func `what is kept is read again as it was written`() throws {
        let overlay = try SettingsOverlay().following(
            order(
                ("security.also-armed", .numbers([0x21])),
                ("reader.pad-1.name", .text("desk")),
                ("reader.pad-1.interval", .number(50)),
                readers: [found("pad-2")]
            ),
            over: base()
        )
        var mistakes: [String] = []
        let again = SettingsOverlay(try ConfigurationTree(overlay.tree.text), mistakes: &mistakes)
        #expect(again == overlay)
        #expect(mistakes == [])
    }

    @Test func `a reader's new name is followed wherever the file speaks of it`() throws {
        let overlay = try SettingsOverlay().following(
            order(("reader.gate-1.name", .text("exit")), ("reader.pad-1.role", .text("wand"))),
            over: base()
        )
        let new = try ConfigurationFile.parse(overlay.laid(over: base()).text, file: "test")
        try #require(new.readers.map(\.name) == ["pad-1", "exit"])
        #expect(new.readers[0].role == .wand)
        #expect(new.gate.outputs.map(\.gate) == ["exit"])
        // It is known under either name, and gets its own back.
        for name in ["gate-1", "exit"] {
            let back = try overlay.following(
                order(("reader.\(name).name", nil), ("reader.pad-1.role", nil)),
                over: base()
            )
            #expect(back.isEmpty, "\(name)")
        }
    }

    @Test func `a reader that was found is added where the site lets readers be looked for, and nowhere else`() throws {
        let overlay = try SettingsOverlay().following(
            order(readers: [found("pad-2"), found("far", .tcp, at: "192.0.2.9"), found("stick", .usb, at: "auto")]),
            over: base()
        )
        let new = try ConfigurationFile.parse(overlay.laid(over: base()).text, file: "test")
        #expect(new.readers.map(\.name) == ["pad-1", "gate-1", "pad-2", "far", "stick"])
        for (line, address) in [
            (.serial, "/dev/sda"), (.serial, "/etc/passwd"), (.tcp, "203.0.113.7:22"), (.usb, "1234:5678"),
        ] as [(SettingsOrder.NewReader.Line, String)] {
            #expect(throws: SettingsRefusal.self, "\(address)") {
                try SettingsOverlay().following(order(readers: [found("new", line, at: address)]), over: base())
            }
        }
        let wanted = "wanted one that discovery.tcp in the configuration file lists: it lists none"
        let (empty, far) = (try ConfigurationTree(""), found("new", .tcp, at: "203.0.113.7:22"))
        #expect(throws: SettingsRefusal.mistakes(["tcp: found '203.0.113.7:22', \(wanted)"])) {
            try SettingsOverlay().following(order(readers: [far]), over: empty)
        }
        let renamed = try overlay.following(order(("reader.pad-2.name", .text("desk"))), over: base())
        #expect(renamed.readers.first?.name == "desk")
        let gone = try renamed.following(order(("reader.desk", nil)), over: base())
        #expect(gone.readers.map(\.name) == ["far", "stick"])
        #expect(throws: SettingsRefusal.self) { try gone.following(order(("reader.pad-1", nil)), over: base()) }
    }

    @Test(
        arguments: [
            ("http.port", .number(80)), ("state", .text("/tmp")), ("tags.lock", .texts(["primaryItemIdentifier"])),
            ("ils.password-file", .text("/etc/shadow")), ("gate.rules", .text("/tmp/rules")),
            ("reader.pad-1.serial", .text("/dev/sda")), ("discovery.serial", .texts(["/dev/sda"])),
            ("notice.chat.url", .text("https://example.org")),
        ] as [(String, SiteValue)]
    )
    func `what is the administrator's is not changed`(_ key: String, _ value: SiteValue) throws {
        let base = try base()
        let change = order((key, value))
        #expect {
            try SettingsOverlay().following(change, over: base)
        } throws: { error in
            if case SettingsRefusal.fixed? = error as? SettingsRefusal { true } else { false }
        }
    }

    @Test(arguments: ["nonsense", "library.names", "reader.none.role", "reader.pad-1.colour", "", "reader."])
    func `a setting that is none is told`(_ key: String) throws {
        let base = try base()
        let change = order((key, .text("x")))
        #expect(throws: SettingsRefusal.unknown(key: key)) { try SettingsOverlay().following(change, over: base) }
    }

    @Test(arguments: ["", "a/b", "a b", String(repeating: "x", count: 41), "x\ny"])
    func `a name that would stand in addresses and topics is a plain one`(_ name: String) throws {
        let base = try base()
        #expect(throws: SettingsRefusal.self) {
            try SettingsOverlay().following(order(("reader.pad-1.name", .text(name))), over: base)
        }
    }

    @Test func `a file of changes that says more than it may is refused with its key`() throws {
        var mistakes: [String] = []
        _ = SettingsOverlay(
            try ConfigurationTree("[http]\nloopback = \"admin\"\n[security]\narmed = 7\npassword-file = \"x\""),
            mistakes: &mistakes
        )
        #expect(mistakes.count == 2)
        #expect(mistakes.allSatisfy { $0.hasPrefix("http.loopback") || $0.hasPrefix("security.password-file") })
    }

    @Test func `what was said of a reader that the file has no more is passed over`() throws {
        let overlay = SettingsOverlay(readers: [.init(name: "gone", newName: "else", values: ["role": .text("pad")])])
        #expect(try overlay.laid(over: base()) == base())
        // So is an added one that the administrator has named by now.
        let added = SettingsOverlay(readers: [
            .init(name: "pad-1", values: ["driver": .text("feig"), "role": .text("gate"), "serial": .text("/dev/x")])
        ])
        #expect(try added.laid(over: base()) == base())
    }
}
