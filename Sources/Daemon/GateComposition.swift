import Foundation
import Library
import LinuxIO
import Logging
import Operations
import Readers
import Wire

/// Puts the gates together: rules, lines, hours, and the thread that they have for themselves.
struct GateComposition: Sendable {
    let settings: ServiceDesk.GateSettings
    let executor: ThreadExecutor
    private let orders: AsyncStream<ReaderLines.Order>?

    init(
        _ configuration: GateConfiguration,
        gates: [String],
        security: SecurityPolicy,
        hasLibrarySystem: Bool,
        time: Timekeeper,
        readiness: Readiness,
        simulated: SimulatedOutputs? = nil,
        logger: Logger
    ) throws {
        let thread = try ThreadExecutor(name: "gate")
        executor = thread
        let policy = try Self.rules(
            configuration,
            security: security,
            hasLibrarySystem: hasLibrarySystem,
            now: time.now(),
            logger: logger
        )
        if let name = configuration.confirmedSilence, configuration.hours.allSatisfy({ $0 == .silent }) {
            logger.critical("gate hours in which nothing sounds", metadata: ["by": "\(name)"])
        }
        let hour: @Sendable (Moment) -> Int = { NoticeTime(local: $0).hour }
        let sounding = Dictionary(uniqueKeysWithValues: gates.map { ($0, Self.sounding(configuration, gate: $0)) })
        let wiring = configuration.outputs.map { output in
            let isOrdered = if case .reader = output.place { true } else { false }
            return GateBells.Wiring(line: output.line, output: output.name, gate: output.gate, isOrdered: isOrdered)
        }
        func bells<Given: Lines & ~Copyable>(
            _ lines: consuming Given,
            _ edges: AsyncStream<LineEdge>,
            _ losses: AsyncStream<LineLoss> = AsyncStream { $0.finish() }
        ) -> GateBells {
            GateBells(
                lines,
                edges: edges,
                losses: losses,
                gates: gates,
                wiring: wiring,
                sounding: sounding,
                hour: hour,
                time: time,
                seat: Seat(thread)
            )
        }
        let (layout, places) = Self.layout(configuration)
        let readers = ReaderLines(places)
        orders = places.isEmpty ? nil : readers.orders
        let made: GateBells?
        do throws(GPIOError) {
            if let simulated {
                made = bells(simulated.lines, AsyncStream { $0.finish() })
            } else if layout.outputs.isEmpty, layout.inputs.isEmpty {
                made = places.isEmpty ? nil : bells(readers, AsyncStream { $0.finish() })
            } else {
                let chips = try GPIOLines.open(layout, on: readiness)
                let (edges, losses) = (chips.edges(), chips.losses)
                made = bells(JoinedLines(chips, readers, ofFirst: Set(layout.outputs.map(\.name))), edges, losses)
            }
        } catch {
            throw StartFailure(description: "\(error)", hint: error.hint)
        }
        settings = ServiceDesk.GateSettings(
            policy: policy,
            retention: .seconds(Int64(configuration.keepDays) * 86_400),
            bells: made,
            hour: hour,
            weekday: { NoticeTime(local: $0).weekday },
            siteDay: { SiteDay(of: $0) },
            day: GateDay(closing: configuration.closing, selfTest: configuration.selfTest) { moment in
                let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
                let parts = Calendar.current.dateComponents([.hour, .minute], from: date)
                return (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
            },
            thread: thread
        )
    }

    /// How long an alarm on old holdings waits for a library system, unless the rules say otherwise: a person is in the
    /// field of a gate for a third of a second (iso15693 §6.4).
    private static let liveBudget: Duration = .milliseconds(200)

    /// The stations with what the configuration says of how their readers report.
    static func tuned(_ setups: [StationSetup], by readers: [Configuration.Reader]) -> [StationSetup] {
        setups.map { setup in
            var setup = setup
            guard let reader = readers.first(where: { $0.name == setup.name }) else { return setup }
            setup.isBuffered = reader.isBuffered
            setup.reportsAFI = reader.reportsAFI
            setup.countsPeople = reader.countsPeople
            setup.patience = patience(of: reader)
            return setup
        }
    }

    /// A gate that calls may be silent for as long as its own sign of life is set to, which nobody can ask it; one that
    /// is asked on its command port may not.
    private static func patience(of reader: Configuration.Reader) -> Duration? {
        if let patience = reader.patience { return patience }
        guard case .calls = reader.place else { return nil }
        return reader.commands == nil ? .seconds(90) : .milliseconds(4800)
    }

    /// Those who ask gates that call us on their own port.
    static func attendants(
        _ readers: [Configuration.Reader],
        keeper: GateKeeper,
        readiness: Readiness,
        time: Timekeeper,
        logger: Logger
    ) -> [GateAttendant] {
        readers.compactMap { reader in
            guard let port = reader.commands else { return nil }
            return GateAttendant(
                gate: reader.name,
                keeper: keeper,
                countsPeople: reader.countsPeople,
                time: time,
                logger: logger
            ) { () async throws(LinkError) -> any Link & ~Copyable in
                try await TCPLink.connect(host: port.host, port: port.port, on: readiness)
            }
        }
    }

    /// Carries orders to outputs that belong to readers, until cancelled.
    func obey(_ stations: [Station]) async {
        guard let orders else { return await Self.wait() }
        await ReaderLines.obey(orders, with: stations) { [bells = settings.bells] line, cause in
            await bells?.tell(line, cause: cause)
        }
    }

    /// A service must not end before the others do.
    private static func wait() async {
        while (try? await Task.sleep(for: .seconds(3600))) != nil {}
    }

    /// The rules that the configuration asks for, from their file where it names one.
    ///
    /// Throws ``ConfigurationError`` with every line of that file that is not understood, and ``StartFailure`` for a
    /// file that is none or under which nothing would sound.
    static func rules(
        _ configuration: GateConfiguration,
        security: SecurityPolicy,
        hasLibrarySystem: Bool,
        now: Moment,
        logger: Logger
    ) throws -> GatePolicy {
        var base = GatePolicy(security: security, freshness: security.freshness)
        if hasLibrarySystem { base.liveBudget = liveBudget }
        return try policy(configuration, base: base, now: now, logger: logger)
    }

    /// Reads the rules' file as the start would, for its mistakes alone; throws as ``rules`` does.
    static func check(_ configuration: Configuration) throws {
        _ = try rules(
            configuration.gate,
            security: SecurityPolicy(configuration.security, institutions: configuration.library.isil),
            hasLibrarySystem: configuration.librarySystem != nil,
            now: Composition.time.now(),
            // Silence that somebody has confirmed is said at the start, not at each look.
            logger: Logger(label: "check") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// The rules of the file; a file under which nothing would sound needs a name behind it.
    private static func policy(
        _ configuration: GateConfiguration,
        base: GatePolicy,
        now: Moment,
        logger: Logger
    ) throws -> GatePolicy {
        guard let path = configuration.rules else { return base }
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw StartFailure(
                description: "gate rules \(path): found \(UnreadableText.found(at: path)), wanted rules as text",
                hint: "let the user that runs pressmarkd read it; docs/gate.md has the rules and their words"
            )
        }
        let policy: GatePolicy
        switch GatePolicyFile.apply(text, to: base) {
        case .success(let read): policy = read
        case .failure(let mistakes):
            throw ConfigurationError(file: path, mistakes: mistakes.list.map(ConfigurationMistake.init))
        }
        guard let silence = policy.silence(at: now) else { return policy }
        guard let name = configuration.confirmedSilence else {
            let what =
                switch silence {
                case .rules: "nothing would ever sound under them"
                case .learning: "nothing would sound under them before the end of learning"
                }
            throw StartFailure(
                description: "gate rules \(path): \(what)",
                hint: "if that is wanted, say so with silence-confirmed-by = \"your name\" under [gate]"
            )
        }
        logger.critical("gate rules under which nothing sounds", metadata: ["file": "\(path)", "by": "\(name)"])
        return policy
    }

    /// The usual patterns, those of the site in their place, and how long its outputs are to last in the usual ones.
    static func sounding(_ configuration: GateConfiguration, gate: String) -> GateSounding {
        var sounding = GateSounding(hours: configuration.hours)
        sounding.patterns.merge(configuration.patterns) { _, own in own }
        for output in configuration.outputs where output.gate == nil || output.gate == gate {
            guard let duration = output.duration else { continue }
            for signal in [GateSignal.alarm, .escalated] where configuration.patterns[signal] == nil {
                for index in sounding.patterns[signal]?.strokes.indices ?? 0..<0 {
                    guard sounding.patterns[signal]?.strokes[index].output == output.name else { continue }
                    sounding.patterns[signal]?.strokes[index].duration = duration
                }
            }
        }
        return sounding
    }

    /// Which outputs and inputs are on chips, and which outputs are the readers' own.
    private static func layout(_ configuration: GateConfiguration) -> (GPIOLayout, [String: ReaderLines.Place]) {
        var layout = GPIOLayout(inputs: configuration.inputs.map(\.line))
        var readers: [String: ReaderLines.Place] = [:]
        for output in configuration.outputs {
            switch output.place {
            case .chip(let place, let activeLow, let drive):
                layout.outputs.append(GPIOOutput(name: output.line, place: place, activeLow: activeLow, drive: drive))
            case .reader(let reader, let place):
                readers[output.line] = ReaderLines.Place(reader: reader, output: place)
            case .simulated: break
            }
        }
        return (layout, readers)
    }
}

extension ConfigurationMistake {
    /// A line of a file of rules that is not understood.
    fileprivate init(_ mistake: GatePolicyFile.Mistake) {
        self.init(
            line: mistake.line,
            what: "gate rules",
            found: mistake.found,
            wanted: mistake.wanted,
            hint: "docs/gate.md has every rule with its words"
        )
    }
}
