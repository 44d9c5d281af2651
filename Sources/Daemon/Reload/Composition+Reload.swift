import Library
import LinuxIO
import Logging
import Operations

/// What is made from the configuration at the start, and again when its file has changed.
extension Composition {
    static func settings(_ configuration: Configuration, security: SecurityPolicy) throws -> ServiceDesk.Settings {
        ServiceDesk.Settings(
            rules: SweepRules(configuration.sweep, security: security),
            shelfOrder: configuration.library.shelfOrder,
            scheme: configuration.library.scheme,
            snapshots: configuration.library.snapshots,
            shrinkPercent: configuration.library.shrink,
            barcodes: configuration.library.barcodes,
            tags: configuration.tags,
            tagPassword: try configuration.security.passwordFile?.read()
        )
    }

    static func reloader(
        _ source: ConfigurationSource,
        started: ConfigurationReading,
        inForce: Configuration,
        holding: @escaping @Sendable (Configuration) -> Configuration,
        security: SecurityPolicy,
        gateRules: GatePolicy,
        desk: ServiceDesk,
        stations: ConfiguredStations,
        setups: @escaping @Sendable ([Configuration.Reader]) throws -> [StationSetup],
        manager: ServiceManager?,
        logger: Logger
    ) -> Reloader {
        let gates = { @Sendable (configuration: Configuration, security: SecurityPolicy) throws -> GatePolicy in
            try GateComposition.rules(
                configuration.gate,
                security: security,
                hasLibrarySystem: configuration.librarySystem != nil,
                now: time.now(),
                logger: logger
            )
        }
        return Reloader(
            source,
            started: started,
            inForce: inForce,
            gateRules: gateRules,
            desk: desk,
            stations: stations,
            followed: Reloader.Followed(
                settings: { try settings($0, security: security) },
                pulls: { $0.pulls.map { setup($0, time: time) } },
                gates: { try gates($0, security) },
                stations: setups,
                start: { configuration in
                    // What is to come has a security of its own.
                    let coming = SecurityPolicy(configuration.security, institutions: configuration.library.isil)
                    _ = try settings(configuration, security: coming)
                    _ = try gates(holding(configuration), coming)
                },
                holding: holding
            ),
            manager: manager,
            logger: logger
        )
    }

    /// How the settings are read and changed while the service runs.
    static func settingsDesk(_ reloader: Reloader) -> SettingsDesk {
        SettingsDesk(
            read: { await reloader.settings },
            preview: { try await reloader.preview($0) },
            change: { try await reloader.change($0) }
        )
    }

    /// The sockets that systemd opened for us: the page's, and the one for programs of this machine.
    struct Inherited {
        var page: CInt?
        var control: CInt?
    }

    static func inherited(logger: Logger) -> Inherited {
        var found = InheritedSockets.take()
        var taken = Inherited()
        let wanted: [(name: String, isUnix: Bool, place: WritableKeyPath<Inherited, CInt?>)] = [
            ("http", false, \.page), ("control", true, \.control),
        ]
        for (name, isUnix, place) in wanted {
            var sockets = found.take(name)[...]
            if let first = sockets.first, first.isUnix == isUnix {
                taken[keyPath: place] = first.descriptor
                sockets.removeFirst()
            }
            found.sockets += sockets
        }
        for cause in found.closeRest() {
            logger.warning(
                "socket not used",
                metadata: [
                    "socket": "\(cause)",
                    "hint": "its unit needs FileDescriptorName=http for an address, or control for a path, each once",
                ]
            )
        }
        return taken
    }
}
