import Foundation
import Library
import Testing

@testable import Interfaces

/// The languages in which a sweep is printed, from the files of the page.
@Suite struct ReportTongueTests {
    private static func table(_ tongue: ReportTongue) -> WordTable {
        switch tongue {
        case .en: WordTable("say", in: PackageResources.report_en_js)
        case .de: WordTable("say", in: PackageResources.report_de_js)
        }
    }

    private static func gaps(_ text: String) -> [String] {
        text.matches(of: /\{\d\}/).map { String($0.output) }.sorted()
    }

    @Test func `the languages have the same words, once each, with the same gaps`() {
        let english = Self.table(.en).rows
        #expect(english.count > 30)
        #expect(Set(english.map(\.name)).count == english.count)
        for tongue in ReportTongue.allCases {
            let rows = Self.table(tongue).rows
            #expect(rows.map(\.name) == english.map(\.name))
            #expect(rows.map { Self.gaps($0.text) } == english.map { Self.gaps($0.text) })
        }
    }

    @Test func `every word that the report says is there, and every word that is there is said`() throws {
        var root = URL(filePath: #filePath)
        while root.path != "/", !FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
            root.deleteLastPathComponent()
        }
        let sources = try ["PrintedReport", "ReportChart", "ReportTongue", "Workbook"].map { name in
            try String(
                contentsOf: root.appending(path: "Sources/Interfaces/Reports/\(name).swift"),
                encoding: .utf8
            )
        }.joined()
        let names = Set(Self.table(.en).rows.map(\.name))
        let said = Set(sources.matches(of: /\bsay\("(\w+)"/).map { String($0.output.1) })
        #expect(said.count > 10)
        #expect(said.subtracting(names) == [])
        // Columns and figures stand in lists; a sweep's state and a finding's severity are said by their names.
        let byName: Set = ["running", "finished", "problem", "notice", "info"]
        #expect(names.subtracting(byName).filter { !sources.contains("\"\($0)\"") } == [])
        #expect(names.isSuperset(of: byName))
    }

    @Test func `findings and what to do about them are said in German`() {
        for kind in FindingKind.allCases {
            #expect(ReportTongue.de.told(kind.rawValue) != kind.rawValue)
            #expect(ReportTongue.de.told(kind.remedy) != kind.remedy)
            #expect(ReportTongue.en.told(kind.rawValue) == kind.rawValue)
        }
    }

    @Test(arguments: [
        ("everything", "alles"),
        ("not heard, but its neighbours on both sides were", "nicht gehört, aber seine Nachbarn auf beiden Seiten"),
        ("belongs to branch EAST", "gehört in Zweigstelle EAST"),
        ("belongs to REF", "gehört nach REF"),
        ("belongs to collection FIC", "gehört zur Sammlung FIC"), ("has no collection", "gehört zu keiner Sammlung"),
        (" is outside the stretch being swept", "liegt außerhalb des Abschnitts"),
        ("status in the holdings: on loan", "Status im Bestand: ausgeliehen"),
        (
            "status in the holdings: lost (changed while sweeping)",
            "Status im Bestand: verloren (während der Revision geändert)"
        ),
        ("status in the holdings: lost (Long overdue)", "Status im Bestand: verloren (Long overdue)"),
        ("part 2 was heard from tags E0 and E1", "Teil 2 wurde von den Etiketten E0 und E1 gehört"),
        (
            "stands near QA 76 .B, some 12 places from where it belongs",
            "steht bei QA 76 .B, etwa 12 Plätze von seinem Ort entfernt"
        ),
        (
            "stands near the end, some 1 place from where it belongs",
            "steht bei dem Ende, etwa 1 Platz von seinem Ort entfernt"
        ),
        ("barcode {2} is not in the holdings", "Barcode {2} fehlt im Bestand"),
        ("something that nobody has put into German", "something that nobody has put into German"),
    ])
    func `a reason with numbers and places in it is said in German`(_ english: String, _ german: String) {
        #expect(ReportTongue.de.told(english) == german)
        #expect(ReportTongue.en.told(english) == english)
    }

    @Test(
        arguments: [
            ("", ReportTongue.en), ("de", .de), ("de-AT,de;q=0.9,en;q=0.8", .de), ("en-GB,en;q=0.9,de;q=0.8", .en),
            ("fr,de;q=0.5,en;q=0.3", .de), ("en;q=0.2, DE;q=0.7", .de), ("de;q=0", .en), ("*", .en), ("den, q", .en),
        ] as [(String, ReportTongue)]
    )
    func `the language that a browser wants most is taken`(_ field: String, _ tongue: ReportTongue) {
        #expect(ReportTongue.accepted(field) == tongue)
    }
}
