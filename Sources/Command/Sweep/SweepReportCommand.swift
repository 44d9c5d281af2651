import API
import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore

struct SweepReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print every finding of a sweep with its reason.",
        discussion: """
            html is a page to print, with plots; xlsx a workbook. Both go to a file with --output, else to standard \
            output.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, csv, json, html, xlsx
    }

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(help: ArgumentHelp("table, csv, json, html or xlsx.", valueName: "format"))
    var format: Format = .table

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Of html and xlsx: en or de; en when left out.", valueName: "language"))
    var language: String?

    @Flag(help: "Only what is missing.")
    var missingOnly = false

    @Flag(help: "Only the moves that put the shelf in order.")
    var movesOnly = false

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(name: .long, help: "No colours, even on a terminal (also NO_COLOR).")
    var noColor = false

    @OptionGroup var daemon: DaemonOptions

    func validate() throws {
        guard language == nil || format == .html || format == .xlsx else {
            throw ValidationError("--language goes with html and xlsx")
        }
        guard !missingOnly || !movesOnly else {
            throw ValidationError("--missing-only and --moves-only exclude each other")
        }
        guard !(missingOnly || movesOnly) || format != .html && format != .xlsx else {
            throw ValidationError("--missing-only and --moves-only go with table, csv and json")
        }
    }

    func run() async throws {
        try await daemon.connect { client in
            let number = try await client.sweep(sweep).id
            switch json ? .json : format {
            case .html, .xlsx:
                let query: [String: String?] = ["format": format.rawValue, "lang": language]
                let response = try await client.file("v1", "sweeps", String(number), "report", query: query)
                try await put(Data(try await response.body.collect(upTo: 1 << 30).readableBytesView))
            case .csv, .json, .table:
                var report: SweepReport = try await client.get("v1", "sweeps", String(number), "report")
                if missingOnly { report.findings.removeAll { $0.kind != "missing" } }
                try await put(try text(report))
            }
        }
    }

    private func text(_ report: SweepReport) throws -> Data {
        if json || format == .json {
            if movesOnly { return try JSON.encode(report.moves, pretty: true) + Data("\n".utf8) }
            if missingOnly { return try JSON.encode(report.findings, pretty: true) + Data("\n".utf8) }
            return try JSON.encode(report, pretty: true) + Data("\n".utf8)
        }
        if format == .csv {
            return Data((movesOnly ? CSV.moves(report.moves) : CSV.findings(report.findings)).utf8)
        }
        let console = Console.standard
        var palette = console.palette
        if noColor || output != nil { palette.isOn = false }
        let page = SweepPage(sweep: report.sweep, palette: palette, width: console.width)
        let lines = movesOnly ? page.lines(of: report.moves) : page.table(of: report.findings) + page.summary
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func put(_ data: Data) async throws {
        guard let output, output != "-" else { return Console.standard.put(data) }
        try await OutputFile.fill(output) { put in try put(data) }
        Console.standard.remark("written to \(output)")
    }
}
