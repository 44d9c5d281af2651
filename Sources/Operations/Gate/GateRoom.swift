package import Library
package import Logging
package import Store
package import Tags

/// Everything around the gates' short way: the index of what is lent, questions to the library system, and the log.
package struct GateRoom: Sendable {
    /// Judges and rings.
    package let keeper: GateKeeper
    /// Writes down what the keeper leaves as notes.
    package let logbook: GateLogbook
    /// What makes noise; `nil` where alarms are only shown.
    package let bells: GateBells?
    let store: Store
    /// How long alarms, passages and reads are kept.
    package let retention: Duration
    private let events: EventHub
    let time: Timekeeper
    let logger: Logger
    /// When the daily duties are done.
    package let day: GateDay
    private let spoken: AsyncStream<GateBells.Event>
    private let speak: AsyncStream<GateBells.Event>.Continuation
    private let ask: StatusesQuestion?

    /// Asks the library system how items stand; whom it does not name it does not know. `nil` when it does not answer.
    package typealias StatusesQuestion = @Sendable (_ barcodes: [String]) async -> [String: ItemStatus]?

    /// Items and tags read at once while the index is made.
    private static let portion = 20_000
    /// Tags that may be read for the first time until the index is made anew, at least.
    private static let newTags = 20_000
    /// How often a new snapshot and tags read elsewhere are looked for.
    private static let lookEvery: Duration = .seconds(1)
    private static let checkEvery: Duration = .seconds(60)

    /// - Parameters:
    ///   - patience: by gate, after how long a silence its reader counts as dead; the standard where none is given.
    ///   - thread: the thread of the gates.
    package init(
        gates: [String],
        store: Store,
        time: Timekeeper,
        policy: GatePolicy,
        bells: GateBells? = nil,
        retention: Duration = .seconds(30 * 86_400),
        ask: StatusesQuestion? = nil,
        patience: [String: Duration] = [:],
        day: GateDay = GateDay(),
        thread: (any SerialExecutor)? = nil,
        events: EventHub,
        logger: Logger
    ) {
        self.day = day
        (spoken, speak) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
        self.store = store
        self.events = events
        self.time = time
        self.logger = logger
        self.bells = bells
        self.ask = ask
        self.retention = retention
        keeper = GateKeeper(
            gates: gates,
            time: time,
            policy: policy,
            bells: bells,
            patience: patience,
            seat: Seat(thread)
        )
        logbook = GateLogbook(
            store: store,
            keeper: keeper,
            events: events,
            retention: retention,
            time: time,
            logger: logger
        )
    }

    /// What must not wait for anything else in the program: give it a thread of its own.
    package func runFast() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await keeper.run() }
            if let bells {
                group.addTask { await bells.run() }
                group.addTask {
                    for await event in bells.events {
                        await keeper.take(event)
                        // A log that blocks must not hold up the gates: it is written by the others.
                        speak.yield(event)
                    }
                }
            }
            await group.waitForAll()
        }
    }

    /// The log, the index and the questions, until cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await logbook.run() }
            group.addTask { await logbook.forget() }
            group.addTask { await keepIndex() }
            group.addTask { await answer() }
            group.addTask { await follow() }
            group.addTask { for await event in spoken { say(event) } }
            group.addTask { await keepDay() }
            group.addTask { await checkOutputs() }
            await group.waitForAll()
        }
    }

    private func say(_ event: GateBells.Event) {
        switch event {
        case .fire(let active): logger.critical(active ? "fire contact, all gates silent" : "fire contact closed again")
        case .muted(let time):
            logger.notice("gates muted by button", metadata: ["seconds": "\(time.components.seconds)"])
        case .key(let turned): logger.notice(turned ? "gates muted by key" : "gates no longer muted by key")
        case .broken(let line, _, let cause):
            logger.error("gate output", metadata: ["output": "\(line)", "cause": "\(cause)"])
        case .whole(let line, _): logger.notice("gate output well again", metadata: ["output": "\(line)"])
        case .deaf(let input, _, let cause?):
            logger.error("gate input", metadata: ["input": "\(input)", "cause": "\(cause)"])
        case .deaf(let input, _, nil): logger.notice("gate input heard again", metadata: ["input": "\(input)"])
        case .beam: break
        }
    }

    /// An adapter that fails is missed within a minute, and not by the next theft. Of one that was pulled out the kernel
    /// says so at once, where the system lets us hear it.
    private func checkOutputs() async {
        while (try? await time.sleep(Self.checkEvery)) != nil { await bells?.check() }
    }

    /// Makes a new index whenever there is a new snapshot, or the rules name other neighbours, whose tags stand in it as
    /// theirs; and adds tags that were read elsewhere.
    private func keepIndex() async {
        var known: SnapshotInfo?
        var neighbours: [GateNeighbour] = []
        var isMade = false
        var tagsSince = Moment(milliseconds: 0)
        var looked = time.uptime()
        var ages = WordAges(at: time.instant, said: try? store.said())
        while !Task.isCancelled {
            // Where the store does not tell what had been said, the next look notes it.
            try? ages.look(at: time.instant) { try store.said() }
            do throws(StoreError) {
                let snapshot = try store.snapshot()
                let named = await keeper.rules.neighbours
                if !isMade || snapshot != known || named != neighbours {
                    (tagsSince, looked) = (time.now(), time.uptime())
                    try await refresh(by: ages)
                    (known, neighbours) = (snapshot, named)
                    isMade = true
                }
                let uptime = time.uptime()
                tagsSince = try await learnTags(readSince: tagsSince, lookedAt: looked)
                looked = uptime
            } catch {
                logger.error("gate index not refreshed", metadata: ["cause": "\(error)"])
            }
            guard (try? await time.sleep(Self.lookEvery)) != nil else { return }
        }
    }

    /// Adds tags that were read elsewhere since `moment`, and returns from when on to look the next time: never a
    /// moment to come, or a clock that is set back would hide what is read until it has caught up.
    ///
    /// - Parameter uptime: when that was looked for last, on the clock that nobody can set: one that was set back since
    ///   has dated nothing farther back.
    func learnTags(readSince moment: Moment, lookedAt uptime: Duration) async throws(StoreError) -> Moment {
        let now = time.now()
        let since = min(moment, now + (uptime - time.uptime()))
        let tags = try store.tags(readSince: since)
        for tag in tags { await keeper.learn(tag) }
        return min(tags.last?.readAt ?? since, now)
    }

    /// Makes the index anew from the store; the gates use the old one until it is ready.
    ///
    /// - Parameter ages: how the clock was set since the start: what is older than that, as holdings that somebody goes
    ///   back to, keeps its age. Without it everything bears the moment that it bears.
    package func refresh(by ages: WordAges? = nil) async throws(StoreError) {
        let snapshot = try store.snapshot()
        let policy = await keeper.rules
        // Room for new tags: a table of millions that has to grow would keep an alarm waiting.
        let tags = try store.tagCount()
        var index = GateIndex(
            items: snapshot?.itemCount ?? 0,
            others: try store.otherBarcodeCount(),
            tags: tags + tags / 8 + Self.newTags,
            holdingsAt: snapshot?.knowsLoansUntil,
            changesBefore: snapshot?.changesBefore
        )
        let clock = snapshot.flatMap { ages?.dating(of: $0) }
        index.clockWasSetBack(by: clock?.setBack ?? .zero)
        var row: Int64? = 0
        while let last = row {
            row = try store.eachItem(after: last, limit: Self.portion) { index.add(barcode: $0, status: $1) }
            await Task.yield()
            if Task.isCancelled { return }
        }
        var other: String? = ""
        while let last = other {
            other = try store.eachOtherBarcode(after: last, limit: Self.portion) { index.add(otherBarcode: $0, of: $1) }
            await Task.yield()
            if Task.isCancelled { return }
        }
        // What pads and kiosks were told, and the holdings do not know yet. By their place in the journal where that is
        // known: a clock that was set back since would date the holdings behind a return that they know nothing of; and
        // for holdings that somebody went back to, the index so far has let go what the newer ones knew. By the clock
        // only what was told before this start: what they are told since, the index so far hands over.
        let isFirst = await keeper.indexView.items == 0
        let (now, holdingsAt) = (time.now(), index.holdingsAt ?? Moment(milliseconds: 0))
        let changes = snapshot?.changesBefore
        let (since, before) = if let changes { (Moment(milliseconds: 0), changes) } else { (holdingsAt, 0) }
        var loans =
            changes != nil || isFirst ? try store.deviceLoans(since: since, by: now, after: before) : []
        while let last = loans.last {
            for loan in loans {
                let setBack: Duration = ages?.setBack(since: loan.id) ?? .zero
                // A clock that had run ahead would have them beat every snapshot to come. Those of it that are older
                // than these holdings are not among them.
                index.learn(
                    barcode: loan.barcode,
                    status: loan.status,
                    source: .device,
                    at: min(loan.at + (.zero - setBack), now),
                    change: loan.id
                )
            }
            await Task.yield()
            if Task.isCancelled { return }
            loans = try store.deviceLoans(since: since, by: now, after: last.id)
        }
        var uid: TagUID?
        repeat {
            uid = try store.eachTag(after: uid, limit: Self.portion) { tag in
                index.add(tag, owner: policy.owner(of: tag.owner, barcode: tag.barcode ?? ""))
            }
            await Task.yield()
            if Task.isCancelled { return }
        } while uid != nil
        let passes = try store.passes()
        // The old index is let go here, not where an alarm might wait for it.
        _ = await keeper.take(index, datedBy: clock)
        await keeper.follow(passes)
        if snapshot != nil {
            logger.info("gate index ready", metadata: ["items": "\(index.itemCount)", "tags": "\(index.tagCount)"])
        }
    }

    /// Carries the keeper's questions to the library system, each within its budget.
    private func answer() async {
        guard ask != nil else { return }
        for await question in keeper.questions { await answer(question) }
    }

    func answer(_ question: GateKeeper.Question) async {
        // Parts of a set share a barcode, and a former barcode on a tag means the item that has it now.
        var tags: [String: [TagUID]] = [:]
        for uid in question.tags {
            guard let barcode = ((try? store.tag(uid: uid)) ?? nil)?.barcode else { continue }
            tags[(try? store.names(ofItem: barcode))?.own ?? barcode, default: []].append(uid)
        }
        let found = await ask?(tags.keys.sorted())
        var statuses: [TagUID: ItemStatus] = [:]
        for (barcode, status) in found ?? [:] {
            for uid in tags[barcode] ?? [] { statuses[uid] = status }
        }
        await keeper.learn(found == nil ? nil : statuses, gate: question.gate)
    }

    /// What pads and kiosks do is known at the gate at once.
    private func follow() async {
        // A loan must not be lost among the findings of a sweep: the gate would ring for it.
        let changes = await events.events { event in
            if case .security = event { true } else { false }
        }
        for await event in changes {
            if case .security(let report) = event { await take(report) }
        }
    }

    /// Learns of a loan or return whose tags have followed, or were to be left as they are; of a return that stands also
    /// where they have not, as after a start (``Store/deviceLoans(since:by:after:limit:)``): the loan before it has ended.
    func take(_ report: SecurityReport) async {
        guard case .flipped(let intent, let result) = report.end else { return }
        switch result.outcome {
        case .done, .kept: break
        case .mixed, .uncertain: guard intent.cause == .checkin else { return }
        // Where no tag was read back the question itself may not have been asked.
        case .unchanged: guard intent.cause == .checkin, !result.readBack.isEmpty else { return }
        case .undone, .declined, .unanswered, .superseded: return
        }
        let status: ItemStatus
        switch intent.cause {
        case .checkout: status = .onLoan
        case .checkin: status = .available
        case .staff, .repair: return
        }
        await keeper.learn(barcode: intent.barcode, status: status, source: .device, change: report.change)
    }
}

/// What staff ask of the gates.
extension GateRoom {
    /// The newest alarm; `nil` while there is none.
    package func latest() throws -> GateAlarmRecord? { try store.latestAlarm() }

    /// The latest alarms, newest first.
    package func latest(_ limit: Int) throws -> [GateAlarmRecord] { try store.latestAlarms(limit: limit) }

    /// Alarms behind the one with number `id`, oldest first.
    package func alarms(after id: GateAlarmRecord.ID, limit: Int) throws -> [GateAlarmRecord] {
        try store.alarms(after: id, limit: limit)
    }

    /// Notes what staff found. `nil` when there is no such alarm.
    package func record(_ outcome: GateOutcome, of id: GateAlarmRecord.ID) async throws -> GateAlarmRecord? {
        try await logbook.record(outcome, of: id)
    }

    /// What is remembered of these tags.
    package func records(of tags: [TagUID]) throws -> [TagUID: TagRecord] { try store.tags(uids: tags) }

    /// The tag of an item, when one was ever read.
    package func tag(ofItem barcode: String) throws -> TagUID? { try store.tags(ofItem: barcode).first?.uid }

    /// Items with leave to go out without a loan, by barcode; passes that are over stay in it until they are forgotten.
    package func passes() throws -> [GatePass] { try store.passes() }

    /// Gives an item leave for a time, in place of the pass it had; the gates know of it when this returns.
    package func give(_ pass: GatePass) async throws {
        try store.record(pass)
        await keeper.follow(try store.passes())
    }

    /// Takes a pass back. Returns whether there was one.
    package func takeBack(barcode: String) async throws -> Bool {
        let was = try store.removePass(barcode: barcode)
        await keeper.follow(try store.passes())
        return was
    }

    /// What other rules would have done with the kept reads since `moment`.
    package func replay(since moment: Moment, with policy: GatePolicy) async throws -> GateReplay.Report {
        let rules = await keeper.rules
        let reads = try store.reads(since: moment)
        // Reads tell no tag's number: a tag that the rules name is among them by its pseudonym.
        guard let pseudonym = try store.pseudonym() else { return GateReplay.run(reads, then: rules, now: policy) }
        return GateReplay.run(reads, then: rules.under(pseudonym), now: policy.under(pseudonym))
    }

    /// What alarms, visitors, test walks and passages since `moment` say, of one gate or of all when `gate` is `nil`.
    ///
    /// - Parameters:
    ///   - hour: the hour of the day of a moment in local time, 0 to 23.
    ///   - weekday: the day of the week of a moment in local time.
    package func statistics(
        since moment: Moment,
        gate: String? = nil,
        hour: (Moment) -> Int,
        weekday: (Moment) -> Weekday
    ) throws -> GateStatistics {
        var statistics = GateStatistics()
        for record in try store.alarms(since: moment) where gate == nil || record.alarm.gate == gate {
            let entries = record.alarm.items.map { item in
                let origin = item.origin.map { $0.split(separator: ",", maxSplits: 1).map(String.init) } ?? []
                return GateStatistics.Entry(
                    gate: record.alarm.gate,
                    hour: hour(record.alarm.at),
                    weekday: weekday(record.alarm.at),
                    reason: item.reason,
                    device: origin.first,
                    procedure: origin.count > 1 ? String(origin[1].drop { $0 == " " }) : nil
                )
            }
            statistics.take(entries, quiet: record.alarm.quiet != nil, outcome: record.outcome)
        }
        for entry in try store.visitors(since: moment) where gate == nil || entry.gate == gate {
            statistics.take(visitors: entry.incoming, hour: hour(entry.hour))
        }
        statistics.walks = try store.walks(since: moment, gate: gate)
        statistics.passages = try store.passageCounts(since: moment, gate: gate)
        return statistics
    }

    /// How each antenna hears its sentinel tag.
    package func sentinels(gate: String) throws -> [Int: SentinelTrend] { try store.sentinels(gate: gate) }

    /// What was forgotten when, newest first, and the oldest alarm, passage or read that is left; `nil` when none is.
    package func forgettings() throws -> (list: [GateForgetting], oldest: Moment?) { try store.forgettings() }
}

/// How the site's rules are changed while the gates work.
extension GateRoom {
    /// Why rules were not taken.
    package enum PolicyRefusal: Error, Hashable, Sendable {
        case mistakes(GatePolicyFile.Mistakes)
        /// Nothing would sound, for ever or for now: somebody has to say a second time that this is wanted.
        case silencesEverything(GateSilence)
    }

    /// Takes rules from a text. Rules under which nothing sounds need `confirmed`, and are logged with who wanted them.
    package func follow(
        rules text: String,
        base: GatePolicy,
        confirmed: Bool,
        by name: String
    ) async throws(PolicyRefusal) -> GatePolicy {
        let policy: GatePolicy
        switch GatePolicyFile.apply(text, to: base) {
        case .success(let read): policy = read
        case .failure(let mistakes): throw .mistakes(mistakes)
        }
        let silence = policy.silence(at: time.now())
        if let silence, !confirmed { throw .silencesEverything(silence) }
        await keeper.follow(policy)
        if silence != nil {
            logger.critical("gate rules under which nothing sounds", metadata: ["by": "\(name)"])
        } else {
            logger.notice("gate rules changed", metadata: ["by": "\(name)"])
        }
        return policy
    }
}
