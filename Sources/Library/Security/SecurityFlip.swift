package import Tags

/// Changes the security byte of all tags of one item, step by step, and believes only what it reads back.
///
/// The intent is on disk before the first write, the result after the last read. The shell performs each action and
/// hands its outcome back as an event; an event that nobody waits for is ignored. At most
/// `attempts` writes go to each tag, so the machine always ends.
package struct SecurityFlip: Hashable, Sendable {
    package enum Event: Hashable, Sendable {
        case journalled
        /// The intent could not be written down: nothing may be written to a tag.
        case journalFailed(String)
        case written(TagUID)
        /// The tag's AFI was read; `nil` when the tag answered without telling it.
        case read(TagUID, afi: UInt8?)
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

    package enum Action: Hashable, Sendable {
        case journal(SecurityIntent)
        /// Addressed to this tag alone.
        case writeAFI(TagUID, UInt8)
        case readAFI(TagUID)
        case record(SecurityResult)
        /// The flip is over. Only ``SecurityOutcome/done`` may be shown as done.
        case report(SecurityResult)
    }

    package enum State: Hashable, Sendable {
        case new
        case journalling
        case writing(TagUID)
        case reading(TagUID)
        case recording(SecurityResult)
        case over(SecurityResult)
    }

    /// What happens to parts that were changed when another part could not be.
    package enum OnFailure: Hashable, Sendable {
        /// They keep the wanted value: a loan that was made stays made.
        case keep
        /// They go back to the value each had before.
        case undo
    }

    package let intent: SecurityIntent
    package private(set) var state = State.new
    private let onFailure: OnFailure
    private let attempts: Int
    /// Writes and lost reads, by tag, in the direction now taken.
    private var tries: [TagUID: Int] = [:]
    /// Tags that are done with in the direction now taken, whether they obeyed or not.
    private var settled: Set<TagUID> = []
    private var readBack: [TagUID: UInt8] = [:]
    private var isUndoing = false
    /// Tags that may have lost power in the middle of our write: whatever they say now is our own doing, and ours to
    /// put right (a torn byte is neither the old value nor the new one).
    private var torn: Set<TagUID> = []
    private var isResumed = false
    private var trouble: String?

    package init(_ intent: SecurityIntent, onFailure: OnFailure = .keep, attempts: Int = 3) {
        self.intent = intent
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
    /// With `undoing` the tags go back to the values they had before.
    package mutating func resume(undoing: Bool = false) -> [Action] {
        guard state == .new else { return [] }
        isResumed = true
        torn = Set(intent.changes.map(\.uid))
        isUndoing = undoing
        guard let first = intent.changes.first else { return conclude() }
        state = .reading(first.uid)
        return [.readAFI(first.uid)]
    }

    package mutating func handle(_ event: Event) -> [Action] {
        switch (state, event) {
        case (.journalling, .journalled): return next()
        case (.journalling, .journalFailed(let why)):
            return finish(SecurityResult(outcome: .unchanged, reason: "journal: \(why), nothing was written"))
        case (.journalling, .stopped(let why)):
            return record(SecurityResult(outcome: .unchanged, reason: "\(why), nothing was written"))

        case (.writing(let uid), .written(let other)) where other == uid: return read(uid)
        case (.writing(let uid), .refused(let other, let reason)) where other == uid:
            // The tag will refuse again; what it says now is still worth reading.
            tries[uid] = attempts
            note("tag \(uid) refused: \(reason)")
            return read(uid)
        case (.writing(let uid), .lost(let other)) where other == uid:
            // The write may have reached the tag: its value is not known any more.
            readBack[uid] = nil
            torn.insert(uid)
            return read(uid)

        case (.reading(let uid), .read(let other, let afi)) where other == uid: return judge(uid, afi)
        case (.reading(let uid), .refused(let other, let reason)) where other == uid:
            note("tag \(uid) refused: \(reason)")
            return judge(uid, nil)
        case (.reading(let uid), .lost(let other)) where other == uid:
            readBack[uid] = nil
            note("tag \(uid) left or does not answer")
            tries[uid, default: 0] += 1
            return tries[uid, default: 0] < attempts ? read(uid) : settle(uid)

        case (.writing(let uid), .stopped(let why)):
            readBack[uid] = nil
            note(why)
            return conclude()
        case (.reading(let uid), .stopped(let why)):
            readBack[uid] = nil
            note(why)
            return conclude()

        case (.recording(let result), .recorded): return finish(result)
        case (.recording(var result), .recordFailed(let why)):
            result.reason += "; journal: \(why)"
            return finish(result)
        case (.recording(let result), .stopped): return finish(result)

        case (.new, _), (.journalling, _), (.writing, _), (.reading, _), (.recording, _), (.over, _): return []
        }
    }
}

extension SecurityFlip {
    private func target(_ change: SecurityChange) -> UInt8 { isUndoing ? change.before : change.wanted }

    private mutating func note(_ what: String) {
        if trouble == nil { trouble = what }
    }

    /// Turns to the next tag, or ends when all are done with.
    private mutating func next() -> [Action] {
        guard let change = intent.changes.first(where: { !settled.contains($0.uid) }) else { return turnOrConclude() }
        // What says the right thing already is only read; a fresh flip has read its tags before it began.
        let known = readBack[change.uid] ?? (isUndoing || isResumed ? nil : change.before)
        if known == nil || known == target(change) { return read(change.uid) }
        return write(change)
    }

    private mutating func write(_ change: SecurityChange) -> [Action] {
        tries[change.uid, default: 0] += 1
        state = .writing(change.uid)
        return [.writeAFI(change.uid, target(change))]
    }

    private mutating func read(_ uid: TagUID) -> [Action] {
        state = .reading(uid)
        return [.readAFI(uid)]
    }

    private mutating func judge(_ uid: TagUID, _ afi: UInt8?) -> [Action] {
        guard let change = intent.changes.first(where: { $0.uid == uid }) else { return settle(uid) }
        readBack[uid] = afi
        guard let afi, afi != target(change) else {
            if afi == nil { note("tag \(uid) does not tell its AFI") }
            return settle(uid)
        }
        guard afi == change.before || afi == change.wanted || torn.contains(uid) else {
            // Somebody else has written to it: left alone.
            note("tag \(uid) says AFI \(SecurityPolicy.text(afi)), neither what it was nor what it shall be")
            return settle(uid)
        }
        guard tries[uid, default: 0] < attempts else {
            note("tag \(uid) keeps AFI \(SecurityPolicy.text(afi)) after \(attempts) attempts")
            return settle(uid)
        }
        return write(change)
    }

    private mutating func settle(_ uid: TagUID) -> [Action] {
        settled.insert(uid)
        return next()
    }

    /// When every tag was tried: takes back a half-done change if that is wished, or ends.
    private mutating func turnOrConclude() -> [Action] {
        let failed = intent.changes.contains { readBack[$0.uid] != $0.wanted }
        guard failed, onFailure == .undo, !isUndoing else { return conclude() }
        isUndoing = true
        settled = []
        tries = [:]
        return next()
    }

    private mutating func conclude() -> [Action] {
        record(SecurityResult(outcome: outcome, reason: trouble ?? reason, readBack: readBack))
    }

    private var outcome: SecurityOutcome {
        if intent.changes.allSatisfy({ readBack[$0.uid] == $0.wanted }) { return .done }
        if intent.changes.contains(where: { readBack[$0.uid] == nil }) { return .uncertain }
        if intent.changes.allSatisfy({ readBack[$0.uid] == $0.before }) { return .unchanged }
        return .mixed
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
