package import Library
package import Tags

/// Judges what the gates hear and rings: the short way from a reader's frame to the siren.
///
/// Everything it needs is in memory; it asks no disk and no network and waits for nothing but the bells. What has to be
/// written down is left as notes for the ``GateLogbook``.
package actor GateKeeper {
    let time: Timekeeper
    let bells: GateBells?
    private let seat: Seat
    package nonisolated var unownedExecutor: UnownedSerialExecutor { seat.executor }
    var policy: GatePolicy
    var index = GateIndex()
    var gates: [String: Gate] = [:]
    var notes: [GateNote] = []
    var lostNotes = 0
    private var serial = 0
    /// Where the wall clock's zero lay earliest by the other clock, since the index's holdings were dated or it was made.
    var wallZero: Duration?
    /// By how much the wall clock is behind where it was then.
    var setBack: Duration = .zero
    /// By so much a clock goes back that is kept right by and by.
    static let clockSlack: Duration = .seconds(5)
    /// When the oldest question was asked that has no answer yet.
    var askedAt: Duration?
    /// Until when the library system is left alone because it did not answer.
    var linkDownUntil: Duration?
    /// How long a library system that did not answer is left alone.
    static let linkRest: Duration = .seconds(30)
    private let wake: AsyncStream<Void>.Continuation
    /// Tells the logbook that there is something to write.
    package nonisolated let written: AsyncStream<Void>
    private let ask: AsyncStream<Question>.Continuation
    /// Questions to the library system.
    package nonisolated let questions: AsyncStream<Question>

    /// Tags of which an alarm wants to know how their items stand.
    package struct Question: Hashable, Sendable {
        /// The gate that has the alarm.
        package var gate: String
        /// Tags whose items are asked about; parts of one set may be among them.
        package var tags: [TagUID]

        package init(gate: String, tags: [TagUID]) {
            self.gate = gate
            self.tags = tags
        }
    }

    /// Notes that wait at most; a disk that is stuck for long loses the oldest, never an alarm's sound.
    private static let mostNotes = 20_000
    /// How often the read of a tag that stays is kept for replay.
    private static let readEvery: Duration = .seconds(1)

    /// A gate's state is changed where it lies: a copy of it would be a copy of every tag that is remembered.
    struct Gate {
        var machine: GateMachine
        var health: GateHealth
        /// AFI, EAS and antenna as heard last, for tags that are only told to be there still.
        var known: [TagUID: GateHearing] = [:]
        var lastRead: [TagUID: Duration] = [:]
        var alarm: Int?
        /// People, by the lane's number from 1.
        var tallies: [Int: PeopleTally] = [:]
        var walk: WalkTest?
        /// When the walk test was begun, or its last walk was over.
        var walkedAt: Duration = .zero
        var parkings: [TagUID: GateParking] = [:]
        var troubles: [GateTrouble.Kind: GateTrouble] = [:]
        /// Lines of its outputs that could not be switched, each with the cause.
        var brokenLines: [String: String] = [:]
        /// A self test in progress: looks so far, and how often each sentinel was heard.
        var selfTest: (looks: Int, heard: [TagUID: Int])?
        /// When a tag was heard last; `nil` before the first.
        var lastTag: Duration?
    }

    /// - Parameters:
    ///   - bells: what makes noise; `nil` where alarms are only shown.
    ///   - patience: by gate, after how long a silence its reader counts as dead; the standard where none is given.
    ///   - seat: the thread of the gates.
    package init(
        gates names: [String],
        time: Timekeeper,
        policy: GatePolicy,
        bells: GateBells? = nil,
        patience: [String: Duration] = [:],
        seat: Seat = Seat()
    ) {
        self.seat = seat
        self.time = time
        self.bells = bells
        self.policy = policy
        (written, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (questions, ask) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
        let now = time.instant
        for name in names {
            gates[name] = Gate(
                machine: GateMachine(gate: name, policy: policy),
                health: GateHealth(gate: name, patience: patience[name] ?? GateHealth.standardPatience, at: now)
            )
        }
    }

    /// Takes one look at a gate, empty or not.
    package func take(_ round: StationRound) async {
        let name = round.reader
        let now = GateInstant(moment: round.at, uptime: time.uptime())
        if gates[name] == nil { gates[name] = fresh(name, at: now) }
        if !round.isSilent { note(gates[name]?.health.answered(warning: round.warnings.first, at: now) ?? []) }
        for heard in round.arrived {
            if case .read(_, let content) = heard.content { learn(content, of: heard) }
            // It may be there already, and only be read anew.
            let known = gates[name]?.known[heard.uid]?.facts
            gates[name]?.known[heard.uid] = GateHearing(
                uid: heard.uid,
                afi: heard.afi,
                eas: heard.eas,
                antenna: heard.antenna,
                facts: facts(of: heard.uid, behind: known, at: now.moment)
            )
        }
        let hearings = round.heard.compactMap { gates[name]?.known[$0] }
        for uid in round.left { gates[name]?.known[uid] = nil }
        await hear(hearings, at: name, now, everybodyWasAsked: round.isForAll)
    }

    /// Takes what a gate hears: each tag with its AFI, and facts from the index.
    package func hear(
        _ hearings: [GateHearing],
        at name: String,
        _ now: GateInstant,
        everybodyWasAsked: Bool = true
    ) async {
        guard gates[name] != nil else { return }
        var hearings = hearings
        if !hearings.isEmpty { gates[name]?.lastTag = now.uptime }
        if let walk = gates[name]?.walk {
            for hearing in hearings { gates[name]?.walk?.hear(hearing.uid) }
            hearings.removeAll { $0.uid == walk.uid }
        }
        let actions = gates[name]?.machine.hear(hearings, at: now) ?? []
        await perform(actions, at: name)
        countSentinels(hearings, at: name, everybodyWasAsked: everybodyWasAsked)
        keep(hearings, at: name, now)
        noteDone()
    }

    /// What the index knows of a tag.
    package func facts(of uid: TagUID) -> GateFacts { index.facts(of: uid, at: time.now()) }

    /// Whether a tag's memory was ever read.
    package func knows(_ uid: TagUID) -> Bool { index.knows(uid) }

    private func fresh(_ name: String, at now: GateInstant) -> Gate {
        Gate(machine: GateMachine(gate: name, policy: policy), health: GateHealth(gate: name, at: now))
    }

    /// Rings first and notes afterwards.
    func perform(_ actions: [GateMachine.Action], at name: String) async {
        var soundsAsBulk = false
        for action in actions {
            switch action {
            case .sound(var alarm):
                soundsAsBulk = alarm.isBulk
                if alarm.quiet == nil { alarm.quiet = await bells?.signal(alarm.isBulk ? .bulk : .alarm, at: name) }
                serial += 1
                gates[name]?.alarm = serial
                note(.alarm(alarm, serial: serial))
            case .join(let item):
                if let alarm = gates[name]?.alarm { note(.join(item, serial: alarm)) }
            case .bulk:
                // Begun twice its noise would count twice, and the next theft of this minute would have no siren.
                if !soundsAsBulk { _ = await bells?.signal(.bulk, at: name) }
                if let alarm = gates[name]?.alarm { note(.amend(serial: alarm, isBulk: true, direction: nil)) }
            case .turned(_, let direction):
                if let alarm = gates[name]?.alarm {
                    note(.amend(serial: alarm, isBulk: false, direction: direction))
                }
            case .parked(let parking):
                gates[name]?.parkings[parking.uid] = parking
                note(.parked(parking))
            case .ask(let tags):
                askedAt = askedAt ?? time.uptime()
                ask.yield(Question(gate: name, tags: tags))
            case .pass(let passage): note(.passage(passage))
            }
        }
    }

    /// What was read of a tag's memory counts at once, long before the index is made anew.
    func learn(_ content: LibraryTag, of heard: HeardTag) {
        guard let record = TagRecord(uid: heard.uid, reading: content, afi: heard.afi, at: heard.at) else { return }
        index.add(record, owner: policy.owner(of: record.owner, barcode: record.barcode ?? ""))
        // What is no library item may be somebody's card: that it was read is remembered here, and never on the disk.
        if record.barcode != nil { note(.tag(record)) }
    }

    /// Keeps the reads that a replay needs: each coming, and once a second while a tag stays. Never those of foreign
    /// tags.
    private func keep(_ hearings: [GateHearing], at name: String, _ now: GateInstant) {
        for hearing in hearings where hearing.facts.tag == .item {
            if let last = gates[name]?.lastRead[hearing.uid], now.uptime - last < Self.readEvery { continue }
            keep(hearing, at: name, now)
        }
        if let count = gates[name]?.lastRead.count, count > 4096 { gates[name]?.lastRead = [:] }
    }

    /// Keeps one read with what is known of its tag now.
    func keep(_ hearing: GateHearing, at name: String, _ now: GateInstant) {
        gates[name]?.lastRead[hearing.uid] = now.uptime
        let decision = policy.decide(hearing, at: now.moment)
        note(.read(hearing, gate: name, at: now.moment, response: decision.response, reason: decision.reason))
    }

    func note(_ note: GateNote) {
        if notes.count >= Self.mostNotes {
            notes.removeFirst(Self.mostNotes / 10)
            lostNotes += Self.mostNotes / 10
        }
        notes.append(note)
    }

    func noteDone() {
        if !notes.isEmpty { wake.yield() }
    }
}
