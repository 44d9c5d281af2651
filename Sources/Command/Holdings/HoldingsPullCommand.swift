import API
import ArgumentParser
import Foundation

struct HoldingsPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch the items from the library system now: what has changed, or everything.",
        discussion: """
            Library systems stand under [[pull]] in the daemon's configuration. Whatever goes wrong on the way, the snapshot \
            in use stays.
            """
    )

    @Argument(help: "The library system's name in the configuration; not needed when there is only one.")
    var name: String?

    @Flag(help: "Fetch everything, so that deleted items go too.")
    var full = false

    @Flag(help: "Fetch nothing; list the systems with their last and next pull.")
    var list = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        try await daemon.connect { client in
            if list {
                let pulls: [PullStatus] = try await client.get("v1", "holdings", "pulls")
                if output.json { return try console.say(json: pulls) }
                return console.say(PullsPage(pulls: pulls, now: Date(), palette: console.palette).lines)
            }
            let query = ["name": name, "full": full ? "true" : nil]
            let answer: PullAnswer = try await ImportWatch(client: client, console: console, size: nil).during {
                try await client.wait("v1", "holdings", "pulls", query: query)
            }
            if output.json { return try console.say(json: answer) }
            let page = ImportPage(report: answer.report, palette: console.palette)
            console.say(answer.report.snapshot == nil ? ["\(answer.name): nothing has changed"] : page.lines)
        }
    }
}

/// The library systems that are pulled from, one a line.
struct PullsPage {
    var pulls: [PullStatus]
    var now: Date
    var palette: Palette

    var lines: [String] {
        guard !pulls.isEmpty else { return ["no library system is set up to be pulled from"] }
        let table = Table(
            headings: ["NAME", "SYSTEM", "LAST", "NEXT", "OUTCOME"],
            rows: pulls.map { [$0.name, $0.system, last($0), next($0), outcome($0)] }
        ).lines()
        return [palette.paint(table[0], .strong)]
            + zip(pulls, table.dropFirst()).map { $0.cause == nil ? $1 : palette.paint($1, .bad) }
    }

    private func last(_ pull: PullStatus) -> String {
        guard let started = pull.startedAt else { return "never" }
        return pull.endedAt.map { Wording.ago($0, now: now) }
            ?? "running for \(Wording.length(now.timeIntervalSince(started)))"
    }

    private func next(_ pull: PullStatus) -> String {
        pull.nextAt.map { "in " + Wording.length($0.timeIntervalSince(now)) } ?? "by hand"
    }

    private func outcome(_ pull: PullStatus) -> String {
        if let cause = pull.cause { return cause }
        guard let items = pull.items else { return "" }
        return Wording.count(items, "item", "items") + (pull.full == true ? ", everything" : ", changes alone")
    }
}
