import API
import ArgumentParser
import Foundation

struct HoldingsDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what changed from one snapshot to another.",
        discussion: "Without numbers: from the snapshot before to the one in use."
    )

    @Argument(help: "The older snapshot's number.")
    var from: Int?

    @Argument(help: "The newer snapshot's number; the one in use when left out.")
    var to: Int?

    @Option(help: "How many changes are shown one by one, 0 to 10000.")
    var limit = 100

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...10_000).contains(limit) else { throw ValidationError("--limit: found \(limit), wanted 0 to 10000") }
    }

    func run() async throws {
        let query = ["from": from.map(String.init), "to": to.map(String.init), "limit": String(limit)]
        let comparison: HoldingsComparison = try await daemon.connect { client in
            try await client.get("v1", "holdings", "difference", query: query)
        }
        if output.json { return try output.console.say(json: comparison) }
        output.console.say(DifferencePage(comparison: comparison, palette: output.console.palette).lines)
    }
}

/// Changes one by one, then how many of each kind.
struct DifferencePage {
    var comparison: HoldingsComparison
    var palette: Palette

    var lines: [String] {
        var lines = comparison.changes.map(line)
        let total = comparison.counts.values.reduce(0, +)
        if total > comparison.changes.count {
            lines.append("and \(Wording.count(total - comparison.changes.count, "more change", "more changes"))")
        }
        let kinds = Self.words.compactMap { kind, word in
            comparison.counts[kind].map { "\(Wording.number($0)) \(word)" }
        }
        let sum = kinds.isEmpty ? "nothing changed" : kinds.joined(separator: ", ")
        let rest = Wording.count(comparison.unchanged, "item", "items")
        lines.append("snapshot \(comparison.from) to \(comparison.to): \(sum); \(rest) the same")
        return lines
    }

    private static let words = [
        ("added", "added"), ("removed", "removed"), ("refiled", "with another call number"), ("moved", "moved"),
        ("status", "with another status"), ("other", "changed otherwise"),
    ]

    private func line(_ change: HoldingsComparison.Change) -> String {
        guard let before = change.before else { return palette.paint("+ \(Self.item(change.after))".visible, .good) }
        guard let after = change.after else { return palette.paint("- \(Self.item(before))".visible, .bad) }
        return "~ \(Self.item(after)): \(Self.changes(before, after).joined(separator: ", "))".visible
    }

    private static func item(_ item: ItemSummary?) -> String {
        [item?.barcode, item?.callNumber, item?.title?.cut(to: 40)].compactMap(\.self).joined(separator: "  ")
    }

    private static func changes(_ before: ItemSummary, _ after: ItemSummary) -> [String] {
        let pairs: [(String, String?, String?)] = [
            ("call number", before.callNumber, after.callNumber), ("volume", before.enumeration, after.enumeration),
            ("copy", before.copyNumber, after.copyNumber), ("scheme", before.scheme, after.scheme),
            ("branch", before.homeBranch, after.homeBranch), ("now in", before.holdingBranch, after.holdingBranch),
            ("location", before.location, after.location),
            ("permanent location", before.permanentLocation, after.permanentLocation),
            ("collection", before.collection, after.collection), ("status", before.status, after.status),
            ("status text", before.statusText, after.statusText), ("title", before.title, after.title),
            ("type", before.itemType, after.itemType), ("last seen", before.lastSeen, after.lastSeen),
            ("parts", before.parts.map(String.init), after.parts.map(String.init)),
        ]
        let changed = pairs.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1 ?? "none") → \($0.2 ?? "none")" }
        return changed.isEmpty ? ["identifiers"] : changed
    }
}
