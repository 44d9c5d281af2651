import Foundation
import Library
import Operations
import Tags
import Testing

@testable import Daemon

@Suite struct SettingsCatalogueTests {
    /// The keys that a table of the file may have, as a key that is none says.
    ///
    /// - Parameter said: keys that others hang on.
    private func keys(of table: String, said: String = "", isList: Bool = false) throws -> Set<String> {
        let head = table.isEmpty ? "" : isList ? "[[\(table)]]\n" : "[\(table)]\n"
        do throws(ConfigurationError) {
            _ = try ConfigurationFile.parse("\(head)\(said)\nzzz = 1\n", file: "test")
            return []
        } catch {
            let mistake = try #require(error.mistakes.first { $0.found == "an unknown key" })
            let list = mistake.wanted.dropFirst("one of ".count).split(separator: ",")
            return Set(list.map { $0.trimmingCharacters(in: .whitespaces) })
        }
    }

    @Test(
        arguments: [
            "", "http", "http.lan", "library", "barcodes", "shelf-order", "security", "tags", "discovery", "sweep",
            "sweep.severity", "gate", "ils", "ils.tls",
        ]
    )
    func `every key that the file may have is a setting, and no other is`(_ table: String) throws {
        let prefix = table.isEmpty ? "" : "\(table)."
        let known = SettingsCatalogue.all.map(\.key).filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
            .filter { table == "sweep.severity" || !$0.contains(".") }
        // Tables within tables have entries of their own, or stand among the lists.
        let lists = SettingsCatalogue.lists.keys.map { String($0) }
        let inner: Set<String> = ["lan", "severity"]
        let tables = Set(ConfigurationChange.settings.map { $0.name.filter { !"[]".contains($0) } }).subtracting([
            "state"
        ])
        let said = table == "gate" ? "self-test = \"06:00\"" : ""
        let wanted = try keys(of: table, said: said).subtracting(inner).filter { key in
            !lists.contains("\(prefix)\(key)") && !(table.isEmpty && (tables.contains(key) || key == "reader"))
                && !(table.isEmpty && ["http", "library", "gate", "siren", "output", "input", "shelf"].contains(key))
        }
        // A finding's name may have a comma in it, which tells the keys apart where they are listed.
        #expect(Set(known.flatMap { $0.split(separator: ", ") }.map(String.init)) == wanted)
    }

    @Test func `every key of a reader is a setting, and no other is`() throws {
        #expect(
            try Set(SettingsCatalogue.reader.map(\.key))
                == keys(of: "reader", said: "driver = \"feig\"\nusb = \"0ab1:0002\"", isList: true)
        )
    }

    @Test func `what is shown as the default is the default`() throws {
        var tree = ConfigurationTree.table([:])
        for description in SettingsCatalogue.all {
            let isOptional = SettingsCatalogue.optionalTables.contains { description.key.hasPrefix("\($0).") }
            if !isOptional, let value = description.standard { tree.set(description.key, value) }
        }
        #expect(try ConfigurationFile.parse(tree.text, file: "test") == Configuration())
        // Those of the library system, beside what must be there.
        var system = ConfigurationTree.table([:])
        system.set("ils.system", .text("koha"))
        system.set("ils.address", .text("ils.example.org:6001"))
        let short = try ConfigurationFile.parse(system.text, file: "test")
        for description in SettingsCatalogue.all where description.key.hasPrefix("ils.") {
            if let value = description.standard { system.set(description.key, value) }
        }
        #expect(try ConfigurationFile.parse(system.text, file: "test") == short)
    }

    @Test func `every word that is offered is taken`() throws {
        for description in SettingsCatalogue.all where !description.words.isEmpty {
            for word in description.words {
                var tree = ConfigurationTree.table([:])
                if description.key.hasPrefix("ils.") {
                    tree.set("ils.system", .text("koha"))
                    tree.set("ils.address", .text("ils.example.org:6001"))
                }
                tree.set(description.key, description.kind == .words ? .texts([word]) : .text(word))
                #expect(throws: Never.self, "\(description.key) = \(word)") {
                    try ConfigurationFile.parse(tree.text, file: "test")
                }
            }
        }
    }

    @Test(arguments: SiteProfile.Target.allCases)
    func `the data model that the bench writes can be chosen`(_ target: SiteProfile.Target) throws {
        let text = "[tags]\nmodel = \"\(target.rawValue)\"\n"
        #expect(try ConfigurationFile.parse(text, file: "test").tags.target == target)
    }

    @Test func `no path, address, account or lock is anybody's but the administrator's to change`() {
        let changeable = SettingsCatalogue.all.filter(\.isChangeable)
        #expect(changeable.count > 30)
        for table in ["http", "ils", "discovery", "gate", "state"] {
            #expect(!changeable.contains { $0.key.hasPrefix(table) }, "\(table)")
        }
        #expect(changeable.allSatisfy { !$0.key.hasSuffix("file") && !$0.isForAdmins })
        #expect(SettingsCatalogue.description(of: "tags.lock")?.isChangeable == false)
    }
}
