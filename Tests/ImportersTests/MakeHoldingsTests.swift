import Foundation
import Importers
import Library
import Testing

/// The generator of holdings for tests and measurements, read by the importers of the formats it writes.
@Suite(.enabled(if: PythonOracle.isThere, "python3 is not installed"))
struct MakeHoldingsTests {
    private static let script = URL(filePath: #filePath).appending(path: "../../../Scripts/make-holdings").standardized
        .path

    private func holdings(_ arguments: [String]) throws -> [UInt8] {
        let program = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
        return Array(try #require(PythonOracle.output(program, [Self.script] + arguments)))
    }

    @Test(
        arguments: [
            ("koha-csv", "koha"), ("tsv", "csv"), ("jsonl", "jsonl"), ("koha-rest", "koha-rest"), ("folio", "folio"),
            ("marc21", "koha-marc"), ("marcxml", "koha-marc"),
        ]
    )
    func `every format is guessed and read back whole`(_ format: String, _ profile: String) throws {
        let bytes = try holdings(["500", "--format", format, "--dirty", "0"])
        #expect(AllImporters.guess(firstBytes: bytes[...])?.profile == profile)
        let importer = try #require(AllImporters.named(profile))
        let run = try ImporterRun(importer, bytes)
        #expect(run.items.count == 500)
        #expect(run.rejected.isEmpty)
        #expect(Set(run.items.map(\.barcode)).count == 500)
        #expect(run.items.allSatisfy { $0.callNumber != nil && $0.title != nil && $0.location != nil })
        #expect(Set(run.items.map(\.status)).count >= 4)
    }

    @Test func `the same seed gives the same holdings, another one others`() throws {
        let first = try holdings(["200", "--seed", "7"])
        #expect(first == (try holdings(["200", "--seed", "7"])))
        #expect(first != (try holdings(["200", "--seed", "8"])))
    }

    @Test func `dirty rows are rejected one by one and the rest comes through`() throws {
        let run = try ImporterRun(KohaCSVImporter.self, try holdings(["2000", "--dirty", "0.1"]))
        #expect(run.items.count > 1700)
        #expect(run.rejected.count > 50)
        let causes = Set(run.rejected.map { $0.cause.prefix(14) })
        #expect(causes.isSuperset(of: ["found no barco", "found 29 colum", "found barcode "]))
    }

    @Test(arguments: ["lcc", "ddc"])
    func `nearly every number can be put into shelf order`(_ scheme: String) throws {
        let run = try ImporterRun(KohaCSVImporter.self, try holdings(["1000", "--dirty", "0", "--scheme", scheme]))
        for item in run.items { #expect(throws: Never.self) { try item.shelfKey().get() } }
    }
}
