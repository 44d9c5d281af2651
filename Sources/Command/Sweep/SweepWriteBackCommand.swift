import API
import ArgumentParser
import Foundation

struct SweepWriteBackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write-back",
        abstract: "Write a file that tells the library system what was seen; without --to nothing is kept.",
        discussion: """
            Routes: koha-fields (Interactive Inventory plugin, item/fields), koha-barcodes (inventory tool), evergreen \
            (update_copy_inventory), folio (check-in-by-barcode), barcodes (plain).
            """
    )

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(help: ArgumentHelp("koha-fields, koha-barcodes, evergreen, folio or barcodes.", valueName: "name"))
    var route: String

    @Option(
        name: .customLong("to"),
        help: ArgumentHelp("Write the file here and keep each item's result.", valueName: "file")
    )
    var path: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report: WriteBackReport = try await daemon.connect { client in
            let number = String(try await client.sweep(sweep).id)
            let request = WriteBackRequest(route: route, dryRun: path == nil)
            return try await client.post("v1", "sweeps", number, "write-backs", body: request)
        }
        let console = output.console
        if let path {
            do {
                try Data(report.file.utf8).write(to: URL(filePath: path))
            } catch {
                throw Complaint("\(path): cannot be written: \(error.localizedDescription)")
            }
        }
        if output.json { return try console.say(json: report) }
        for line in report.leftOut { console.say("\(line.barcode.visible): \(line.result.visible)") }
        let items = Wording.count(report.written, "item", "items")
        if let notice = report.notice { console.say("note: \(notice)") }
        console.say(
            path.map { "\(items) written to \($0)" } ?? "\(items) would be written (dry run); --to FILE writes them"
        )
    }
}
