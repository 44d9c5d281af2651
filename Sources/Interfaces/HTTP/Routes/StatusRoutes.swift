import API
import Foundation
import Hummingbird
import Library
import Operations
import Synchronization

/// How everything stands.
struct StatusRoutes {
    let desk: ServiceDesk
    let library: String
    let simulated: Bool
    let startedAt: Moment
    private let day = LastDay()

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/status") { _, context in try Response.json(keeping: await status(for: context.caller)) }
        router.get("/v1/readers") { _, _ in try Response.json(keeping: await readers()) }
    }

    /// Strangers stand before a kiosk: as on its event stream, no item of an alarm and no shelf is shown there.
    private func status(for caller: Caller) async throws -> Status {
        let isPublic = caller.role == .kiosk
        let sweep = try await isPublic ? nil : desk.sweeps.currentAtHand()
        let damage = await desk.backups.damage
        return Status(
            version: Version.current,
            library: library,
            startedAt: Date(startedAt),
            simulated: simulated,
            store: StoreStatus(
                path: desk.databasePath,
                snapshot: try desk.snapshot().map { SnapshotSummary($0) },
                damage: damage?.cause,
                hint: damage?.hint
            ),
            readers: await readers(),
            ils: await librarySystem(),
            gate: try gate(showingAlarm: !isPublic),
            sweep: sweep.map { SweepSummary($0) },
            openSecurityChanges: try desk.security.openCount(),
            wrongSecurityBits: try desk.security.divergenceCount(),
            configuration: ConfigurationStatus(await desk.configuration.report)
        )
    }

    private func librarySystem() async -> ILSStatus {
        guard let link = desk.circulation else {
            return ILSStatus(
                state: "not configured",
                detail: "whether an item is on loan is taken from the holdings"
            )
        }
        let report = await link.report
        return switch report.state {
        case .online: ILSStatus(state: "online", detail: report.place)
        case .away(let cause): ILSStatus(state: "offline", detail: "\(report.place): \(cause)")
        case .unknown: ILSStatus(state: "offline", detail: "\(report.place): not asked yet")
        }
    }

    private func readers() async -> [ReaderStatus] {
        var readers: [ReaderStatus] = []
        for station in desk.stations { readers.append(ReaderStatus(await station.report)) }
        return readers
    }

    private func gate(showingAlarm: Bool) throws -> GateStatus {
        let last = try showingAlarm ? desk.gate.latest() : nil
        let items = try desk.items(last?.alarm.items.compactMap(\.barcode) ?? [])
        let day = day.of(desk.time.now(), by: desk.siteDay)
        return GateStatus(
            alarmsToday: try desk.alarmCount(since: day.began),
            lastAlarm: last.map { Alarm($0, items: items) },
            dayBegan: Date(day.began),
            dayEnds: Date(day.ends)
        )
    }
}

/// The site's day that was worked out last: it stays the same until it ends, and a calendar takes its time.
final class LastDay: Sendable {
    private let last = Mutex<SiteDay?>(nil)

    /// The day to which a moment belongs, worked out by `day` where it is another than last.
    func of(_ moment: Moment, by day: (Moment) -> SiteDay) -> SiteDay {
        last.withLock { last in
            if let last, last.began <= moment, moment < last.ends { return last }
            let found = day(moment)
            last = found
            return found
        }
    }
}
