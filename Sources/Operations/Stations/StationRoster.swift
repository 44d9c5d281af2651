import Synchronization

/// The stations there are: the configured ones as long as they are configured, and those of readers that were plugged
/// in as long as they stay.
///
/// Read at every look-up of a reader's name, so it is a lock around a list and no actor.
package final class StationRoster: Sendable {
    private let stations: Mutex<[Station]>

    /// Begins with the stations of the start.
    package init(_ configured: [Station]) {
        stations = Mutex(configured)
    }

    /// Those of the start first, then those that came since.
    package var all: [Station] { stations.withLock { $0 } }

    /// The station of this name, whoever brought it; `nil` when there is none.
    func station(named name: String) -> Station? {
        stations.withLock { stations in stations.first { $0.setup.name == name } }
    }

    /// Takes a station in; false when there is one of its name already.
    func enter(_ station: Station) -> Bool {
        stations.withLock { stations in
            guard !stations.contains(where: { $0.setup.name == station.setup.name }) else { return false }
            stations.append(station)
            return true
        }
    }

    func leave(_ station: Station) {
        stations.withLock { stations in stations.removeAll { $0 === station } }
    }
}
