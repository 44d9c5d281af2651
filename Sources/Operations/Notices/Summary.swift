package import Library
import Store

/// What happened in a span of time, in numbers alone.
package struct Summary: Hashable, Sendable {
    /// Beginning of the span, included.
    package var from: Moment
    /// End of the span; alarms and sweeps of this very moment do not count.
    package var to: Moment
    /// Alarms with noise, by the reason of their first item, which is the worst.
    package var alarmsByReason: [GateReason: Int] = [:]
    /// Alarms that made no noise: muted, quiet hour, flood, learning, fire contact.
    package var silentAlarms = 0
    /// People counted in, all gates together, by whole hours: from the one in which the span begins on, and before
    /// the one in which it ends, which is the next span's.
    package var visitors = 0
    /// Sweeps that ended within the span.
    package var sweepsFinished = 0
    /// Expected items that those sweeps have heard, all together.
    package var itemsHeard = 0
    /// Tags that are known to say the wrong thing, now and not only of this span.
    package var wrongBits = 0
    /// Changes of security whose end is not known, now and not only of this span.
    package var openChanges = 0
    /// Readers that are not online now.
    package var readersAway: [String] = []
    /// Whole days since the snapshot in use was taken in; `nil` where there is none.
    package var holdingsAgeDays: Int?

    package init(from: Moment, to: Moment) {
        self.from = from
        self.to = to
    }

    /// Counts what the store knows of the span. Throws what the store says.
    package init(of desk: ServiceDesk, from: Moment, to: Moment) async throws {
        self.init(from: from, to: to)
        for record in try desk.store.alarms(since: from) where record.alarm.at < to {
            guard record.alarm.quiet == nil else {
                silentAlarms += 1
                continue
            }
            if let reason = record.alarm.items.first?.reason { alarmsByReason[reason, default: 0] += 1 }
        }
        visitors = try desk.store.people(since: from, until: to).values.reduce(0) { $0 + $1.incoming }
        for view in try await desk.sweeps.sweeps(project: nil, limit: 50) {
            guard let end = view.sweep.finishedAt, end >= from, end < to else { continue }
            sweepsFinished += 1
            itemsHeard += view.summary.seen
        }
        wrongBits = try desk.security.divergenceCount()
        openChanges = try desk.security.openCount()
        for station in desk.stations {
            if case .online = await station.report.state { continue }
            readersAway.append(station.setup.name)
        }
        holdingsAgeDays = try desk.snapshot().map { Int(to.since($0.importedAt).components.seconds / 86_400) }
    }

    /// The same as a notice, a warning when readers are away; `weekly` only names the span.
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
