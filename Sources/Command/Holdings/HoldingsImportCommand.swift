import API
import ArgumentParser
import Foundation
import NIOCore

struct HoldingsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import an item export of the library system; it takes the place of the snapshot before it.",
        discussion: """
            The file may be compressed with gzip or zstd. Which system it comes from is guessed unless --profile says so. \
            Rows that cannot become an item are listed with line and reason; they never stop an import.
            A mapping file has a line for each field: call-number = "Shelf mark". Fields: \(MappingFile.fields).
            """
    )

    @Argument(help: "The export; - reads standard input.")
    var file: String

    @Option(
        help: ArgumentHelp("Which library system wrote it, such as koha; guessed when left out.", valueName: "name")
    )
    var profile: String?

    @Option(help: ArgumentHelp("A mapping file: which column, subfield or member holds what.", valueName: "file"))
    var map: String?

    @Option(help: "How call numbers are filed when the export does not say: lcc, ddc, nlm, sudoc, udc, local.")
    var scheme: String?

    @Flag(help: "Show what was understood and wait for a decision before anything is changed.")
    var preview = false

    @Flag(help: "Read and check everything, keep nothing.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("Write all rejected rows to this file, as CSV with line, cause and row.", valueName: "file")
    )
    var rejected: String?

    @Flag(help: "Take the import even when many items of the snapshot in use are not in it.")
    var acceptShrink = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if preview, dryRun { throw ValidationError("found --preview and --dry-run, wanted one of them") }
    }

    func run() async throws {
        let pieces = try FilePieces(path: file)
        if let rejected { try OutputFile.check(rejected, mayReplace: true) }
        var query: [String: String?] = [
            "profile": profile, "name": pieces.name, "scheme": scheme, "ending": ending,
            "accept-shrink": acceptShrink ? "true" : nil,
        ]
        if let map { query.merge(try await MappingFile(path: map).query) { first, _ in first } }
        let console = output.console
        try await daemon.connect { [query] client in
            let came: ImportReport = try await ImportWatch(client: client, console: console, size: pieces.byteCount)
                .during { try await client.post("v1", "holdings", "imports", query: query, file: pieces) }
            let report = told(came)
            // The import is done by now, whatever becomes of the file: what it came to is told in any case.
            var unwritten: (any Error)?
            if let rejected {
                do { try await write(came, to: rejected, client) } catch { unwritten = error }
            }
            if output.json {
                try console.say(json: report)
            } else {
                console.say(ImportPage(report: report, preview: preview || dryRun, palette: console.palette).lines)
            }
            if preview, !output.json { try await decide(report, console, client) }
            if dryRun, let staged = came.snapshot { try await client.discard(staged.number) }
            if let unwritten { throw unwritten }
            if report.imported == 0 { throw ExitCode.failure }
        }
    }

    /// Rejected rows can be asked for as long as the import is there, so a dry run with them is a preview thrown away.
    private var ending: String? {
        if preview || (dryRun && rejected != nil) { return "preview" }
        return dryRun ? "dry-run" : nil
    }

    /// What is told of an import: of a dry run no snapshot, which is gone by the time that anybody reads of it.
    func told(_ report: ImportReport) -> ImportReport {
        guard dryRun else { return report }
        var told = report
        (told.snapshot, told.dryRun) = (nil, true)
        return told
    }

    private func write(_ report: ImportReport, to path: String, _ client: DaemonClient) async throws {
        guard let number = report.snapshot?.number else { return }
        try await OutputFile.fill(path) { put in
            try await client.download("v1", "holdings", "snapshots", String(number), "rejections") { piece in
                try put(Data(piece.readableBytesView))
            }
        }
    }

    private func decide(_ report: ImportReport, _ console: Console, _ client: DaemonClient) async throws {
        guard let number = report.snapshot?.number else { return }
        switch console.ask("take it into use?") {
        case true?:
            let body = AcceptRequest(acceptShrink: acceptShrink)
            let taken: SnapshotSummary = try await client.post(
                "v1",
                "holdings",
                "snapshots",
                String(number),
                "accept",
                body: body
            )
            console.say(console.palette.paint("in use: \(taken.summary(now: Date()))", .good))
        case false?:
            try await client.discard(number)
            console.say("nothing was changed")
        case nil:
            console.say("to take it: pressmark holdings accept \(number); else: pressmark holdings discard \(number)")
        }
    }
}

extension DaemonClient {
    func discard(_ snapshot: Int) async throws {
        try await delete("v1", "holdings", "snapshots", String(snapshot))
    }
}
