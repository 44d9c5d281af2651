import Library
import Tags
import Testing

/// A pad with tags on it, the disk behind it and a library system, all of plain values. Breaks a promise: a test fails.
struct SecurityWorld {
    /// What goes wrong at one step.
    enum Fault: Hashable, CaseIterable {
        /// The disk takes nothing.
        case diskFull
        /// The library system says no.
        case declines
        /// It agrees, and its answer is lost.
        case agreesUnheard
        /// It never heard the question.
        case unreachable
        /// It agrees and wants the tags left as they are.
        case keeps
        /// The write reached the tag, its answer did not reach us.
        case answerLost
        /// Neither.
        case requestLost
        /// The tag loses its power in the middle of the write: it has the old value, the new one or neither, and is
        /// gone.
        case tornOld, tornNew, tornOdd
        /// The tag says yes and keeps its value.
        case ignored
        case refuses
        case unplugged
    }

    var policy = SecurityPolicy()
    var tags: [TagUID: SecurityMark] = [:]
    var parts: [String: [TagUID]] = [:]
    /// Tags that are out of reach.
    var absent: Set<TagUID> = []
    /// What the library system knows, and whether it can be asked.
    var onLoan: Set<String> = []
    var canBeAsked = true
    /// Entry `n` has the number `n + 1`.
    var journal: [SecurityRecord] = []
    private var openNumbers: [SecurityRecord.ID] = []
    /// What somebody was told last of an item.
    var told: [String: SecurityResult] = [:]
    var clock: Int64 = 1_772_438_400_000
    var steps = 0

    var now: Moment { Moment(milliseconds: clock) }

    static func uid(_ number: UInt64) -> TagUID { TagUID(0xE004_0150_0000_0000 + number) }

    init(items: [String: Int], mechanism: SecurityMechanism = .afi) {
        policy.mechanism = mechanism
        var number: UInt64 = 1
        for (barcode, count) in items.sorted(by: { $0.key < $1.key }) {
            for _ in 0..<count {
                let uid = Self.uid(number)
                tags[uid] = policy.mark(for: .armed, on: uid)
                parts[barcode, default: []].append(uid)
                number += 1
            }
        }
    }
}

extension SecurityWorld {
    /// A change on its way: the machine and its number in the journal. Gone when the process stops.
    struct Run {
        var flip: SecurityFlip
        var pending: [SecurityFlip.Action]
        var id: SecurityRecord.ID?
        var isLookup = false
    }

    /// What the tags of an item are like, told by a reader with endless patience.
    func state(of barcode: String) -> ItemSecurity {
        ItemSecurity(parts: (parts[barcode] ?? []).map { policy.security(of: $0, tags[$0] ?? SecurityMark()) })
    }

    var open: [SecurityRecord] { openNumbers.map { journal[Int($0) - 1] } }

    private func record(_ id: SecurityRecord.ID) -> SecurityRecord? {
        journal.indices.contains(Int(id) - 1) ? journal[Int(id) - 1] : nil
    }

    /// Reads the pad and decides; `nil` when the request is refused or nothing is to be done.
    func begin(_ barcode: String, _ wanted: SecurityState, _ cause: SecurityCause, attempts: Int = 3) -> Run? {
        let request = SecurityRequest(barcode: barcode, wanted: wanted, cause: cause, reader: "pad-1")
        let uids = parts[barcode] ?? []
        let onPad = uids.enumerated().filter { !absent.contains($0.element) }.map { index, uid in
            PadTag(
                uid: uid,
                content: LibraryTag(
                    model: "iso28560-3",
                    recognition: Recognition(.certain, because: "checksum"),
                    primaryItemIdentifier: barcode,
                    setInformation: SetInformation(total: uids.count, ordinal: index + 1)
                ),
                mark: tags[uid] ?? SecurityMark()
            )
        }
        guard case .flip(let intent, _) = policy.decide(request, onPad: onPad, item: Item(barcode: barcode), at: now)
        else { return nil }
        let onFailure = SecurityFlip.OnFailure(of: intent)
        var flip = SecurityFlip(intent, asks: cause.isLoan, onFailure: onFailure, attempts: attempts)
        let first = flip.start()
        return Run(flip: flip, pending: first)
    }

    /// Performs one step; `false` when the change is over.
    mutating func step(_ run: inout Run, _ fault: Fault? = nil) -> Bool {
        guard !run.pending.isEmpty else { return false }
        let action = run.pending.removeFirst()
        steps += 1
        clock += 1
        guard let event = perform(action, &run, fault) else { return false }
        run.pending += run.flip.handle(event)
        return true
    }

    private mutating func perform(
        _ action: SecurityFlip.Action,
        _ run: inout Run,
        _ fault: Fault?
    ) -> SecurityFlip.Event? {
        if action.needsReader, fault == .unplugged { return .stopped("reader unplugged") }
        switch action {
        case .journal(let intent):
            if fault == .diskFull { return .journalFailed("disk full") }
            run.id = Int64(journal.count + 1)
            openNumbers.append(Int64(journal.count + 1))
            journal.append(
                SecurityRecord(
                    id: Int64(journal.count + 1),
                    intent: intent,
                    isAgreed: !intent.cause.isLoan,
                    lastResult: nil,
                    settledAt: nil
                )
            )
            return .journalled
        case .ask(let intent): return .answered(answer(intent, fault))
        case .confirm:
            if fault == .diskFull { return .confirmFailed("disk full") }
            change(run.id) { $0.isAgreed = true }
            return .confirmed
        case .writeAFI(let uid, let afi): return write(uid, SecurityMark(afi: afi), run, fault)
        case .writeEAS(let uid, let eas): return write(uid, SecurityMark(eas: eas), run, fault)
        case .read(let uid, let wanted):
            guard !absent.contains(uid), fault == nil, let mark = tags[uid] else { return .lost(uid) }
            return .read(
                uid,
                SecurityMark(afi: wanted.afi == nil ? nil : mark.afi, eas: wanted.eas == nil ? nil : mark.eas)
            )
        case .record(let result):
            if fault == .diskFull { return .recordFailed("disk full") }
            close(run.id, result)
            return .recorded
        case .report(let result):
            tell(result, run)
            return nil
        }
    }

    private mutating func answer(_ intent: SecurityIntent, _ fault: Fault?) -> LoanAnswer {
        if fault == .unreachable { return .unknown("no answer") }
        if fault == .declines { return .declined("blocked") }
        if intent.cause == .checkout { onLoan.insert(intent.barcode) } else { onLoan.remove(intent.barcode) }
        if fault == .agreesUnheard { return .unknown("no answer") }
        return fault == .keeps ? .agreedWithoutChange("desensitize N") : .agreed
    }

    private mutating func write(_ uid: TagUID, _ mark: SecurityMark, _ run: Run, _ fault: Fault?) -> SecurityFlip.Event
    {
        let cause = run.id.flatMap(record).map { record in
            record.settledAt == nil && record.isAgreed
                && record.intent.changes.contains { $0.uid == uid && ($0.wanted.says(mark) || $0.before.says(mark)) }
        }
        if cause != true { Issue.record("a tag was written to without a cause in the journal") }
        guard !absent.contains(uid) else { return .lost(uid) }
        let old = tags[uid] ?? SecurityMark()
        var new = old
        if let afi = mark.afi { new.afi = afi }
        if let eas = mark.eas { new.eas = eas }
        switch fault {
        case .requestLost: return .lost(uid)
        case .ignored: return .written(uid)
        case .refuses: return .refused(uid, reason: "locked")
        case .tornOld, .tornNew, .tornOdd:
            absent.insert(uid)
            if fault == .tornOdd, mark.afi != nil { new.afi = 0x5A }
            if fault != .tornOld { tags[uid] = new }
            return .lost(uid)
        case .answerLost:
            tags[uid] = new
            return .lost(uid)
        default:
            tags[uid] = new
            return .written(uid)
        }
    }

    private mutating func tell(_ result: SecurityResult, _ run: Run) {
        let intent = run.flip.intent
        told[intent.barcode] = result
        guard result.outcome == .done else { return }
        for change in intent.changes {
            if tags[change.uid]?.says(change.wanted) != true {
                Issue.record("done was said of a tag that is not as wanted")
            }
        }
        if intent.cause.isLoan, !run.isLookup {
            let stands = onLoan.contains(intent.barcode) == (intent.wanted == .disarmed)
            if !stands { Issue.record("done was said without a loan") }
        }
    }

    private mutating func change(_ id: SecurityRecord.ID?, _ body: (inout SecurityRecord) -> Void) {
        guard let id, journal.indices.contains(Int(id) - 1) else { return }
        body(&journal[Int(id) - 1])
        if journal[Int(id) - 1].settledAt != nil { openNumbers.removeAll { $0 == id } }
    }

    private mutating func close(_ id: SecurityRecord.ID?, _ result: SecurityResult) {
        let moment = now
        change(id) { record in
            record.lastResult = result
            if result.outcome.settles(record.intent.cause) { record.settledAt = record.settledAt ?? moment }
        }
        guard result.outcome == .done, let id,
            let tags = record(id)?.intent.changes.map(\.uid)
        else { return }
        for older in open where older.id < id && older.intent.changes.contains(where: { tags.contains($0.uid) }) {
            change(older.id) { record in
                record.lastResult = SecurityResult(outcome: .superseded, reason: "a later change took over")
                record.settledAt = moment
            }
        }
    }

    /// What a shell does about the open entries of the journal when it hears tags: `nil` when there is nothing to do
    /// now.
    mutating func takeUp(_ id: SecurityRecord.ID) -> Run? {
        guard var record = record(id), record.settledAt == nil,
            !record.isOvertaken(among: open)
        else { return nil }
        let present = Set(tags.keys).subtracting(absent)
        let barcode = record.intent.barcode
        let item = canBeAsked ? Item(barcode: barcode, status: onLoan.contains(barcode) ? .onLoan : .available) : nil
        func decision() -> SecurityTakeUp {
            policy.takeUp(
                record,
                present: present,
                item: item,
                isNewer: item != nil,
                age: now.since(record.intent.at)
            )
        }
        clock += 1
        var next = decision()
        if next == .agree {
            change(id) { $0.isAgreed = true }
            record.isAgreed = true
            next = decision()
        }
        switch next {
        case .wait, .agree: return nil
        case .close(let outcome, let why):
            close(id, SecurityResult(outcome: outcome, reason: why))
            return nil
        case .finish, .undo:
            var flip = SecurityFlip(record.intent)
            let first = flip.resume(
                undoing: next == .undo,
                present: present,
                known: record.lastResult?.readBack ?? [:]
            )
            return Run(flip: flip, pending: first, id: id, isLookup: true)
        }
    }

    /// The process is started again, all tags lie there, and the library system answers: everything open is taken up.
    mutating func restart() {
        absent = []
        canBeAsked = true
        for _ in 0..<3 {
            for record in open {
                guard var run = takeUp(record.id) else { continue }
                while step(&run) {}
            }
        }
    }
}
