package import Tags

/// Changes the security mark of all tags of one item, step by step, and believes only what it reads back.
///
/// The intent is on disk before the library system is asked and before the first write, the result after the last read.
/// The shell performs each action and hands its outcome back as an event; an event that nobody waits for is ignored. At
/// most `attempts` writes of each means go to each tag, so the machine always ends.
///
///     journal ─► ask ─► confirm ─► write ⇄ read, tag by tag ─► record ─► report
package struct SecurityFlip: Hashable, Sendable {
    /// What came of an action, or that the time is over.
    package enum Event: Hashable, Sendable {
        case journalled
        /// The intent could not be written down: nothing may be asked and nothing written to a tag.
        case journalFailed(String)
        case answered(LoanAnswer)
        case confirmed
        /// That the loan stands could not be written down: nothing may be written to a tag.
        case confirmFailed(String)
        case written(TagUID)
        /// The tag was read; what it did not tell is `nil`.
        case read(TagUID, SecurityMark)
        /// The tag refused the command, in its own words.
        case refused(TagUID, reason: String)
        /// The tag did not answer.
        case lost(TagUID)
        /// The time for the whole flip is over, or the reader is gone.
        case stopped(String)
        case recorded
        /// The result could not be written down: the intent stays open and is taken up again later.
        case recordFailed(String)
    }

    /// What the shell has to do next; what comes of it goes to ``SecurityFlip/handle(_:)``.
    package enum Action: Hashable, Sendable {
        case journal(SecurityIntent)
        /// Ask the library system for the loan or return; of an intent taken up again, only ask how it stands.
        case ask(SecurityIntent)
        /// Write down that it stands.
        case confirm
        /// Addressed to this tag alone.
        case writeAFI(TagUID, UInt8)
        case writeEAS(TagUID, Bool)
        /// Read what `SecurityMark` names.
        case read(TagUID, SecurityMark)
        case record(SecurityResult)
        /// The flip is over. Only ``SecurityOutcome/done`` may be shown as done.
        case report(SecurityResult)

        /// Whether a reader is needed for it.
        package var needsReader: Bool {
            switch self {
            case .writeAFI, .writeEAS, .read: true
            case .journal, .ask, .confirm, .record, .report: false
            }
        }
    }

    /// What the flip waits for; an event that does not fit is ignored.
    package enum State: Hashable, Sendable {
        /// Nothing was asked for yet: ``SecurityFlip/start()`` or
        /// ``SecurityFlip/resume(undoing:present:known:isAgreed:)`` comes first.
        case new
        /// The intent is being written down.
        case journalling
        /// The library system was asked for the loan or return.
        case asking
        /// That the loan stands is being written down.
        case confirming
        /// A write is on its way to this tag.
        case writing(TagUID)
        /// This tag is being read back.
        case reading(TagUID)
        /// A change that is taken up again is about to be written: the journal must not go on saying what was read
        /// before.
        case reopening(SecurityChange, SecurityMark)
        /// The result is being written down.
        case recording(SecurityResult)
        /// The flip has ended with this result; nothing more comes.
        case over(SecurityResult)
    }

    /// What happens to parts that were changed when another part could not be.
    package enum OnFailure: Hashable, Sendable {
        /// They keep the wanted value: a loan that was made stays made.
        case keep
        /// They go back to the value each had before.
        case undo

        /// The rule for a new change: a release without a loan is taken back, everything else stays on the safe side.
        package init(of intent: SecurityIntent) {
            self = intent.wanted == .disarmed && !intent.cause.isLoan ? .undo : .keep
        }
    }

    /// What is to be written to which tags, with what each said before.
    package let intent: SecurityIntent
    /// Where the flip stands; it changes with ``start()``, ``resume(undoing:present:known:isAgreed:)`` and
    /// ``handle(_:)`` alone.
    package private(set) var state = State.new
    private let onFailure: OnFailure
    private let attempts: Int
    private let asks: Bool
    /// Writes and lost reads, by tag, in the direction now taken.
    private var tries: [TagUID: Int] = [:]
    /// Tags whose AFI was seen right, so that their EAS is next.
    private var turnedToEAS: Set<TagUID> = []
    /// Tags that are done with in the direction now taken, whether they obeyed or not.
    private var settled: Set<TagUID> = []
    private var readBack: [TagUID: SecurityMark] = [:]
    private var isUndoing = false
    /// Tags that refused a write in the direction now taken: they would refuse again.
    private var refusing: Set<TagUID> = []
    /// Tags that may have lost power in the middle of our write: whatever they say now is our own doing, and ours to
    /// put right (a torn byte is neither the old value nor the new one).
    private var torn: Set<TagUID> = []
    private var isResumed = false
    /// What the journal says of the tags, when it says more than the intent: no longer true once they are written to.
    private var stated: [TagUID: SecurityMark] = [:]
    private var trouble: String?

    /// - Parameter asks: whether the library system is asked before anything is written.
    package init(_ intent: SecurityIntent, asks: Bool = false, onFailure: OnFailure = .keep, attempts: Int = 3) {
        self.intent = intent
        self.asks = asks
        self.onFailure = onFailure
        self.attempts = max(1, attempts)
    }

    /// The first step of a new flip.
    package mutating func start() -> [Action] {
        guard state == .new else { return [] }
        state = .journalling
        return [.journal(intent)]
    }

    /// The first step of a flip that is in the journal and was not finished: each tag is read before it is written to.
    ///
    /// - Parameters:
    ///   - undoing: the tags go back to the values they had before.
    ///   - present: tags that can be reached; `nil` for all of them.
    ///   - known: what the journal says was read back last. A tag that is not in it may be torn.
    ///   - isAgreed: `false` when the answer of the library system is not in the journal: it is asked how the loan
    ///     stands.
    package mutating func resume(
        undoing: Bool = false,
        present: Set<TagUID>? = nil,
        known: [TagUID: SecurityMark] = [:],
        isAgreed: Bool = true
    ) -> [Action] {
        guard state == .new else { return [] }
        isResumed = true
        isUndoing = undoing
        stated = known
        let tags = Set(intent.changes.map(\.uid))
        torn = tags.subtracting(known.keys)
        if let present {
            settled = tags.subtracting(present)
            readBack = known.filter { settled.contains($0.key) }
        }
        guard isAgreed else {
            state = .asking
            return [.ask(intent)]
        }
        return next()
    }

    /// Takes what came of an action and says what to do next; nothing for an event that nobody waits for.
    package mutating func handle(_ event: Event) -> [Action] {
        switch (state, event) {
        case (.journalling, .journalled): return asks ? ask() : next()
        case (.journalling, .journalFailed(let why)):
            return finish(SecurityResult(outcome: .unchanged, reason: "journal: \(why), nothing was written"))
        case (.journalling, .stopped(let why)):
            return record(SecurityResult(outcome: .unchanged, reason: "\(why), nothing was written"))

        case (.asking, .answered(let answer)): return take(answer)
        case (.asking, .stopped(let why)): return take(.unknown(why))

        case (.confirming, .confirmed): return next()
        case (.confirming, .confirmFailed(let why)):
            // The intent stays in the journal as one whose answer is not known, and is looked up later.
            return finish(SecurityResult(outcome: .unchanged, reason: "journal: \(why), nothing was written"))
        case (.confirming, .stopped(let why)):
            return record(SecurityResult(outcome: .uncertain, reason: "\(why), nothing was written"))

        case (.writing(let uid), .written(let other)) where other == uid: return read(uid)
        case (.writing(let uid), .refused(let other, let reason)) where other == uid:
            // The tag will refuse again; what it says now is still worth reading.
            refusing.insert(uid)
            note("tag \(uid) refused: \(reason)")
            return read(uid)
        case (.writing(let uid), .lost(let other)) where other == uid:
            // The write may have reached the tag: its value is not known any more.
            readBack[uid] = nil
            torn.insert(uid)
            return read(uid)

        case (.reading(let uid), .read(let other, let mark)) where other == uid: return judge(uid, mark)
        case (.reading(let uid), .refused(let other, let reason)) where other == uid:
            note("tag \(uid) refused: \(reason)")
            return judge(uid, SecurityMark())
        case (.reading(let uid), .lost(let other)) where other == uid:
            readBack[uid] = nil
            note("tag \(uid) left or does not answer")
            tries[uid, default: 0] += 1
            return tries[uid, default: 0] < attempts ? read(uid) : settle(uid)

        case (.writing(let uid), .stopped(let why)), (.reading(let uid), .stopped(let why)):
            readBack[uid] = nil
            note(why)
            return conclude()

        case (.reopening(let change, let mark), .recorded):
            stated = [:]
            return write(change, mark)
        case (.reopening, .recordFailed(let why)):
            return finish(SecurityResult(outcome: .uncertain, reason: "journal: \(why), nothing was written"))
        case (.reopening, .stopped(let why)): return finish(SecurityResult(outcome: .uncertain, reason: why))

        case (.recording(let result), .recorded): return finish(result)
        case (.recording(var result), .recordFailed(let why)):
            result.reason += "; journal: \(why)"
            return finish(result)
        case (.recording(let result), .stopped): return finish(result)

        case (.new, _), (.journalling, _), (.asking, _), (.confirming, _), (.writing, _), (.reading, _),
            (.reopening, _), (.recording, _), (.over, _):
            return []
        }
    }
}

extension SecurityFlip {
    private func target(_ change: SecurityChange) -> SecurityMark { isUndoing ? change.before : change.wanted }

    private mutating func note(_ what: String) {
        if trouble == nil { trouble = what }
    }

    private mutating func ask() -> [Action] {
        state = .asking
        return [.ask(intent)]
    }

    private mutating func take(_ answer: LoanAnswer) -> [Action] {
        switch answer {
        case .agreed:
            state = .confirming
            return [.confirm]
        case .agreedWithoutChange(let why): return record(SecurityResult(outcome: .kept, reason: why))
        case .declined(let why): return record(SecurityResult(outcome: .declined, reason: why))
        case .unknown(let why): return record(SecurityResult(outcome: .unanswered, reason: why))
        }
    }

    /// Turns to the next tag, or ends when all are done with.
    private mutating func next() -> [Action] {
        guard let change = intent.changes.first(where: { !settled.contains($0.uid) }) else { return turnOrConclude() }
        // What says the right thing already is only read; a fresh flip has read its tags before it began.
        let known = readBack[change.uid] ?? (isUndoing || isResumed ? nil : change.before)
        guard let known, !known.says(target(change)) else { return read(change.uid) }
        return write(change, known)
    }

    /// AFI first, and EAS once the AFI was seen right (datamodels §2.3).
    private mutating func write(_ change: SecurityChange, _ known: SecurityMark) -> [Action] {
        guard stated.isEmpty else { return reopen(change, known) }
        let target = target(change)
        tries[change.uid, default: 0] += 1
        state = .writing(change.uid)
        if let afi = target.afi, known.afi != afi { return [.writeAFI(change.uid, afi)] }
        if let eas = target.eas, known.eas != eas { return [.writeEAS(change.uid, eas)] }
        return read(change.uid)
    }

    /// Values that are neither stay in the journal: they are not ours, and a torn write must not be taken for one.
    private mutating func reopen(_ change: SecurityChange, _ mark: SecurityMark) -> [Action] {
        state = .reopening(change, mark)
        let foreign = stated.filter { uid, mark in
            intent.changes.contains { $0.uid == uid && mark.afi != $0.before.afi && mark.afi != $0.wanted.afi }
        }
        return [.record(SecurityResult(outcome: .uncertain, reason: "taken up again", readBack: foreign))]
    }

    private mutating func read(_ uid: TagUID) -> [Action] {
        guard let change = intent.changes.first(where: { $0.uid == uid }) else { return settle(uid) }
        state = .reading(uid)
        return [.read(uid, change.wanted)]
    }

    private mutating func judge(_ uid: TagUID, _ mark: SecurityMark) -> [Action] {
        guard let change = intent.changes.first(where: { $0.uid == uid }) else { return settle(uid) }
        let target = target(change)
        guard mark.answers(target) else {
            readBack[uid] = nil
            note("tag \(uid) does not tell its \(target.afi != nil && mark.afi == nil ? "AFI" : "EAS")")
            return settle(uid)
        }
        readBack[uid] = mark
        guard !mark.says(target) else { return settle(uid) }
        guard mark.afi == change.before.afi || mark.afi == change.wanted.afi || torn.contains(uid) else {
            // Somebody else has written to it: left alone.
            note("tag \(uid) says \(mark), neither what it was nor what it shall be")
            return settle(uid)
        }
        if target.afi == mark.afi, turnedToEAS.insert(uid).inserted { tries[uid] = 0 }
        guard tries[uid, default: 0] < attempts, !refusing.contains(uid) else {
            note("tag \(uid) keeps \(mark) after \(attempts) attempts")
            // A torn byte is not the tag's word: the journal must not take it for a value of somebody else's.
            if mark.afi != change.before.afi, mark.afi != change.wanted.afi { readBack[uid] = nil }
            return settle(uid)
        }
        return write(change, mark)
    }

    private mutating func settle(_ uid: TagUID) -> [Action] {
        settled.insert(uid)
        return next()
    }

    /// When every tag was tried: takes back a half-done change if that is wished, or ends.
    private mutating func turnOrConclude() -> [Action] {
        guard !isAsWanted, onFailure == .undo, !isUndoing else { return conclude() }
        isUndoing = true
        settled = []
        turnedToEAS = []
        refusing = []
        tries = [:]
        return next()
    }

    private mutating func conclude() -> [Action] {
        record(SecurityResult(outcome: outcome, reason: trouble ?? reason, readBack: readBack))
    }

    private var isAsWanted: Bool { intent.changes.allSatisfy { readBack[$0.uid]?.says($0.wanted) == true } }

    private var outcome: SecurityOutcome {
        let isAsBefore = intent.changes.allSatisfy { readBack[$0.uid]?.says($0.before) == true }
        if isUndoing, isAsBefore { return .undone }
        if isAsWanted { return .done }
        if intent.changes.contains(where: { readBack[$0.uid] == nil }) { return .uncertain }
        return isAsBefore ? .unchanged : .mixed
    }

    private var reason: String {
        let parts = intent.changes.count == 1 ? "read back" : "all \(intent.changes.count) parts read back"
        return isUndoing ? "\(parts) as they were before" : "\(parts) as \(intent.wanted.rawValue)"
    }

    private mutating func record(_ result: SecurityResult) -> [Action] {
        state = .recording(result)
        return [.record(result)]
    }

    private mutating func finish(_ result: SecurityResult) -> [Action] {
        state = .over(result)
        return [.report(result)]
    }
}
