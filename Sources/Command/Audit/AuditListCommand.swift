import API
import ArgumentParser
import Foundation

struct AuditListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was changed over the daemon's interface, the newest first.",
        discussion: "Who, in what role, what, when, and what came of it; who borrowed what is not in it."
    )

    @Option(help: ArgumentHelp("How many of the last entries to list, 1 to 1000.", valueName: "count"))
    var limit = 20

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit: found \(limit), wanted 1 to 1000") }
    }

    func run() async throws {
        let entries: [AuditNote] = try await daemon.connect {
            try await $0.get("v1", "audit", query: ["limit": String(limit)])
        }
        let console = output.console
        if output.json { return try console.say(json: entries) }
        console.say(AuditPage(entries: entries, now: Date(), palette: console.palette).lines)
    }
}

/// Entries of the audit log as a table.
struct AuditPage {
    var entries: [AuditNote]
    var now: Date
    var palette: Palette

    var lines: [String] {
        guard !entries.isEmpty else { return ["nothing was changed yet"] }
        let table = Table(
            headings: ["NUMBER", "AGE", "WHO", "ROLE", "BY", "RESULT", "WHAT"],
            rows: entries.map { entry in
                let method = entry.action.prefix { $0 != " " }
                return [
                    "\(entry.id)", Wording.ago(entry.at, now: now), entry.who, entry.role,
                    entry.peer == "local" ? entry.means : "\(entry.means), \(entry.peer)", "\(entry.result)",
                    "\(method) \(entry.target)",
                ]
            }
        ).lines()
        return [palette.paint(table[0], .strong)]
            + zip(entries, table.dropFirst()).map { $0.result >= 400 ? palette.paint($1, .bad) : $1 }
    }
}
