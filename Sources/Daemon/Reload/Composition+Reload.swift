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

    /// `nil` in a simulated branch.
    static func reloader(
        _ source: ConfigurationSource,
        inForce: Configuration,
        security: SecurityPolicy,
        gateRules: GatePolicy,
        desk: ServiceDesk,
        manager: ServiceManager?,
        logger: Logger
    ) -> Reloader? {
        guard source.path != nil else { return nil }
        return Reloader(
            source,
            inForce: inForce,
            gateRules: gateRules,
            desk: desk,
            followed: Reloader.Followed(
                settings: { try settings($0, security: security) },
                pulls: { $0.pulls.map { setup($0, time: time) } },
                gates: { configuration in
                    try GateComposition.rules(
                        configuration.gate,
                        security: security,
                        hasLibrarySystem: configuration.librarySystem != nil,
                        now: time.now(),
                        logger: logger
                    )
                }
            ),
            manager: manager,
            logger: logger
        )
    }

    /// The socket for the page that systemd opened for us; `nil` when there is none.
    static func inherited(logger: Logger) -> CInt? {
        var found = InheritedSockets.take()
        var sockets = found.take("http")[...]
        let first = sockets.popFirst()
        found.sockets += sockets
        for cause in found.closeRest() {
            logger.warning(
                "socket not used",
                metadata: ["socket": "\(cause)", "hint": "its unit needs FileDescriptorName=http, once"]
            )
        }
        return first?.descriptor
    }
}
