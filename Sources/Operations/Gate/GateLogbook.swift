import Library
package import Logging
package import Store
import Tags

/// Writes down what the gates did, names the items, and tells everybody who watches; always behind the siren.
package actor GateLogbook {
    private let store: Store
    private let keeper: GateKeeper
    private let events: EventHub
    private let logger: Logger
    private let retention: Duration
    private let time: Timekeeper
    private var pseudonym: TagPseudonym?
    /// The alarms that may still grow, by the keeper's serial.
    private var growing: [Int: GateAlarmRecord] = [:]
    private var saidBroken = false

    /// - Parameter retention: how long alarms, passages and reads are kept.
    package init(
        store: Store,
        keeper: GateKeeper,
        events: EventHub,
        retention: Duration = .seconds(30 * 86_400),
        time: Timekeeper,
        logger: Logger
    ) {
        self.store = store
        self.keeper = keeper
        self.events = events
        self.retention = retention
        self.time = time
        self.logger = logger
    }

    /// Writes whenever there is something, until cancelled.
    package func run() async {
        for await _ in keeper.written { await write() }
        await write()
    }

    /// Forgets what is older than the retention, as soon as the clock can be believed and every hour from then on, until
    /// cancelled: a clock that starts in another year would take everything at once.
    package func forget() async {
        var clock = SettledClock()
        while !Task.isCancelled {
            let now = time.instant
            let isSettled = clock.isSettled(at: now)
            if isSettled {
                written { () throws(StoreError) in
                    _ = try store.forgetGateEvents(before: now.moment + (.zero - retention), at: now.moment)
                }
            }
            // The key may have gone with the last of the reads; it is asked for again with the next one.
            pseudonym = nil
            guard (try? await time.sleep(isSettled ? .seconds(3600) : .seconds(60))) != nil else { return }
        }
    }

    /// Writes everything that waits.
    package func write() async {
        let (notes, lost) = await keeper.takeNotes()
        if lost > 0 { logger.error("gate events lost, the disk did not keep up", metadata: ["count": "\(lost)"]) }
        var passages: [GatePassage] = []
        var reads: [GateRead] = []
        // Tags first: alarms and passages are named by them.
        let tags = notes.compactMap { note in
            guard case .tag(let record) = note else { return nil as TagRecord? }
            return record
        }
        if !tags.isEmpty { written { () throws(StoreError) in try store.remember(tags, by: time.now()) } }
        for note in notes {
            switch note {
            case .passage(let passage): passages.append(named(passage))
            case .read(let hearing, let gate, let at, let response, let reason):
                if let read = read(hearing, gate, at, response, reason) { reads.append(read) }
            default: await write(note)
            }
        }
        if !passages.isEmpty { written { () throws(StoreError) in try store.record(passages) } }
        if !reads.isEmpty { written { () throws(StoreError) in try store.record(reads) } }
    }

    private func write(_ note: GateNote) async {
        switch note {
        case .alarm(var alarm, let serial):
            alarm.items = alarm.items.map(named)
            let reasons = alarm.items.map(\.reason.rawValue).joined(separator: ", ")
            logger.warning(
                "alarm",
                metadata: [
                    "gate": "\(alarm.gate)", "reason": "\(reasons)", "quiet": "\(alarm.quiet?.rawValue ?? "no")",
                ]
            )
            // A disk that is full must not keep an alarm from anybody: without a number it is shown all the same.
            let id = written { () throws(StoreError) in try store.record(alarm) } ?? 0
            await tell(GateAlarmRecord(id: id, alarm: alarm), serial)
        case .join(let item, let serial):
            guard var record = growing[serial] else { return }
            let item = named(item)
            record.alarm.items.append(item)
            let id = record.id
            if id > 0 { written { () throws(StoreError) in try store.join([item], to: id) } }
            await tell(record, serial)
        case .amend(let serial, let isBulk, let direction):
            guard var record = growing[serial] else { return }
            record.alarm.isBulk = record.alarm.isBulk || isBulk
            record.alarm.direction = direction ?? record.alarm.direction
            let amended = record
            if amended.id > 0 {
                written { () throws(StoreError) in
                    try store.amend(amended.id, isBulk: amended.alarm.isBulk, direction: direction)
                }
            }
            await tell(record, serial)
        case .parked(let parking):
            logger.notice(
                "an item lies at the gate",
                metadata: ["place": "\(parking.place)", "reason": "\(parking.reason.rawValue)"]
            )
            await events.send(.parked(parking, barcode: tag(parking.uid)?.barcode))
        case .trouble(let trouble):
            logger.log(
                level: trouble.cause == nil ? .notice : .error,
                trouble.cause == nil ? "gate well again" : "gate in trouble",
                metadata: [
                    "gate": "\(trouble.gate)", "kind": "\(trouble.kind.rawValue)", "cause": "\(trouble.cause ?? "-")",
                ]
            )
            written { () throws(StoreError) in try store.record(trouble) }
            await events.send(.gateTrouble(trouble))
        case .people(let people):
            written { () throws(StoreError) in
                try store.count(
                    gate: people.gate,
                    lane: people.lane,
                    incoming: people.incoming,
                    outgoing: people.outgoing,
                    correction: people.correction,
                    tally: people.tally,
                    at: people.at
                )
            }
        case .walks(let gate, let walks, let heard, let at):
            written { () throws(StoreError) in try store.record(walks: walks, heard: heard, gate: gate, at: at) }
        case .sentinel(let gate, let antenna, let test):
            written { () throws(StoreError) in try store.record(test, gate: gate, antenna: antenna) }
            let trend = written { () throws(StoreError) in try store.sentinels(gate: gate)[antenna] } ?? nil
            if let trend { await keeper.judge(trend.verdict, gate: gate, antenna: antenna) }
        case .passage, .read, .tag: break
        }
    }

    private func tell(_ record: GateAlarmRecord, _ serial: Int) async {
        growing[serial] = record
        growing = growing.filter { $0.key > serial - 16 }
        await events.send(.alarm(record))
    }

    /// Notes what staff found, also for an alarm that still grows. `nil` when there is no such alarm.
    func record(_ outcome: GateOutcome, of id: GateAlarmRecord.ID) async throws(StoreError) -> GateAlarmRecord? {
        guard try store.record(outcome, of: id, at: time.now()), let record = try store.alarm(id) else { return nil }
        for (serial, other) in growing where other.id == id { growing[serial]?.outcome = outcome }
        await events.send(.alarm(record))
        return record
    }

    private func tag(_ uid: TagUID) -> TagRecord? { (try? store.tag(uid: uid)) ?? nil }

    /// The item with its barcode, and where its security was changed last.
    private func named(_ item: GateAlarmItem) -> GateAlarmItem {
        var item = item
        guard let barcode = item.barcode ?? tag(item.uid)?.barcode else { return item }
        item.barcode = barcode
        let own = (try? store.names(ofItem: barcode))?.own ?? barcode
        let change = (try? store.lastSecurityChange(barcode: own)) ?? nil
        item.origin = change.map { "\($0.device), \($0.procedure)" }
        return item
    }

    private func named(_ passage: GatePassage) -> GatePassage {
        var passage = passage
        passage.barcode = passage.barcode ?? tag(passage.uid)?.barcode
        return passage
    }

    private func read(
        _ hearing: GateHearing,
        _ gate: String,
        _ at: Moment,
        _ response: GateResponse,
        _ reason: GateReason
    ) -> GateRead? {
        if pseudonym == nil {
            let fresh = TagPseudonym(key: .random(in: .min ... .max), .random(in: .min ... .max))
            pseudonym = written { () throws(StoreError) in try store.pseudonym(fresh: fresh, at: at) }
        }
        guard let pseudonym else { return nil }
        return GateRead(
            gate: gate,
            at: at,
            tag: pseudonym(hearing.uid),
            afi: hearing.afi,
            eas: hearing.eas,
            antenna: hearing.antenna,
            facts: hearing.facts,
            response: response,
            reason: reason
        )
    }

    /// What cannot be written is logged once and lost, never an alarm.
    @discardableResult
    private func written<Value>(_ write: () throws(StoreError) -> Value) -> Value? {
        do throws(StoreError) {
            let value = try write()
            saidBroken = false
            return value
        } catch {
            if !saidBroken { logger.error("gate event not recorded", metadata: ["cause": "\(error)"]) }
            saidBroken = true
            return nil
        }
    }
}
