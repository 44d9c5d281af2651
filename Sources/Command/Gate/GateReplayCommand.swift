import API
import ArgumentParser
import Foundation

struct GateReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run the kept reads through other rules: would this have sounded last month?",
        discussion: "Example: pressmark gate replay --since 30 --with new.rules"
    )

    @Option(help: ArgumentHelp("How many days back, 1 to 365.", valueName: "days"))
    var since = 30

    @Option(
        name: .customLong("with"),
        help: ArgumentHelp("File with the rules to try; - is standard input.", valueName: "file")
    )
    var rules: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...365).contains(since) else { throw ValidationError("--since: found \(since), wanted 1 to 365") }
    }

    func run() async throws {
        let request = ReplayRequest(days: since, rules: try await GateRulesFile.text(rules))
        let report: ReplayReport = try await daemon.connect { try await $0.post("v1", "gate", "replay", body: request) }
        let console = output.console
        if output.json { return try console.say(json: report) }
        let alarms = "\(report.alarmsThen) sounded then, \(report.alarmsNow) would sound now"
        console.say("\(Wording.number(report.reads)) reads; alarms: \(alarms)")
        let reasons = Set(report.reasonsThen.keys).union(report.reasonsNow.keys).sorted()
        if !reasons.isEmpty {
            let rows = reasons.map { [$0, "\(report.reasonsThen[$0] ?? 0)", "\(report.reasonsNow[$0] ?? 0)"] }
            console.say(Table(headings: ["items by reason", "then", "now"], rows: rows).lines())
        }
        for difference in report.differences {
            let change = difference.soundsNow ? "would sound" : "would not sound"
            let head = "\(Wording.moment(difference.at)) \(difference.gate.visible)"
            console.say("  \(head): \(difference.reason), \(change)")
        }
    }
}

/// Rules for gates as they are handed to the daemon.
enum GateRulesFile {
    /// What the daemon takes of JSON at the most.
    private static let longest = 64 << 10

    static func text(_ path: String) async throws -> String {
        try await FilePieces(path: path).text(upTo: longest)
    }
}
