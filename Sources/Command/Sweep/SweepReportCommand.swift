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
            output. barcodes is one a line, for the batch tools of library systems, or for a list that rings at the \
            next sweep: pressmark sweep report --missing-only --format barcodes | pressmark sweep lists add lost \
            --purpose missing --file -
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, csv, json, html, xlsx, barcodes
    }

    @Argument(help: "Number of the sweep; the newest one when left out.")
    var sweep: Int?

    @Option(help: ArgumentHelp("table, csv, json, html, xlsx or barcodes.", valueName: "format"))
    var format: Format = .table

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Of html and xlsx: en or de; en when left out.", valueName: "language"))
    var language: String?

    @Flag(help: "Only what is missing.")
    var missingOnly = false

    @Option(
        name: .customLong("kind"),
        help: ArgumentHelp("Only findings of this kind, as \"wrong location\"; may be given again.", valueName: "kind")
    )
    var kinds: [String] = []

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
        guard !narrows || !movesOnly else {
            throw ValidationError("--missing-only and --kind do not go with --moves-only")
        }
        guard !(narrows || movesOnly) || format != .html && format != .xlsx else {
            throw ValidationError("--missing-only, --kind and --moves-only go with table, csv, json and barcodes")
        }
    }

    /// Whether some kinds of findings alone are wanted.
    private var narrows: Bool { missingOnly || !kinds.isEmpty }

    func run() async throws {
        if let output, output != "-" { try OutputFile.check(output, mayReplace: true) }
        try await daemon.connect { client in
            let number = try await client.sweep(sweep).id
            switch json ? .json : format {
            case .html, .xlsx:
                let query: [String: String?] = ["format": format.rawValue, "lang": language]
                let response = try await client.file("v1", "sweeps", String(number), "report", query: query)
                try await put(Data(try await response.body.collect(upTo: 1 << 30).readableBytesView))
            case .csv, .json, .table, .barcodes:
                var report: SweepReport = try await client.get("v1", "sweeps", String(number), "report")
                if narrows { narrow(&report) }
                try await put(try text(report))
            }
        }
    }

    private func narrow(_ report: inout SweepReport) {
        let wanted = Set(kinds.map { $0.lowercased() } + (missingOnly ? ["missing"] : []))
        let found = Set(report.findings.map(\.kind))
        report.findings.removeAll { !wanted.contains($0.kind) }
        guard report.findings.isEmpty else { return }
        let others = found.isEmpty ? "nothing was found" : "found: \(found.sorted().joined(separator: ", "))"
        Console.standard.remark("no finding of kind \(wanted.sorted().joined(separator: ", ")); \(others)")
    }

    private func text(_ report: SweepReport) throws -> Data {
        if json || format == .json {
            if movesOnly { return try JSON.encode(report.moves, pretty: true) + Data("\n".utf8) }
            if narrows { return try JSON.encode(report.findings, pretty: true) + Data("\n".utf8) }
            return try JSON.encode(report, pretty: true) + Data("\n".utf8)
        }
        if format == .barcodes {
            let moves = report.moves.map { $0.item.barcode + "\n" }.joined()
            return Data((movesOnly ? moves : CSV.barcodes(report.findings)).utf8)
        }
        if format == .csv {
            return Data((movesOnly ? CSV.moves(report.moves) : CSV.findings(report.findings)).utf8)
        }
        let console = Console.standard
        var palette = console.palette
        if noColor || output != nil { palette.isOn = false }
        let page = SweepPage(sweep: report.sweep, palette: palette, width: console.width)
        // A file has no edge, and whoever reads it by a program wants one line for each.
        let isOnScreen = console.isTerminal && output == nil
        let findings = isOnScreen ? page.list(of: report.findings) : page.table(of: report.findings)
        let lines = movesOnly ? page.lines(of: report.moves) : findings + page.summary
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func put(_ data: Data) async throws {
        guard let output, output != "-" else { return Console.standard.put(data) }
        try await OutputFile.fill(output) { put in try put(data) }
        Console.standard.remark("written to \(output)")
    }
}
