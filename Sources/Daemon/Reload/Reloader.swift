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
    private let desk: ServiceDesk
    private let manager: ServiceManager?
    private let logger: Logger
    private let followed: Followed
    private var inForce: Configuration
    /// The gates' rules as their file said last; rules that staff put in force since then stay while the file does.
    private var gateRules: GatePolicy

    /// Makes what the parts of the service take from a configuration; throws ``StartFailure`` as the start would.
    struct Followed: Sendable {
        var settings: @Sendable (Configuration) throws -> ServiceDesk.Settings
        var pulls: @Sendable (Configuration) -> [PullSetup]
        var gates: @Sendable (Configuration) throws -> GatePolicy
    }

    init(
        _ source: ConfigurationSource,
        inForce: Configuration,
        gateRules: GatePolicy,
        desk: ServiceDesk,
        followed: Followed,
        manager: ServiceManager?,
        logger: Logger
    ) {
        self.source = source
        self.inForce = inForce
        self.gateRules = gateRules
        self.desk = desk
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

    /// Reads the file once more and takes what can be taken.
    func reload() async {
        var report = await desk.configuration.report
        do {
            let new = try source.read()
            let change = ConfigurationChange(from: inForce, to: new)
            try await take(new)
            report = ConfigurationReport(file: source.path, readAt: desk.time.now(), waiting: change.waiting)
            tell(change)
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
    }

    private func take(_ new: Configuration) async throws {
        let merged = ConfigurationChange.merged(inForce, with: new)
        let settings = try followed.settings(merged)
        let rules = try followed.gates(merged)
        try await desk.follow(settings, pulls: followed.pulls(merged), gates: rules == gateRules ? nil : rules)
        if rules != gateRules { logger.notice("gate rules taken from their file") }
        gateRules = rules
        inForce = merged
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

    private static func mistakes(_ error: any Error) -> [String] {
        switch error {
        case let error as ConfigurationError: error.mistakes.map { "\(error.file): \($0)" }
        default: ["\(error)"]
        }
    }
}
