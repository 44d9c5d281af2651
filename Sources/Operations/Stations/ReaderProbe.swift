package import Readers
package import Wire

/// A place that may be asked what reader is there: one the site has listed, and no other.
package struct ProbePlace: Sendable {
    /// `serial /dev/ttyUSB1`, `tcp 192.0.2.7:10001`.
    package var name: String
    /// Drivers that may be tried there, in this order; the first that is answered ends it.
    package var drivers: [any ReaderDriver.Type]
    /// Opens the line as a driver wants it set.
    package var open: @Sendable (DriverIdentity) async throws(LinkError) -> any Link & ~Copyable

    package init(
        name: String,
        drivers: [any ReaderDriver.Type],
        open: @escaping @Sendable (DriverIdentity) async throws(LinkError) -> any Link & ~Copyable
    ) {
        self.name = name
        self.drivers = drivers
        self.open = open
    }
}

/// What is known of a place after it was asked.
package struct ProbeReport: Sendable {
    /// What came of asking.
    package enum End: Sendable {
        /// A driver was answered.
        case found(driver: String, model: String, firmware: String)
        /// The line opens, and no driver was answered.
        case silent(asked: [String])
        case unreachable(cause: String, hint: String?)
        /// A USB device that looks like a reader; it was not opened, since nobody has listed it.
        case seen(driver: String, name: String)
    }

    /// As in ``ProbePlace/name``.
    package var place: String
    /// What came of asking it.
    package var end: End

    package init(place: String, end: End) {
        self.place = place
        self.end = end
    }
}

/// Asks the places a site has listed, one after another, with one driver after another.
package struct ReaderProbe: Sendable {
    /// The places the site has listed; empty where nothing may be probed.
    package var places: [ProbePlace]
    /// USB devices that look like readers and belong to no configured one; looked at, never opened.
    package var seen: @Sendable () -> [ProbeReport]

    package init(places: [ProbePlace] = [], seen: @escaping @Sendable () -> [ProbeReport] = { [] }) {
        self.places = places
        self.seen = seen
    }

    /// Asks every place, one after another, and adds what USB shows; takes as long as silent lines are waited for.
    package func run() async -> [ProbeReport] {
        var reports: [ProbeReport] = []
        for place in places { reports.append(ProbeReport(place: place.name, end: await ask(place))) }
        return reports + seen()
    }

    private func ask(_ place: ProbePlace) async -> ProbeReport.End {
        for driver in place.drivers {
            switch await answer(at: place, to: driver) {
            case .success(let device?):
                return .found(driver: driver.identity.name, model: device.model, firmware: device.firmware)
            case .success(nil): continue
            // A line that cannot be opened for one cannot be for another.
            case .failure(let error): return .unreachable(cause: "\(error)", hint: error.hint)
            }
        }
        return .silent(asked: place.drivers.map { $0.identity.name })
    }

    /// What a driver is told there; `nil` when it is not answered, also where the other end hangs up on it: a device
    /// may do that on words that it does not know.
    private func answer(
        at place: ProbePlace,
        to driver: any ReaderDriver.Type
    ) async -> Result<ReaderInformation?, LinkError> {
        let link: any Link & ~Copyable
        do throws(LinkError) {
            link = try await place.open(driver.identity)
        } catch {
            return .failure(error)
        }
        do throws(ReaderError) {
            let reader = try await driver.open(link)
            return .success(reader.information)
        } catch {
            return .success(nil)
        }
    }
}
