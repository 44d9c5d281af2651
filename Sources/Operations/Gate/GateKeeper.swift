package import Library
package import Logging
package import Store
import Tags

/// Judges what the gates hear, raises the alarm first and writes it down afterwards.
package actor GateKeeper {
    private let store: Store
    private let book: TagBook
    private let time: Timekeeper
    private let policy: GatePolicy
    private let siren: Siren?
    private let events: EventHub
    private let logger: Logger
    private var gates: [String: Gate] = [:]

    private struct Gate {
        var machine: GateMachine
        /// What is known of the tags in the gate, so that each look costs no reading.
        var known: [TagUID: GateHearing] = [:]
        /// The alarm that further items of the same stack join.
        var alarm: GateAlarmRecord?
    }

    /// - Parameter siren: what makes noise; `nil` where alarms are only shown.
    package init(
        store: Store,
        time: Timekeeper,
        policy: GatePolicy,
        siren: Siren? = nil,
        events: EventHub,
        logger: Logger
    ) {
        self.store = store
        self.time = time
        self.policy = policy
        self.siren = siren
        self.events = events
        self.logger = logger
        book = TagBook(store: store)
    }

    /// Takes one look at a gate.
    package func take(_ round: StationRound) async {
        var gate = gates[round.reader] ?? Gate(machine: GateMachine(gate: round.reader, policy: policy))
        for heard in round.arrived { gate.known[heard.uid] = hearing(heard) }
        let hearings = round.heard.compactMap { gate.known[$0] }
        for uid in round.left { gate.known[uid] = nil }
        let actions = gate.machine.hear(hearings, at: round.at)
        for action in actions { await perform(action, in: &gate) }
        gates[round.reader] = gate
    }

    /// The latest alarms, newest first.
    package func latest(_ limit: Int) throws -> [GateAlarmRecord] {
        try store.latestAlarms(limit: limit)
    }

    /// Alarms behind the one with number `id`, oldest first.
    package func alarms(after id: GateAlarmRecord.ID, limit: Int) throws -> [GateAlarmRecord] {
        try store.alarms(after: id, limit: limit)
    }

    /// Everything known of a tag that came; what the store cannot tell now stays unknown, and the tag counts as armed.
    private func hearing(_ heard: HeardTag) -> GateHearing {
        let tag = (try? book.record(of: heard)) ?? nil
        if case .read = heard.content, let tag { try? book.remember([tag]) }
        let item = tag?.barcode.flatMap { barcode in (try? store.item(barcode: barcode)) ?? nil }
        let snapshot = (try? store.snapshot()) ?? nil
        return GateHearing(
            uid: heard.uid,
            afi: heard.afi,
            tag: tag,
            item: item?.item,
            holdingsAt: snapshot?.importedAt
        )
    }

    private func perform(_ action: GateMachine.Action, in gate: inout Gate) async {
        switch action {
        case .sound(let alarm):
            await siren?.sound(at: alarm.gate)
            let reasons = alarm.items.map(\.reason.rawValue).joined(separator: ", ")
            logger.warning("alarm", metadata: ["gate": "\(alarm.gate)", "reason": "\(reasons)"])
            // A disk that is full must not keep an alarm from anybody: without a number it is shown all the same.
            let id = recorded(at: alarm.gate) { () throws(StoreError) in try store.record(alarm) } ?? 0
            let record = GateAlarmRecord(id: id, alarm: alarm)
            gate.alarm = record
            await events.send(.alarm(record))
        case .join(let item):
            guard var record = gate.alarm else { return }
            record.alarm.items.append(item)
            gate.alarm = record
            let id = record.id
            if id > 0 { recorded(at: record.alarm.gate) { () throws(StoreError) in try store.join([item], to: id) } }
            await events.send(.alarm(record))
        case .pass(let passage):
            recorded(at: passage.gate) { () throws(StoreError) in try store.record([passage]) }
        }
    }

    /// Writes a gate's event down; what cannot be written is logged and lost, never an alarm.
    @discardableResult
    private func recorded<Value>(at gate: String, _ write: () throws(StoreError) -> Value) -> Value? {
        do throws(StoreError) {
            return try write()
        } catch {
            logger.error("gate event not recorded", metadata: ["gate": "\(gate)", "cause": "\(error)"])
            return nil
        }
    }
}
