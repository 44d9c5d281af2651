import API
import ArgumentParser
import Foundation

struct HoldingsSnapshotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "List the snapshots that are kept, with their age.",
        discussion: "How many are kept is set in the configuration: snapshots, under [library]."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let snapshots: [SnapshotSummary] = try await daemon.connect { try await $0.get("v1", "holdings", "snapshots") }
        if output.json { return try output.console.say(json: snapshots) }
        guard !snapshots.isEmpty else { return output.console.say("no snapshots yet") }
        output.console.say(SnapshotsPage(snapshots: snapshots, now: Date(), palette: output.console.palette).lines)
    }
}

/// The snapshots as a table, the one in use marked.
struct SnapshotsPage {
    var snapshots: [SnapshotSummary]
    var now: Date
    var palette: Palette

    var lines: [String] {
        let table = Table(
            headings: ["SNAPSHOT", "STATE", "IMPORTED", "ITEMS", "REJECTED", "PROFILE", "SOURCE"],
            rows: snapshots.map { snapshot in
                [
                    String(snapshot.number), state(snapshot), Wording.ago(snapshot.importedAt, now: now),
                    Wording.number(snapshot.items), Wording.number(snapshot.rejected), snapshot.profile,
                    snapshot.source + (snapshot.base.map { " (changes to \($0))" } ?? ""),
                ]
            }
        ).lines()
        return [palette.paint(table[0], .strong)]
            + zip(snapshots, table.dropFirst()).map { snapshot, line in
                snapshot.state == .current ? palette.paint(line, .good) : line
            }
    }

    private func state(_ snapshot: SnapshotSummary) -> String {
        switch snapshot.state {
        case .staged: "not in use yet"
        case .current: "in use"
        case .kept: "kept"
        }
    }
}
