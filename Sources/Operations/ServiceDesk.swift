package import Library
package import Logging
package import Store
package import Tags

/// Everything the service can do, in one hand: what routes and programs ask.
package struct ServiceDesk: Sendable {
    /// Everything that outlives a restart.
    package let store: Store
    /// The clock that every part goes by.
    package let time: Timekeeper
    /// Tells everybody who watches what happens.
    package let events: EventHub
    /// Which tags are ours, which values are armed and released; the same for pads, sweeps and gates until the next
    /// start.
    package let policy: SecurityPolicy
    /// Takes exports in and keeps the snapshots.
    package let holdings: HoldingsRoom
    /// Pulls the holdings out of library systems by the clock.
    package let pulls: PullRoom
    /// The sweeps in progress, and what the finished ones came to.
    package let sweeps: SweepRoom
    /// Tells library systems what sweeps saw, when somebody asks for it.
    package let writeBacks: WriteBackRoom
    /// Lists of items that are sought, and leading a person to one of them.
    package let search: SearchRoom
    /// Releases and secures items.
    package let security: SecurityDesk
    /// Brings tags into another data model.
    package let conversions: ConversionDesk
    /// Everything around the gates: alarms, people, tests, rules.
    package let gate: GateRoom
    /// The rules of the configuration, on top of which others are tried or put in force.
    package let gatePolicyBase: GatePolicy
    /// The hour of the day of a moment in the site's own time, 0 to 23.
    package let gateHour: @Sendable (Moment) -> Int
    /// The day of the week of a moment in the site's own time.
    package let gateWeekday: @Sendable (Moment) -> Weekday
    /// The day of a moment in the site's own time.
    package var siteDay: @Sendable (Moment) -> SiteDay
    /// Copies of the store, and taking one back.
    package let backups: BackupRoom
    /// Tokens and sessions.
    package let access: AccessRoom
    /// Who has changed what.
    package let audit: AuditRoom
    /// The configured readers and those that were plugged in, as they stand now.
    package var stations: [Station] { roster.all }
    let roster: StationRoster
    let makeStation: @Sendable (StationSetup) -> Station
    /// `nil` when no library system is set up.
    package let circulation: CirculationLink?
    /// Returns taken while the library system was away; `nil` when no library system is set up.
    package let returns: ReturnsDesk?
    /// Loans and returns at a pad with staff; `nil` when no library system is set up.
    package let loans: CirculationDesk?
    /// Pads at which patrons lend by themselves; `nil` when no library system is set up.
    package let kiosk: KioskDesk?
    /// Ports that kiosks take for the library system; empty where none is set up.
    package let proxies: [CirculationProxy]
    /// Where the page and the interface cannot listen.
    package let lines = ClosedLines()
    /// By which configuration file it works, and what of it waits for a restart.
    package let configuration: ConfigurationRoom
    /// Works for the programs on staff workstations.
    package let workstations: WorkstationDesk
    /// How tags were heard since the start.
    package let heard: HeardBook
    /// Counts what happens, for metrics.
    package let tally: Tally
    /// Places beside the configured readers of this moment that may be asked what is there.
    package var probe: @Sendable () -> ReaderProbe = { ReaderProbe() }
    /// What the site's configuration means for people's privacy.
    package var privacy: @Sendable () -> PrivacyFacts = { PrivacyFacts(library: "Library") }
    /// The site's settings; `nil` where nobody keeps them.
    package var settings: SettingsDesk?
    /// What the program around the service sees of its machine.
    package var surroundings: @Sendable () async -> Surroundings = { Surroundings() }

    /// How the service is set up by its site.
    package struct Settings: Sendable {
        /// How a sweep is judged; its security is the policy of the whole service.
        package var rules: SweepRules
        /// How call numbers are put in order where libraries differ.
        package var shelfOrder: ShelfOrderRules
        /// How call numbers are filed when an export does not say.
        package var scheme: CallNumberScheme
        /// Snapshots kept, the current one included.
        package var snapshots: Int
        /// What share of the items an import may lose before somebody has to say that it is right, in percent.
        package var shrinkPercent: Int
        /// What a barcode must look like to be imported.
        package var barcodes: BarcodeRules
        /// How tags are read and written; owners and security values stand in the rules.
        package var tags: SiteProfile
        /// The password of the site's tags for EAS and AFI; `nil` where they have none.
        package var tagPassword: SecurityPassword?

        package init(
            rules: SweepRules,
            shelfOrder: ShelfOrderRules,
            scheme: CallNumberScheme,
            snapshots: Int,
            shrinkPercent: Int = 10,
            barcodes: BarcodeRules = .none,
            tags: SiteProfile = SiteProfile(),
            tagPassword: SecurityPassword? = nil
        ) {
            self.rules = rules
            self.shelfOrder = shelfOrder
            self.scheme = scheme
            self.snapshots = snapshots
            self.shrinkPercent = shrinkPercent
            self.barcodes = barcodes
            self.tags = tags
            self.tagPassword = tagPassword
        }
    }

    /// How the site's gates judge, sound and remember.
    package struct GateSettings: Sendable {
        /// The rules; their security is that of the sweeps, whatever stands here.
        package var policy: GatePolicy
        /// How long alarms, passages and reads are kept.
        package var retention: Duration
        /// What makes noise; `nil` where alarms are only shown.
        package var bells: GateBells?
        /// Asks the library system; `nil` where there is no link.
        package var ask: GateRoom.StatusesQuestion?
        /// The hour of the day of a moment in local time, 0 to 23.
        package var hour: @Sendable (Moment) -> Int
        /// The day of the week of a moment in local time.
        package var weekday: @Sendable (Moment) -> Weekday
        /// The day of a moment in local time.
        package var siteDay: @Sendable (Moment) -> SiteDay
        /// When the count of people is closed and the self test begun.
        package var day: GateDay
        /// The thread that gates have for themselves; `nil` for the common ones.
        package var thread: (any SerialExecutor)?

        /// Gates that are judged by the standard rules, make no noise and take UTC for local time, unless said
        /// otherwise.
        package init(
            policy: GatePolicy = GatePolicy(),
            retention: Duration = .seconds(30 * 86_400),
            bells: GateBells? = nil,
            ask: GateRoom.StatusesQuestion? = nil,
            hour: @escaping @Sendable (Moment) -> Int = { Int($0.milliseconds / 3_600_000 % 24) },
            // 1970 began on a Thursday.
            weekday: @escaping @Sendable (Moment) -> Weekday = {
                Weekday(number: Int($0.milliseconds / 86_400_000 % 7) + 4)
            },
            siteDay: @escaping @Sendable (Moment) -> SiteDay = { SiteDay(utc: $0) },
            day: GateDay = GateDay(),
            thread: (any SerialExecutor)? = nil
        ) {
            self.policy = policy
            self.retention = retention
            self.bells = bells
            self.ask = ask
            self.hour = hour
            self.weekday = weekday
            self.siteDay = siteDay
            self.day = day
            self.thread = thread
        }
    }

    /// Puts the service together; nothing runs and no reader is opened before the caller starts the parts.
    ///
    /// Sweeps that were open when the service stopped are taken up from their logs; throws what the store says of them.
    package init(
        store: Store,
        time: Timekeeper,
        settings: Settings,
        readers: [StationSetup],
        pulls: [PullSetup] = [],
        writeBacks: [WriteBackSetup] = [],
        gates: GateSettings = GateSettings(),
        circulation: CirculationSetup? = nil,
        proxies: [ProxySettings] = [],
        configuration: ConfigurationReport = ConfigurationReport(),
        logger: Logger
    ) throws {
        self.configuration = ConfigurationRoom(configuration)
        self.store = store
        self.time = time
        policy = settings.rules.security
        let events = EventHub()
        self.events = events
        let holdings = HoldingsRoom(store: store, time: time, settings: settings)
        self.holdings = holdings
        self.pulls = PullRoom(store: store, holdings: holdings, time: time, sources: pulls, logger: logger)
        let sweeps = try SweepRoom(store: store, time: time, rules: settings.rules, events: events, logger: logger)
        self.sweeps = sweeps
        let search = SearchRoom(store: store, events: events, logger: logger)
        self.search = search
        let link = circulation.map { setup in
            CirculationLink(
                setup.settings,
                time: time,
                logger: logger,
                announce: { isOnline in await events.send(.librarySystem(isOnline: isOnline)) },
                open: setup.open
            )
        }
        self.writeBacks = WriteBackRoom(
            store: store,
            sweeps: sweeps,
            link: link,
            targets: writeBacks,
            time: time,
            logger: logger
        )
        var ask = gates.ask
        if ask == nil, let link { ask = { @Sendable barcodes in await link.statuses(of: barcodes) } }
        var gatePolicy = gates.policy
        gatePolicy.security = policy
        gatePolicyBase = gatePolicy
        gateHour = gates.hour
        gateWeekday = gates.weekday
        siteDay = gates.siteDay
        let gateReaders = readers.filter { $0.role == .gate }
        let gate = GateRoom(
            gates: gateReaders.map(\.name),
            store: store,
            time: time,
            policy: gatePolicy,
            bells: gates.bells,
            retention: gates.retention,
            ask: ask,
            patience: Dictionary(
                gateReaders.compactMap { reader in reader.patience.map { (reader.name, $0) } },
                uniquingKeysWith: { first, _ in first }
            ),
            day: gates.day,
            thread: gates.thread,
            events: events,
            logger: logger
        )
        self.gate = gate
        let security = SecurityDesk(
            store: store,
            time: time,
            policy: policy,
            password: settings.tagPassword,
            status: link.map { link in { @Sendable barcode in await link.status(of: barcode) } },
            events: events,
            logger: logger
        )
        self.security = security
        conversions = ConversionDesk(
            store: store,
            time: time,
            policy: policy,
            habits: settings.tags,
            logger: logger
        )
        backups = BackupRoom(store: store)
        access = AccessRoom(store: store, time: time, logger: logger)
        let audit = AuditRoom(store: store, time: time, logger: logger)
        // Before anybody is served: the first thing that the log of a restored database says of now.
        audit.noteRestore()
        self.audit = audit
        let book = TagBook(store: store)
        let picture = PadPicture(pads: readers.filter { $0.role == .pad }.map(\.name), policy: policy, time: time)
        let tally = Tally()
        self.tally = tally
        let heard = HeardBook()
        self.heard = heard
        let makeStation: @Sendable (StationSetup) -> Station = { setup in
            Station(
                setup: setup.obeying(settings.tags.reading),
                time: time,
                logger: logger,
                seat: Seat(setup.role == .gate ? gates.thread : nil),
                security: setup.role == .gate ? settings.rules.security : nil,
                // A gate asks its index in memory: a disk has no place before its siren.
                knows: { setup.role == .gate ? await gate.keeper.knows($0) : book.knows($0) },
                deliver: { round in
                    security.take(round)
                    switch round.role {
                    case .pad:
                        await heard.take(round)
                        await picture.take(round)
                        await sweeps.take(round)
                    case .wand:
                        await heard.take(round)
                        await search.take(round)
                        await sweeps.take(round)
                    case .gate: await gate.keeper.take(round)
                    }
                    await tally.take(round)
                },
                announce: { report in
                    if report.role == .gate { await gate.keeper.take(report) }
                    await picture.take(report)
                    await events.send(.station(report))
                }
            )
        }
        self.makeStation = makeStation
        let roster = StationRoster(readers.map(makeStation))
        self.roster = roster
        self.circulation = link
        let returns = link.map { ReturnsDesk(link: $0, store: store, time: time, logger: logger) }
        self.returns = returns
        let loans = link.flatMap { link in
            returns.map { returns in
                CirculationDesk(link: link, returns: returns, security: security)
            }
        }
        self.loans = loans
        kiosk = link.flatMap { link in loans.map { KioskDesk(link: link, loans: $0, security: security) } }
        workstations = WorkstationDesk(
            picture: picture,
            security: security,
            writer: TagWriter(store: store, time: time, policy: policy, habits: settings.tags, logger: logger),
            policy: policy,
            roster: roster,
            time: time
        )
        self.proxies = proxies.map { settings in
            // While the pad is exchanged for another one of its name, or named no more, the one of the start stands for
            // it: it is away, and what was lent stays open for its tags.
            let first = roster.station(named: settings.reader)
            return CirculationProxy(
                settings,
                time: time,
                logger: logger,
                place: { try? security.loanNow() },
                hear: { returns?.take($0) }
            ) { order in
                guard let station = roster.station(named: settings.reader) ?? first else {
                    return .failed("reader \(settings.reader): not set up")
                }
                return await security.follow(order, on: station)
            }
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
