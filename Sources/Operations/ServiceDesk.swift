package import Library
package import Logging
package import Store

/// Everything the service can do, in one hand: what routes and programs ask.
package struct ServiceDesk: Sendable {
    package let store: Store
    package let time: Timekeeper
    package let events: EventHub
    package let policy: SecurityPolicy
    package let holdings: HoldingsRoom
    package let sweeps: SweepRoom
    package let security: SecurityDesk
    package let conversions: ConversionDesk
    package let gate: GateKeeper
    package let backups: BackupRoom
    package let stations: [Station]

    /// How the service is set up by its site.
    package struct Settings: Sendable {
        package var rules: SweepRules
        package var shelfOrder: ShelfOrderRules
        package var scheme: CallNumberScheme
        /// Snapshots kept, the current one included.
        package var snapshots: Int

        package init(rules: SweepRules, shelfOrder: ShelfOrderRules, scheme: CallNumberScheme, snapshots: Int) {
            self.rules = rules
            self.shelfOrder = shelfOrder
            self.scheme = scheme
            self.snapshots = snapshots
        }
    }

    package init(
        store: Store,
        time: Timekeeper,
        settings: Settings,
        readers: [StationSetup],
        siren: Siren? = nil,
        logger: Logger
    ) throws {
        self.store = store
        self.time = time
        policy = settings.rules.security
        let events = EventHub()
        self.events = events
        holdings = HoldingsRoom(store: store, time: time, settings: settings)
        let sweeps = try SweepRoom(store: store, time: time, rules: settings.rules, events: events, logger: logger)
        self.sweeps = sweeps
        let gate = GateKeeper(
            store: store,
            time: time,
            policy: GatePolicy(security: policy),
            siren: siren,
            events: events,
            logger: logger
        )
        self.gate = gate
        let security = SecurityDesk(store: store, time: time, policy: policy, events: events, logger: logger)
        self.security = security
        conversions = ConversionDesk(store: store, time: time, policy: policy, logger: logger)
        backups = BackupRoom(store: store)
        let book = TagBook(store: store)
        stations = readers.map { setup in
            Station(
                setup: setup,
                time: time,
                logger: logger,
                knows: { book.knows($0) },
                deliver: { round in
                    switch round.role {
                    case .pad: security.take(round)
                    case .wand: await sweeps.take(round)
                    case .gate: await gate.take(round)
                    }
                },
                announce: { await events.send(.station($0)) }
            )
        }
    }

    /// The station of this name.
    package func station(_ name: String) throws(StationError) -> Station {
        guard let station = stations.first(where: { $0.setup.name == name }) else {
            throw .unknown(name: name, known: stations.map(\.setup.name))
        }
        return station
    }
}
