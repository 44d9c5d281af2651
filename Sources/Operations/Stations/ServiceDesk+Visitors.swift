package import Logging

/// Readers that nobody configured and that were plugged in.
extension ServiceDesk {
    /// Keeps such a reader until cancelled, which is when it was pulled: it is one of ``ServiceDesk/stations`` for as
    /// long.
    ///
    /// Returns at once, with false, when another reader has its name.
    package func host(_ setup: StationSetup, logger: Logger) async -> Bool {
        let station = makeStation(setup)
        guard roster.enter(station) else { return false }
        logger.notice("reader plugged in", metadata: ["reader": "\(setup.name)", "place": "\(setup.place)"])
        await station.run()
        roster.leave(station)
        await workstations.picture.forget(setup.name)
        var report = await station.report
        report.state = .offline(cause: "unplugged", hint: nil)
        report.tagsPresent = 0
        await events.send(.station(report))
        logger.notice("reader unplugged", metadata: ["reader": "\(setup.name)"])
        return true
    }
}
