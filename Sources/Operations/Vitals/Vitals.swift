import Library
import Store

/// Whether the service itself is well: its loops turn and its database answers.
package struct Vitals: Sendable {
    private let desk: ServiceDesk

    package init(desk: ServiceDesk) {
        self.desk = desk
    }

    /// Turns of every reader's loop, by its name.
    package func turns() async -> [String: UInt64] {
        var turns: [String: UInt64] = [:]
        for station in desk.stations { turns[station.setup.name] = await station.turns }
        return turns
    }

    /// Returns as soon as the database has answered, be it with an error; a hanging disk makes it wait.
    package func awaitStore() async {
        try? desk.store.answer()
    }

    /// How everything stands, in one line for `systemctl status`.
    package func summary() async -> String {
        var lost: [String] = []
        for station in desk.stations {
            if case .online = await station.report.state { continue }
            lost.append(station.setup.name)
        }
        let online = desk.stations.count - lost.count
        let readers = "\(online) of \(desk.stations.count) readers online" + (lost.isEmpty ? "" : ", not: ")
        let snapshot = try? desk.snapshot()
        let holdings = snapshot.map { "\($0.itemCount) items" } ?? "no holdings yet"
        let settings = await desk.configuration.report.summary.map { "; \($0)" } ?? ""
        return readers + lost.joined(separator: ", ") + "; " + holdings + settings
    }
}
