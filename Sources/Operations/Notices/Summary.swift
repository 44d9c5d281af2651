package import Library
import Store

/// What happened in a span of time, in numbers alone.
package struct Summary: Hashable, Sendable {
    package var from: Moment
    package var to: Moment
    package var alarmsByReason: [GateReason: Int] = [:]
    package var silentAlarms = 0
    package var visitors = 0
    package var sweepsFinished = 0
    package var itemsHeard = 0
    package var wrongBits = 0
    package var openChanges = 0
    /// Readers that are not online now.
    package var readersAway: [String] = []
    package var holdingsAgeDays: Int?

    package init(from: Moment, to: Moment) {
        self.from = from
        self.to = to
    }

    package init(of desk: ServiceDesk, from: Moment, to: Moment) async throws {
        self.init(from: from, to: to)
        for record in try desk.store.alarms(since: from) where record.alarm.at < to {
            guard record.alarm.quiet == nil else {
                silentAlarms += 1
                continue
            }
            if let reason = record.alarm.items.first?.reason { alarmsByReason[reason, default: 0] += 1 }
        }
        visitors = try desk.store.people(since: from).values.reduce(0) { $0 + $1.incoming }
        for view in try await desk.sweeps.sweeps(project: nil, limit: 50) {
            guard let end = view.sweep.finishedAt, end >= from, end < to else { continue }
            sweepsFinished += 1
            itemsHeard += view.summary.seen
        }
        wrongBits = try await desk.security.divergenceCount()
        openChanges = try await desk.security.open().count
        for station in desk.stations {
            if case .online = await station.report.state { continue }
            readersAway.append(station.setup.name)
        }
        holdingsAgeDays = try desk.snapshot().map { Int(to.since($0.importedAt).components.seconds / 86_400) }
    }

    package func notice(weekly: Bool) -> Notice {
        Notice(
            .summary,
            readersAway.isEmpty ? .note : .warning,
            subject: weekly ? "the week" : "the day",
            text: lines.joined(separator: "\n"),
            at: to
        )
    }

    /// One thing a line.
    package var lines: [String] {
        let alarms = alarmsByReason.values.reduce(0, +)
        let reasons = alarmsByReason.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "\($0.value) \($0.key.rawValue)" }
        var lines = ["alarms: \(alarms)" + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))")]
        if silentAlarms > 0 { lines.append("alarms without noise: \(silentAlarms)") }
        if visitors > 0 { lines.append("visitors: \(visitors)") }
        lines.append("sweeps finished: \(sweepsFinished)" + (sweepsFinished > 0 ? ", items heard: \(itemsHeard)" : ""))
        lines.append("tags that say the wrong thing: \(wrongBits); changes without a known end: \(openChanges)")
        lines.append("readers away: " + (readersAway.isEmpty ? "none" : readersAway.joined(separator: ", ")))
        lines.append(holdingsAgeDays.map { "age of the holdings in days: \($0)" } ?? "no holdings")
        return lines
    }
}
