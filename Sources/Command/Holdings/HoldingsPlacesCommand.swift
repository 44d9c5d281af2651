import API
import ArgumentParser

struct HoldingsPlacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "places",
        abstract: "List the branches, locations and collections of the holdings, written as a sweep wants them.",
        discussion: "A sweep of one of them: pressmark sweep start --branch MAIN --location REF --collection FIC"
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let places: [PlaceSummary] = try await daemon.connect { try await $0.get("v1", "holdings", "places") }
        if output.json { return try output.console.say(json: places) }
        guard !places.isEmpty else {
            throw Complaint("no holdings have been imported yet", hint: "pressmark holdings import FILE --profile koha")
        }
        output.console.say(PlacesPage(places: places).lines)
    }
}

/// Places as a table; what no item tells has no column.
struct PlacesPage {
    var places: [PlaceSummary]

    var lines: [String] {
        let all: [(heading: String, value: (PlaceSummary) -> String?)] = [
            ("BRANCH", { $0.branch }), ("LOCATION", { $0.location }), ("COLLECTION", { $0.collection }),
        ]
        let columns = all.filter { column in places.contains { column.value($0) != nil } }
        return Table(
            headings: columns.map(\.heading) + ["ITEMS"],
            rows: places.map { place in
                columns.map { ($0.value(place) ?? "").visible } + [Wording.number(place.items)]
            }
        ).lines()
    }
}
