import API
import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore

struct SweepUploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Add a log that was made elsewhere: of a daemon without network, or of a wand.",
        discussion: """
            A log of pressmark sweep export, a list with one barcode a line, or a wand's table with a line of names, \
            of which the column Barcode, Item ID or UID is read. In any order and as often as you like: what is there \
            already is not taken twice, and what is late never undoes what is newer.
            """
    )

    @Argument(help: "The log; - reads standard input.")
    var file: String

    @Option(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(help: ArgumentHelp("What the wand is called, for lines that do not say.", valueName: "name"))
    var reader: String?

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let pieces = try FilePieces(path: file)
        let report: UploadReport = try await daemon.connect { client in
            let number = String(try await client.sweep(sweep).id)
            let name = reader ?? pieces.name
            return try await client.post("v1", "sweeps", number, "sightings", query: ["name": name], file: pieces)
        }
        let console = output.console
        if output.json { return try console.say(json: report) }
        for line in report.rejected { console.say("line \(line.line): \(line.cause.visible)") }
        let silent = report.rejectedCount - report.rejected.count
        if silent > 0 { console.say("and \(Wording.count(silent, "more line", "more lines")) rejected") }
        if report.tooOld > 0 {
            let count = Wording.count(report.tooOld, "sighting", "sightings")
            console.say("\(count) left out: from before the sweep began; does the wand repeat an old buffer?")
        }
        if report.tooNew > 0 {
            let count = Wording.count(report.tooNew, "sighting", "sightings")
            console.say("\(count) left out: from more than a day ahead; is the wand's clock right?")
        }
        console.say("\(Wording.number(report.new)) new of \(Wording.count(report.read, "sighting", "sightings"))")
        if report.read == 0 { throw ExitCode.failure }
    }
}

struct SweepExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a sweep's log, to be uploaded to another daemon."
    )

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        try await daemon.connect { client in
            let number = String(try await client.sweep(sweep).id)
            let response = try await client.file("v1", "sweeps", number, "sightings")
            for try await piece in response.body {
                guard Console.isRead else { return }
                Console.standard.put(Data(piece.readableBytesView))
            }
        }
    }
}
