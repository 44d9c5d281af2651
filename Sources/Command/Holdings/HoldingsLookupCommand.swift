import API
import ArgumentParser
import Foundation

struct HoldingsLookupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup",
        abstract: "Show what is known of an item, by barcode or by the UID of a tag."
    )

    @Argument(help: "A barcode of the item, or a tag's UID in 16 hexadecimal digits that begin with E0.")
    var item: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let known: ItemKnowledge = try await daemon.connect { client in
            if isUID { return try await client.get("v1", "holdings", "items", query: ["uid": item]) }
            return try await client.get("v1", "holdings", "items", item)
        }
        if output.json { return try output.console.say(json: known) }
        output.console.say(ItemPage(known: known, now: Date()).lines)
    }

    private var isUID: Bool {
        item.count == 16 && item.uppercased().hasPrefix("E0") && item.allSatisfy(\.isHexDigit)
    }
}

/// An item and its tags, one fact a line.
struct ItemPage {
    var known: ItemKnowledge
    var now: Date

    var lines: [String] {
        guard let item = known.item else {
            return ["\(known.barcode ?? "a tag without item identifier"): not in the holdings".visible] + tags
        }
        let number = [item.callNumber, item.enumeration, item.copyNumber.map { "c. \($0)" }]
        let facts: [(String, String?)] = [
            ("barcode", item.barcode),
            ("also", item.otherBarcodes.isEmpty ? nil : item.otherBarcodes.joined(separator: ", ")),
            ("title", item.title),
            (
                "call number",
                number.compactMap(\.self).joined(separator: " ")
                    + " (\(item.scheme)\(known.filed ? "" : ", cannot be filed"))"
            ),
            ("branch", item.homeBranch), ("now in", item.holdingBranch == item.homeBranch ? nil : item.holdingBranch),
            ("belongs to", item.permanentLocation),
            ("stands in", item.location == item.permanentLocation ? nil : item.location),
            ("collection", item.collection), ("type", item.itemType),
            ("status", item.status + (item.statusText.map { " (\($0))" } ?? "")),
            ("parts", item.parts.map(String.init)), ("owner", item.owner), ("last seen", item.lastSeen),
        ]
        return facts.compactMap { name, value in value.map { (name.padded(to: 13) + $0).visible } } + tags
    }

    private var tags: [String] {
        guard !known.tags.isEmpty else { return ["tags".padded(to: 13) + "none read yet"] }
        return known.tags.map { tag in
            let part = tag.part.map { ", part \($0) of \(tag.parts ?? 0)" } ?? ""
            return ("tag".padded(to: 13) + "\(tag.uid), \(tag.model)\(part), read \(Wording.ago(tag.readAt, now: now))")
                .visible
        }
    }
}
