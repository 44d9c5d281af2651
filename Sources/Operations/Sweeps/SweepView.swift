package import Library

/// A sweep as it is shown: how far it is and how the shelf looks.
package struct SweepView: Hashable, Sendable {
    package var sweep: Sweep
    package var summary: SweepSummary
    /// Sightings on the disk, repeats included.
    package var sightings: Int
    package var stretches: [SweepStretch]

    /// Stretches the shelf is shown in: about as many as fit side by side on a terminal line.
    static let stretchCount = 60

    package init(sweep: Sweep, summary: SweepSummary, sightings: Int, stretches: [SweepStretch]) {
        self.sweep = sweep
        self.summary = summary
        self.sightings = sightings
        self.stretches = stretches
    }
}

/// Why a sweep could not be started, found or ended.
package enum SweepRefusal: Error, Hashable, Sendable {
    case running(Sweep.ID)
    case notRunning
    case noHoldings
    case nothingExpected
    case unknown(Sweep.ID)
}

extension SweepRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .running(let id): "sweep: found sweep \(id) running, wanted none"
        case .notRunning: "sweep: found none running"
        case .noHoldings: "holdings: found no snapshot, wanted one to compare the shelf with"
        case .nothingExpected: "scope: found no item that should stand there"
        case .unknown(let id): "sweep \(id): not found"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .running: "finish it with `pressmark sweep finish` first"
        case .notRunning: "start one with `pressmark sweep start`"
        case .noHoldings: "import one with `pressmark holdings import FILE --profile koha`"
        case .nothingExpected:
            "compare branch, location and call numbers with the holdings; names must be written as they are there"
        case .unknown: "`pressmark sweep report` without a number shows the latest"
        }
    }
}
