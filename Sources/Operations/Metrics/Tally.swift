import Library

/// Counts what happens in the branch, by kinds and devices and never by items.
///
/// Items, tags and people have no name here: a number that grows says nothing of any of them.
package actor Tally {
    /// A counter and its labels, in the order they are shown.
    package struct Series: Hashable, Sendable, Comparable {
        /// What is counted.
        package var name: Counter
        /// In the order they are shown; devices, kinds and outcomes, never items or people.
        package var labels: [Label]

        /// One name and its value: `reader` and `pad-1`.
        package struct Label: Hashable, Sendable {
            /// What is told apart: `reader`, `gate`, `outcome`.
            package var name: String
            /// Which one it is: `pad-1`.
            package var value: String
        }

        /// A series of a counter; labels are shown in the order they are written.
        package init(_ name: Counter, _ labels: KeyValuePairs<String, String>) {
            self.name = name
            self.labels = labels.map { Label(name: $0, value: $1) }
        }

        package static func < (left: Series, right: Series) -> Bool {
            if left.name != right.name { return left.name.rawValue < right.name.rawValue }
            return left.labels.map(\.value).lexicographicallyPrecedes(right.labels.map(\.value))
        }
    }

    /// What is counted; the raw value is the metric's name.
    package enum Counter: String, Hashable, Sendable, CaseIterable {
        case readerChanges = "pressmark_reader_state_changes_total"
        case sightings = "pressmark_sightings_total"
        case findings = "pressmark_sweep_findings_total"
        case flips = "pressmark_security_changes_total"
        case refusals = "pressmark_security_refusals_total"
        case alarms = "pressmark_gate_alarms_total"
        case silentAlarms = "pressmark_gate_silent_alarms_total"
        case troubles = "pressmark_gate_troubles_total"
        case requests = "pressmark_http_requests_total"
        case notices = "pressmark_notices_total"
    }

    /// Since the service started; a series that never counted is not in it.
    package private(set) var counters: [Series: Int] = [:]
    /// Times of answers of the HTTP interface.
    package private(set) var answers = Histogram.answers

    package init() {}

    /// Adds to a series, which begins at zero.
    package func count(_ series: Series, by number: Int = 1) {
        counters[series, default: 0] += number
    }

    /// Takes an answered request.
    package func answered(_ method: String, status: Int, after duration: Duration) {
        count(Series(.requests, ["method": method, "code": "\(status)"]))
        answers.observe(duration)
    }

    /// Takes a look at a field.
    package func take(_ round: StationRound) {
        guard !round.arrived.isEmpty else { return }
        count(Series(.sightings, ["reader": round.reader, "role": round.role.rawValue]), by: round.arrived.count)
    }

    /// Takes what others are told.
    package func take(_ event: BranchEvent) {
        switch event {
        case .station(let report):
            count(Series(.readerChanges, ["reader": report.name, "state": report.state.word]))
        case .finding(let finding):
            count(Series(.findings, ["kind": finding.kind.rawValue]))
        case .alarm(let record):
            // An alarm rings once, for the worst of its items.
            let reason = record.alarm.items.first?.reason.rawValue ?? "none"
            count(Series(.alarms, ["gate": record.alarm.gate, "reason": reason]))
            if let quiet = record.alarm.quiet {
                count(Series(.silentAlarms, ["gate": record.alarm.gate, "cause": quiet.rawValue]))
            }
        case .gateTrouble(let trouble) where trouble.cause != nil:
            count(Series(.troubles, ["gate": trouble.gate, "kind": trouble.kind.rawValue]))
        case .security(let report):
            let cause = report.request.cause.rawValue
            switch report.end {
            case .flipped(_, let result):
                let labels: KeyValuePairs = [
                    "reader": report.request.reader, "cause": cause, "outcome": result.outcome.rawValue,
                ]
                count(Series(.flips, labels))
            case .refused: count(Series(.refusals, ["reader": report.request.reader, "cause": cause]))
            case .alreadySo: break
            }
        case .pad, .sweep, .parked, .gateTrouble, .divergences, .sought, .guide, .librarySystem, .lost: break
        }
    }

    /// Counts everything that is told from now on, until cancelled.
    package func run(on events: EventHub) async {
        for await event in await events.events() { take(event) }
    }
}

extension StationState {
    /// In one word.
    package var word: String {
        switch self {
        case .connecting: "connecting"
        case .online: "online"
        case .offline: "offline"
        }
    }
}
