import API
import Foundation
import Library
import Operations

/// Everything that can be measured of the service at this moment.
///
/// Labels are names of readers, gates, dialects and kinds of things, all of which stand in the configuration or in a
/// closed list; nothing is told by item, tag or person.
struct MetricPage: Sendable {
    private let desk: ServiceDesk
    private let startedAt: Moment
    private let look: StoreLook

    /// - Parameter look: shared with whoever else asks how the database does.
    init(desk: ServiceDesk, startedAt: Moment, look: StoreLook = StoreLook()) {
        self.desk = desk
        self.startedAt = startedAt
        self.look = look
    }

    /// Prometheus text.
    var text: String {
        get async { await families.filter { !$0.samples.isEmpty }.map(\.text).joined() }
    }

    /// Every family in the order of the page, also those that have no series just now.
    var families: [MetricFamily] {
        get async {
            await general() + readers() + counters() + sweeps() + security() + gates() + librarySystem()
                + workstations()
                + store() + process()
        }
    }

    private func general() async -> [MetricFamily] {
        [
            gauge(
                "pressmark_build_info",
                "Always 1; the version stands in its label.",
                1,
                [("version", Version.current)]
            ),
            gauge(
                "pressmark_start_time_seconds",
                "When the service was started, in seconds since 1970.",
                seconds(startedAt)
            ),
        ]
    }

    private func readers() async -> [MetricFamily] {
        var up: [MetricFamily.Sample] = []
        var tags = up, answer = up, looks = up, exchanges = up, failures = up, bytes = up
        for station in desk.stations {
            let report = await station.report
            let values = station.line.values
            let reader = [(name: "reader", value: report.name)]
            let isOnline = report.state.word == "online"
            up.append(
                .init(
                    labels: reader + [("role", report.role.rawValue), ("driver", report.driver)],
                    value: isOnline ? 1 : 0
                )
            )
            tags.append(.init(labels: reader, value: Double(report.tagsPresent)))
            if let last = report.lastAnswer { answer.append(.init(labels: reader, value: seconds(last))) }
            looks.append(.init(labels: reader, value: Double(await station.turns)))
            exchanges.append(.init(labels: reader, value: Double(values.exchanges)))
            failures.append(.init(labels: reader, value: Double(values.failures)))
            bytes.append(.init(labels: reader + [("direction", "sent")], value: Double(values.sentBytes)))
            bytes.append(.init(labels: reader + [("direction", "received")], value: Double(values.receivedBytes)))
        }
        return [
            MetricFamily("pressmark_reader_up", "Whether the reader answers.", .gauge, up),
            MetricFamily("pressmark_reader_tags", "Tags in the reader's field.", .gauge, tags),
            MetricFamily(
                "pressmark_reader_last_answer_timestamp_seconds",
                "When the reader answered last, in seconds since 1970.",
                .gauge,
                answer
            ),
            MetricFamily(
                "pressmark_reader_looks_total",
                "Looks at the reader's field and tries to open it.",
                .counter,
                looks
            ),
            MetricFamily("pressmark_reader_exchanges_total", "Requests sent to the reader.", .counter, exchanges),
            MetricFamily(
                "pressmark_reader_exchange_failures_total",
                "Requests that the reader did not answer in time, and broken lines.",
                .counter,
                failures
            ),
            MetricFamily("pressmark_reader_line_bytes_total", "Bytes over the reader's line.", .counter, bytes),
        ]
    }

    private func counters() async -> [MetricFamily] {
        let counted = await desk.tally.counters
        return Tally.Counter.allCases.map { counter in
            MetricFamily(
                counter.rawValue,
                counter.help,
                .counter,
                counted.filter { $0.key.name == counter }.sorted { $0.key < $1.key }.map { series, number in
                    .init(labels: series.labels.map { ($0.name, $0.value) }, value: Double(number))
                }
            )
        } + [
            histogram(
                "pressmark_http_request_duration_seconds",
                "How long the service took to answer a request; event streams count until their answer began.",
                await desk.tally.answers
            )
        ]
    }

    private func sweeps() async -> [MetricFamily] {
        let all = await desk.sweeps.views
        func total(_ value: (SweepView) -> Int) -> Double { Double(all.reduce(0) { $0 + value($1) }) }
        return [
            gauge("pressmark_sweeps_running", "Sweeps in progress.", Double(all.count)),
            gauge(
                "pressmark_sweep_items_expected",
                "Items expected by the sweeps in progress.",
                total(\.summary.expected)
            ),
            gauge(
                "pressmark_sweep_items_seen",
                "Expected items heard by the sweeps in progress.",
                total(\.summary.seen)
            ),
            gauge("pressmark_sweep_sightings", "Sightings on the disk of the sweeps in progress.", total(\.sightings)),
        ]
    }

    private func security() async -> [MetricFamily] {
        var families: [MetricFamily] = []
        if let open = try? desk.security.openCount() {
            families.append(
                gauge("pressmark_security_open_changes", "Changes begun whose end is not known.", Double(open))
            )
        }
        if let wrong = try? desk.security.divergenceCount() {
            families.append(
                gauge("pressmark_security_divergences", "Tags that are known to say the wrong thing.", Double(wrong))
            )
        }
        return families
    }

    private func gates() async -> [MetricFamily] {
        var up: [MetricFamily.Sample] = []
        var troubles = up, people = up
        for view in await desk.gate.keeper.views {
            let gate = [(name: "gate", value: view.gate)]
            up.append(.init(labels: gate, value: view.isDead ? 0 : 1))
            for kind in GateTrouble.Kind.allCases {
                let isThere = view.troubles.contains { $0.kind == kind }
                troubles.append(.init(labels: gate + [("kind", kind.rawValue)], value: isThere ? 1 : 0))
            }
            people.append(.init(labels: gate + [("direction", "in")], value: Double(view.incoming)))
            people.append(.init(labels: gate + [("direction", "out")], value: Double(view.outgoing)))
        }
        return [
            MetricFamily("pressmark_gate_up", "Whether the gate hears.", .gauge, up),
            MetricFamily("pressmark_gate_trouble", "Whether the gate has this trouble now.", .gauge, troubles),
            MetricFamily(
                "pressmark_gate_people",
                "People counted since the gate's counter was set back.",
                .gauge,
                people
            ),
        ]
    }

    private func librarySystem() async -> [MetricFamily] {
        guard let link = desk.circulation else { return [] }
        let report = await link.report
        let isOnline = if case .online = report.state { true } else { false }
        return [
            gauge("pressmark_ils_up", "Whether the library system answers.", isOnline ? 1 : 0),
            gauge("pressmark_ils_connections", "Open connections to the library system.", Double(report.open)),
            histogram(
                "pressmark_ils_request_duration_seconds",
                "How long the library system took to answer; failures included.",
                await link.answers
            ),
        ]
    }

    private func workstations() async -> [MetricFamily] {
        let doors = await desk.workstations.report
        func samples(_ value: (WorkstationDoor) -> Int) -> [MetricFamily.Sample] {
            doors.map { .init(labels: [("dialect", $0.dialect)], value: Double(value($0))) }
        }
        return [
            MetricFamily(
                "pressmark_workstation_up",
                "Addresses on which the dialect listens.",
                .gauge,
                samples { $0.listening.count }
            ),
            MetricFamily(
                "pressmark_workstation_answers_total",
                "Calls of workstations answered.",
                .counter,
                samples(\.answers)
            ),
            MetricFamily(
                "pressmark_workstation_refusals_total",
                "Calls turned away because of their page or host.",
                .counter,
                samples(\.refusals)
            ),
        ]
    }

    private func store() async -> [MetricFamily] {
        var families: [MetricFamily] = []
        let size = try? FileManager.default.attributesOfItem(atPath: desk.databasePath)[.size] as? NSNumber
        if let size {
            families.append(gauge("pressmark_store_size_bytes", "Size of the database file.", size.doubleValue))
        }
        let answer = await look.answer(at: desk.time.uptime) { desk.storeTrouble() }
        if answer.trouble == nil {
            let parts = answer.took.components
            let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
            families.append(
                gauge("pressmark_store_answer_seconds", "How long the database took to answer just now.", seconds)
            )
        }
        if let snapshot = (try? desk.snapshot()) ?? nil {
            families.append(
                gauge("pressmark_holdings_items", "Items in the holdings in use.", Double(snapshot.itemCount))
            )
            families.append(
                gauge(
                    "pressmark_holdings_timestamp_seconds",
                    "When the holdings in use were imported, in seconds since 1970.",
                    seconds(snapshot.importedAt)
                )
            )
        }
        return families
    }

    private func process() async -> [MetricFamily] {
        var families: [MetricFamily] = []
        if let pages = ProcessFacts.residentBytes {
            families.append(gauge("process_resident_memory_bytes", "Memory of the process.", Double(pages)))
        }
        if let files = ProcessFacts.openFiles {
            families.append(gauge("process_open_fds", "Open files of the process.", Double(files)))
        }
        return families
    }
}

extension MetricPage {
    private func gauge(
        _ name: String,
        _ help: String,
        _ value: Double,
        _ labels: [(name: String, value: String)] = []
    ) -> MetricFamily {
        MetricFamily(name, help, .gauge, [.init(labels: labels, value: value)])
    }

    private func histogram(_ name: String, _ help: String, _ histogram: Histogram) -> MetricFamily {
        var sum = 0
        var samples: [MetricFamily.Sample] = []
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            sum += count
            samples.append(.init(suffix: "_bucket", labels: [("le", "\(bound)")], value: Double(sum)))
        }
        samples.append(.init(suffix: "_bucket", labels: [("le", "+Inf")], value: Double(histogram.count)))
        samples.append(.init(suffix: "_sum", value: histogram.sum))
        samples.append(.init(suffix: "_count", value: Double(histogram.count)))
        return MetricFamily(name, help, .histogram, samples)
    }

    private func seconds(_ moment: Moment) -> Double { Double(moment.milliseconds) / 1000 }
}

extension Tally.Counter {
    /// What is counted, for people.
    var help: String {
        switch self {
        case .readerChanges: "Changes of a reader's state."
        case .sightings: "Tags that came into a reader's field."
        case .findings: "Findings of sweeps by class, as they appeared."
        case .flips: "Changes of security that were begun, by how they ended."
        case .refusals: "Changes of security that were refused before anything was written."
        case .alarms: "Alarms of a gate, by why it rang."
        case .silentAlarms: "Alarms that made no noise, by why."
        case .troubles: "Times a gate stopped hearing well."
        case .requests: "Requests answered."
        case .notices: "Notices by what became of them."
        }
    }
}

/// What the kernel tells of this process (proc(5)).
enum ProcessFacts {
    static var residentBytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 << 10 }
    }

    static var openFiles: Int? { try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
}
