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
