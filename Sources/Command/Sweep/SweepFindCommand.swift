import API
import ArgumentParser
import Foundation

struct SweepFindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Lead to one item: a bar that grows, and bells that come closer together, the nearer the wand is."
    )

    @Argument(help: "Barcode of the item.")
    var barcode: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        try await daemon.connect { client in
            let place: FindPlace = try await client.post("v1", "find", barcode)
            if output.json { try console.say(json: place, onOneLine: true) } else { console.say(lines(of: place)) }
            guard place.isTagKnown else {
                throw Complaint(
                    "item \(barcode): no tag of it was ever read, so a wand cannot hear it",
                    hint: "look between its neighbours by hand"
                )
            }
            try await client.follow(
                opened: { .on },
                handle: { event in
                    guard case .guide(let guide) = event, guide.barcode == barcode else { return .on }
                    try show(guide, console)
                    return .on
                },
                lost: { console.remark("note: \($0.message); trying again every second") }
            )
        }
    }

    private func show(_ guide: Guide, _ console: Console) throws {
        if output.json { return try console.say(json: guide, onOneLine: true) }
        let bar = Self.bar(guide.strength, width: max(10, console.width - 8))
        guard console.isTerminal else { return console.say(bar) }
        // Back to the line's beginning, and clear what stood there (ECMA-48 EL).
        console.put("\r\u{1B}[K\(bar)" + (guide.strength > 0.3 ? "\u{07}" : ""))
    }

    /// `██████····  60 %`
    static func bar(_ strength: Double, width: Int) -> String {
        let strength = min(max(strength, 0), 1)
        let full = Int((strength * Double(width)).rounded())
        let percent = String(Int((strength * 100).rounded()))
        return String(repeating: "█", count: full) + String(repeating: "·", count: width - full) + "  \(percent) %"
    }

    func lines(of place: FindPlace) -> [String] {
        func name(_ item: Move.Item) -> String {
            let words = [item.callNumber, item.title].compactMap { $0?.visible }
            guard words.isEmpty else { return words.joined(separator: "  ") }
            return "\(item.barcode.visible): the holdings say neither call number nor title"
        }
        var lines = [name(place.item) + (place.location.map { "  (\($0.visible))" } ?? "")]
        if let seen = place.lastSeen {
            lines.append("last seen \(seen.last.formatted(.iso8601)) by \(seen.reader.visible), sweep \(seen.sweep)")
        } else {
            lines.append("never seen in a sweep")
        }
        if !place.before.isEmpty { lines.append("behind   " + place.before.map(name).joined(separator: " · ")) }
        if !place.behind.isEmpty { lines.append("before   " + place.behind.map(name).joined(separator: " · ")) }
        return lines
    }
}
