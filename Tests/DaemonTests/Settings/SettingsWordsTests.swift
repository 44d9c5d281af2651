import Foundation
import Testing

@testable import Daemon

/// The set-up page says the words of the file in the language of whoever reads it.
@Suite struct SettingsWordsTests {
    /// A file of the page as it stands among the sources.
    private func page(_ name: String) throws -> String {
        var root = URL(filePath: #filePath)
        while root.path != "/", !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
            root.deleteLastPathComponent()
        }
        return try String(contentsOf: root.appending(path: "Sources/Interfaces/Web/\(name)"), encoding: .utf8)
    }

    @Test func `every word of a setting that may be changed is said in every language`() throws {
        let rows = try page("setup-words.js").split(separator: "\n")
        // The elements of a tag have their words among those of the tag bench.
        let asked = SettingsCatalogue.all.filter { $0.isChangeable && !$0.words.isEmpty && $0.key != "tags.elements" }
        #expect(asked.count > 10)
        for description in asked {
            let said = rows.filter { $0.hasPrefix("      \"\(description.key)\": {") }
            #expect(said.count == 2, "\(description.key)")
            for row in said {
                let missing = description.words.filter { word in
                    !row.contains(" \(word): \"") && !row.contains("\"\(word)\": \"")
                }
                #expect(missing == [], "\(description.key)")
            }
        }
    }
}
