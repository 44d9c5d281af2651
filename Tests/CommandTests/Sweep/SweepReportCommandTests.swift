import ArgumentParser
import Testing

@testable import Command

@Suite struct SweepReportCommandTests {
    @Test(arguments: [
        ["--format", "barcodes"], ["--missing-only", "--format", "barcodes"], ["--moves-only", "--format", "barcodes"],
        ["--kind", "wrong location", "--kind", "damaged"], ["--kind", "missing", "--json"],
        ["--format", "xlsx", "--language", "de"],
    ])
    func `what goes together is taken`(_ arguments: [String]) throws {
        _ = try SweepReportCommand.parse(arguments)
    }

    @Test(arguments: [
        ["--kind", "missing", "--moves-only"], ["--missing-only", "--moves-only"],
        ["--kind", "damaged", "--format", "html"], ["--missing-only", "--format", "xlsx"],
        ["--language", "de", "--format", "barcodes"], ["--format", "barcode"],
    ])
    func `what does not is refused`(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try SweepReportCommand.parse(arguments) }
    }
}
