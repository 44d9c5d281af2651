import Library
import LinuxIO
import Logging
import Operations
import UnixSignals

/// Reads the configuration file anew on SIGHUP, while readers stay open and sweeps stay begun.
///
/// What can change at once changes; what cannot is named in the log and in the status. A file with a mistake changes
/// nothing.
actor Reloader {
    let source: ConfigurationSource
    let desk: ServiceDesk
    private let manager: ServiceManager?
    private let logger: Logger
    let followed: Followed
    private(set) var inForce: Configuration
    private let stations: ConfiguredStations
    /// The files as the service started with them, with the readers that came and went since; and as they were taken
    /// last.
    private var started: ConfigurationReading
    private(set) var latest: ConfigurationReading
    /// The gates' rules as their file said last; rules that staff put in force since then stay while the file does.
    private var gateRules: GatePolicy
    /// Whether somebody reads or changes the files; an actor alone lets others in wherever it waits.
    private var isTaken = false
    /// Those who come after, in their order.
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Makes what the parts of the service take from a configuration; throws ``StartFailure`` as the start would.
    struct Followed: Sendable {
        var settings: @Sendable (Configuration) throws -> ServiceDesk.Settings
        var pulls: @Sendable (Configuration) -> [PullSetup]
        var gates: @Sendable (Configuration) throws -> GatePolicy
        /// The stations of readers that come while the service runs.
        var stations: @Sendable ([Configuration.Reader]) throws -> [StationSetup]
        /// Looks at what the next start would look at, beyond the words of the file.
        var start: @Sendable (Configuration) throws -> Void
        /// What of a configuration holds here: a simulated branch has readers and a library system of its own.
        var holding: @Sendable (Configuration) -> Configuration = { $0 }
    }

    init(
        _ source: ConfigurationSource,
        started: ConfigurationReading,
        inForce: Configuration,
        gateRules: GatePolicy,
        desk: ServiceDesk,
        stations: ConfiguredStations,
        followed: Followed,
        manager: ServiceManager?,
        logger: Logger
    ) {
        self.source = source
        self.started = started
        latest = started
        // Their doors stay at the pads of the start, whichever pad is the first one later.
        var placed = inForce
        placed.dialects = inForce.placedDialects
        self.inForce = placed
        self.gateRules = gateRules
        self.desk = desk
        self.stations = stations
        self.followed = followed
        self.manager = manager
        self.logger = logger
    }

    /// Reloads at each signal until cancelled.
    func run(at signals: UnixSignalsSequence) async {
        for await _ in signals {
            try? manager?.tell(.reloading)
            await reload()
            try? manager?.tell(.ready)
        }
    }

    /// Every setting as it stands.
    var book: SettingsBook {
        var said: [String: SiteValue] = [:]
        if let state = source.state { said["state"] = .text(state) }
        if let port = source.port { said["http.port"] = .number(port) }
        return SettingsBook(started: started, latest: latest, file: source.path, said: said)
    }

    /// Reads the file once more and takes what can be taken; returns the mistakes for which nothing was.
    ///
    /// One at a time: whoever comes meanwhile waits, and reads the file when it is its turn.
    @discardableResult
    func reload() async -> [String] {
        await takeTurn()
        defer { endTurn() }
        return await reloadInTurn()
    }

    /// Waits until nobody else reads or changes the files.
    func takeTurn() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Lets the next one in.
    func endTurn() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }

    /// As ``reload()``, by whoever has the turn.
    func reloadInTurn() async -> [String] {
        var report = await desk.configuration.report
        do {
            let reading = try source.reading()
            let new = followed.holding(reading.configuration)
            let change = ConfigurationChange(from: inForce, to: new)
            let lost = ConfigurationChange.lostGates(from: inForce, to: new)
            try await take(new, as: reading)
            latest = reading
            report = ConfigurationReport(file: source.path, readAt: desk.time.now(), waiting: change.waiting)
            tell(change)
            tell(lost: lost)
        } catch {
            report.refused = Self.mistakes(error)
            for mistake in report.refused {
                logger.error(
                    "configuration not taken, the one before it stays in force",
                    metadata: ["cause": "\(mistake)"]
                )
            }
        }
        await desk.configuration.note(report)
        return report.refused
    }

    /// What was changed on the page, by its names alone.
    func tellChange(_ forecast: SettingsForecast) {
        let keys = forecast.changes.map(\.key).joined(separator: ", ")
        logger.notice("settings changed", metadata: ["file": "\(latest.changesFile)", "settings": "\(keys)"])
    }

    private func take(_ new: Configuration, as reading: ConfigurationReading) async throws {
        let merged = ConfigurationChange.merged(inForce, with: new)
        let readers = ReaderChange(from: inForce, to: new)
        let setups = try followed.stations(readers.arriving)
        let settings = try followed.settings(merged)
        let rules = try followed.gates(merged)
        try await desk.follow(settings, pulls: followed.pulls(merged), gates: rules == gateRules ? nil : rules)
        if rules != gateRules { logger.notice("gate rules taken from their file") }
        gateRules = rules
        inForce = merged
        guard !readers.moving.isEmpty else { return }
        let tables = merged.readers.compactMap { started.tree.reader($0.name) ?? reading.tree.reader($0.name) }
        started.tree.set("reader", tables: tables)
        stations.follow(readers, setups)
    }

    private func tell(_ change: ConfigurationChange) {
        var words: Logger.Metadata = ["file": "\(source.path ?? "")"]
        if !change.live.isEmpty { words["in-force"] = "\(change.live.joined(separator: ", "))" }
        logger.notice("configuration read again", metadata: words)
        guard !change.waiting.isEmpty else { return }
        logger.warning(
            "settings that were changed wait for a restart",
            metadata: ["settings": "\(change.waiting.joined(separator: ", "))", "hint": "systemctl restart pressmarkd"]
        )
    }

    /// A door is not to stand unwatched because a line fell out of a file.
    private func tell(lost gates: [String]) {
        guard !gates.isEmpty else { return }
        logger.critical(
            "gates that the configuration names no more: they ring until the next start, and not after it",
            metadata: [
                "gates": "\(gates.joined(separator: ", "))",
                "hint": "if that is not wanted, put their [[reader]] back before the next start",
            ]
        )
    }

    /// Each mistake with its file, and with what is advised where something is.
    static func mistakes(_ error: any Error) -> [String] {
        switch error {
        case let error as ConfigurationError: error.mistakes.map { "\(error.file): \($0)" }
        case let failure as StartFailure: [failure.description + (failure.hint.map { "\n  hint: \($0)" } ?? "")]
        default: ["\(error)"]
        }
    }
}

extension ConfigurationTree {
    /// The table of the reader of this name.
    fileprivate func reader(_ name: String) -> [String: ConfigurationTree]? {
        tables("reader").first { $0["name"] == .value(.text(name)) }
    }
}
