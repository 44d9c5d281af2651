import Foundation
import Library
import Testing

@testable import Daemon

@Suite struct ConfigurationChangeTests {
    private func read(_ text: String) throws -> Configuration {
        try ConfigurationFile.parse(text, file: "pressmark.toml")
    }

    @Test func `every property of the configuration is compared`() {
        func names(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
        let compared = Set(ConfigurationChange.settings.map(\.property))
        var wanted = names(Configuration()).subtracting(["library"])
        wanted.formUnion(names(Configuration.LibrarySettings()).map { "library.\($0)" })
        #expect(compared == wanted)
    }

    @Test func `every key of the page's section is compared`() {
        let keys = ConfigurationChange.settings.filter { $0.property == "http" }.map(\.name)
        #expect(keys.count == Mirror(reflecting: Configuration.HTTP()).children.count)
    }

    @Test func `what can change at once is told apart from what waits for a restart`() throws {
        let old = try read("[http]\nport = 7878\n[library]\nshrink = 10")
        let new = try read(
            """
            [http]
            port = 8080
            [library]
            shrink = 20
            name = "Elsewhere"
            [sweep]
            passes = 2
            """
        )
        let change = ConfigurationChange(from: old, to: new)
        #expect(change.live == ["[library] shrink", "[sweep]"])
        #expect(change.waiting == ["[http] port", "[library] name"])
        let merged = ConfigurationChange.merged(old, with: new)
        #expect(merged.library.shrink == 20)
        #expect(merged.sweep.passes == 2)
        #expect(merged.http.port == 7878)
        #expect(merged.library.name == old.library.name)
        // What waits goes on waiting, and is forgotten when the file is put back.
        #expect(ConfigurationChange(from: merged, to: new) == ConfigurationChange(waiting: change.waiting))
        #expect(ConfigurationChange(from: old, to: old) == ConfigurationChange())
    }

    @Test func `a gate that is gone is named, and one that is renamed or stands elsewhere is not gone`() throws {
        func gate(_ name: String, at address: String, role: String = "gate") -> String {
            "[[reader]]\nname = \"\(name)\"\nrole = \"\(role)\"\ndriver = \"feig\"\ntcp = \"\(address)\"\n"
        }
        let old = try read(gate("front", at: "192.0.2.1") + gate("back", at: "192.0.2.2"))
        func lost(_ text: String) throws -> [String] { ConfigurationChange.lostGates(from: old, to: try read(text)) }
        #expect(try lost(gate("front", at: "192.0.2.1") + gate("yard", at: "192.0.2.2")) == [])
        #expect(try lost(gate("front", at: "192.0.2.9") + gate("back", at: "192.0.2.2")) == [])
        #expect(try lost(gate("front", at: "192.0.2.1")) == ["back"])
        #expect(try lost(gate("front", at: "192.0.2.1", role: "pad") + gate("back", at: "192.0.2.2")) == ["front"])
        #expect(try lost("") == ["front", "back"])
        // One that takes over the place of another leaves its own.
        #expect(try lost(gate("back", at: "192.0.2.1")) == ["front"])
        // The same line in other words.
        let (before, after) = (gate("front", at: "gate.example.org"), gate("yard", at: "GATE.example.org"))
        #expect(try ConfigurationChange.lostGates(from: read(before), to: read(after)) == [])
    }

    private func reader(_ name: String, _ place: String, role: String = "pad") -> String {
        "[[reader]]\nname = \"\(name)\"\nrole = \"\(role)\"\ndriver = \"feig\"\n\(place)\n"
    }

    @Test func `pads and wands come and go at once, and gates wait`() throws {
        let pad = reader("pad-1", "serial = \"/dev/ttyUSB0\"")
        let wand = reader("wand-1", "tcp = \"192.0.2.7\"", role: "wand")
        let gate = reader("gate-1", "tcp = \"192.0.2.8\"", role: "gate")
        let (old, new) = (try read(pad), try read(wand + gate))
        let change = ReaderChange(from: old, to: new)
        #expect(change.arriving.map(\.name) == ["wand-1"])
        #expect(change.leaving.map(\.name) == ["pad-1"])
        #expect(change.waiting == ["gate-1"])
        let whole = ConfigurationChange(from: old, to: new)
        #expect(whole.live == ["[[reader]] wand-1", "[[reader]] pad-1"])
        #expect(whole.waiting == ["[[reader]] gate-1"])
        let merged = ConfigurationChange.merged(old, with: new)
        #expect(merged.readers.map(\.name) == ["wand-1"])
        // What waits goes on waiting; the other way round a gate stays until the next start.
        #expect(ReaderChange(from: merged, to: new).waiting == ["gate-1"])
        #expect(ReaderChange(from: new, to: old).waiting == ["gate-1"])
        #expect(ReaderChange(from: new, to: new).moving.isEmpty)
    }

    @Test(
        arguments: [
            // Another name for the same line.
            ("serial = \"/dev/ttyUSB0\"", "desk-1", "serial = \"/dev/ttyUSB0\"", ["desk-1", "pad-1"]),
            // The same name for another line.
            ("serial = \"/dev/ttyUSB0\"", "pad-1", "serial = \"/dev/ttyUSB1\"", ["pad-1"]),
            ("tcp = \"pad.example.org\"", "desk-1", "tcp = \"PAD.example.org:10001\"", ["desk-1", "pad-1"]),
            ("usb = \"0ab1:*\"", "desk-1", "usb = \"0ab1:0002@1-4\"", ["desk-1", "pad-1"]),
            ("usb = \"auto\"", "desk-1", "usb = \"0ab1:0002\"", ["desk-1", "pad-1"]),
        ]
    )
    func `nobody gets a line at once that another reader has`(
        _ place: String,
        _ name: String,
        _ newPlace: String,
        _ waiting: [String]
    ) throws {
        let (old, new) = (try read(reader("pad-1", place)), try read(reader(name, newPlace)))
        let change = ReaderChange(from: old, to: new)
        #expect(change.moving == [])
        #expect(change.waiting == waiting)
    }

    @Test func `two ports of one bus are two places`() throws {
        let old = try read(reader("pad-1", "usb = \"0ab1:0002@1-4\""))
        let both = reader("pad-1", "usb = \"0ab1:0002@1-4\"") + reader("pad-2", "usb = \"0ab1:0002@1-5\"")
        #expect(ReaderChange(from: old, to: try read(both)).arriving.map(\.name) == ["pad-2"])
    }

    @Test func `a pad that something else speaks of stays until the next start`() throws {
        let pad = reader("pad-1", "serial = \"/dev/ttyUSB0\"")
        let page = "[[dialect]]\nname = \"bibliotheca\"\norigins = [\"https://koha.example.org\"]\n"
        let named = try read(pad + page + "reader = \"pad-1\"\n")
        #expect(ReaderChange(from: named, to: try read(page)).waiting == ["pad-1"])
        // Nobody speaks to the pad that came later, although it is the first one: the door is opened at the start.
        let change = ConfigurationChange(from: try read(page), to: try read(pad + page))
        #expect(change.live == ["[[reader]] pad-1"])
        #expect(change.waiting == ["[[dialect]]"])
    }

    @Test func `the rules of a gate can change while its lines wait`() throws {
        let reader = """
            [[reader]]
            name = "gate"
            role = "gate"
            driver = "feig"
            tcp = "192.0.2.1"

            """
        let old = try read(reader)
        let new = try read(reader + "[gate]\nrules = \"/etc/pressmark/gate.rules\"\nkeep-days = 7\n")
        let change = ConfigurationChange(from: old, to: new)
        #expect(change.live == ["[gate] rules"])
        #expect(change.waiting == ["[gate], [[output]], [[input]]"])
        #expect(ConfigurationChange.merged(old, with: new).gate.keepDays == old.gate.keepDays)
    }
}

extension ConfigurationChange {
    fileprivate init(waiting: [String]) {
        self.init(from: Configuration(), to: Configuration())
        self.waiting = waiting
    }
}
