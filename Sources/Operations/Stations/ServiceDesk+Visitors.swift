package import Logging

/// Readers that come and go while the service runs: plugged in and pulled, or named by the configuration and named no
/// more.
extension ServiceDesk {
    /// Keeps a reader that was plugged in until cancelled: it is one of ``ServiceDesk/stations`` for as long.
    ///
    /// Returns at once, with false, when another reader has its name.
    ///
    /// - Parameter cause: why it is kept no longer, asked when it is so; lower case, no period.
    package func host(
        _ setup: StationSetup,
        logger: Logger,
        cause: @Sendable () -> String = { "unplugged" }
    ) async -> Bool {
        guard let station = enter(setup) else { return false }
        logger.notice("reader plugged in", metadata: ["reader": "\(setup.name)", "place": "\(setup.place)"])
        await station.run()
        let cause = cause()
        await dismiss(station, cause: cause)
        logger.notice("reader gone", metadata: ["reader": "\(setup.name)", "cause": "\(cause)"])
        return true
    }

    /// Makes a reader one of ``ServiceDesk/stations``, and runs nothing; `nil` when another reader has its name.
    package func enter(_ setup: StationSetup) -> Station? {
        let station = makeStation(setup)
        return roster.enter(station) ? station : nil
    }

    /// Forgets a reader whose station has ended, and tells everybody who watches; then its name is free.
    ///
    /// - Parameter cause: why it is gone, lower case, no period.
    package func dismiss(_ station: Station, cause: String) async {
        await station.emptyField()
        await workstations.picture.forget(station.setup.name)
        security.forget(station.setup.name)
        var report = await station.report
        report.state = .offline(cause: cause, hint: nil)
        report.tagsPresent = 0
        await events.send(.station(report))
        // Whoever waits for the name comes behind this: its coming is told last, and not the other one's end.
        roster.leave(station)
    }
}
