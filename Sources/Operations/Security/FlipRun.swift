import Library
import Readers
import Store
import Tags
import Wire

/// Carries out what a flip asks for and tells it what came of each step: first without a reader, then on one.
struct FlipRun: Sendable {
    var flip: SecurityFlip
    let store: Store
    let time: Timekeeper
    /// The site's password for EAS and AFI; `nil` when it has none.
    let password: SecurityPassword?
    /// Asks the library system; `nil` where nobody has to be asked.
    var question: LoanQuestion?
    /// The intent's number in the journal, once it is there.
    var record: SecurityRecord.ID?
    /// What the journal says already, so that the same is not written again and again.
    var last: SecurityResult?
    /// Tags that took the password or refused it: those are not given it twice.
    private var given: Set<TagUID> = []
    /// What the machine has asked for and is still to be done.
    var pending: [SecurityFlip.Action] = []
    /// How often a reader may say that it went wrong: unlike a tag's refusal that is over the next time, as a collision
    /// or a field that it has to switch on anew.
    private static let attempts = 3

    init(
        flip: SecurityFlip,
        store: Store,
        time: Timekeeper,
        password: SecurityPassword?,
        question: LoanQuestion? = nil,
        record: SecurityRecord? = nil
    ) {
        self.flip = flip
        self.store = store
        self.time = time
        self.password = password
        self.question = question
        self.record = record?.id
        last = record?.lastResult
    }

    /// Does everything up to the first step that needs a reader. Returns the result when it ends before.
    mutating func begin(_ first: [SecurityFlip.Action]) async -> SecurityResult? {
        pending = first
        while let action = pending.first, !action.needsReader {
            pending.removeFirst()
            if case .report(let result) = action { return result }
            let event = await eventWithoutReader(of: action)
            pending += flip.handle(event)
        }
        return nil
    }

    /// Ends a flip that has no reader any more.
    mutating func abandon(_ why: String) async -> SecurityResult {
        let actions = flip.handle(.stopped(why))
        return await begin(actions) ?? SecurityResult(outcome: .uncertain, reason: why)
    }

    /// Runs the machine to its end; it always ends, since it limits its own attempts.
    mutating func carryOut(on reader: inout any Reader & ~Copyable) async -> SecurityResult {
        while true {
            if let result = await step(on: &reader) { return result }
        }
    }

    /// Does the next step. Returns the result behind the last one.
    mutating func step(on reader: inout any Reader & ~Copyable) async -> SecurityResult? {
        guard !pending.isEmpty else {
            return SecurityResult(outcome: .uncertain, reason: "the change ended without a result")
        }
        let action = pending.removeFirst()
        if case .report(let result) = action { return result }
        let event = await event(of: action, on: &reader)
        pending += flip.handle(event)
        return nil
    }

    private mutating func event(
        of action: SecurityFlip.Action,
        on reader: inout any Reader & ~Copyable
    ) async -> SecurityFlip.Event {
        switch action {
        case .writeAFI(let uid, let value):
            return await write(to: uid, on: &reader) { reader throws(ReaderError) in
                try await reader.sendAFI(value, to: uid)
            }
        case .writeEAS(let uid, let on):
            return await write(to: uid, on: &reader) { reader throws(ReaderError) in
                try await reader.sendEAS(on, to: uid)
            }
        case .read(let uid, let wanted):
            return await read(wanted, of: uid, on: &reader)
        case .journal, .ask, .confirm, .record, .report: return await eventWithoutReader(of: action)
        }
    }

    private mutating func eventWithoutReader(of action: SecurityFlip.Action) async -> SecurityFlip.Event {
        switch action {
        case .journal(let intent):
            do throws(StoreError) {
                record = try store.record(intent, isAgreed: question == nil)
                return .journalled
            } catch {
                return .journalFailed("\(error)")
            }
        case .ask(let intent): return .answered(await question?(intent) ?? .unknown("nobody can be asked"))
        case .confirm:
            guard let record else { return .confirmed }
            do throws(StoreError) {
                try store.confirm(record)
                return .confirmed
            } catch {
                return .confirmFailed("\(error)")
            }
        case .record(let result): return write(result)
        case .writeAFI, .writeEAS, .read, .report: return .stopped("no reader")
        }
    }

    private mutating func write(_ result: SecurityResult) -> SecurityFlip.Event {
        guard let record else { return .recorded }
        if let last, last.outcome == result.outcome, last.readBack == result.readBack { return .recorded }
        do throws(StoreError) {
            try store.record(result, of: record, at: time.now())
            last = result
            return .recorded
        } catch {
            return .recordFailed("\(error)")
        }
    }

    /// Reads what a tag says, again where the reader says that it went wrong.
    private func read(
        _ wanted: SecurityMark,
        of uid: TagUID,
        on reader: inout any Reader & ~Copyable
    ) async -> SecurityFlip.Event {
        let before = flip.intent.changes.first { $0.uid == uid }?.before
        var attempt = 1
        while true {
            do throws(ReaderError) {
                return .read(uid, try await reader.readMark(wanted, of: uid, before: before))
            } catch {
                guard case .refused = error, attempt < Self.attempts else { return error.flipEvent(for: uid) }
                attempt += 1
            }
        }
    }

    /// Sends a write, again where the reader says that it went wrong: the same value once more changes nothing.
    private func persist(
        _ send: (inout any Reader & ~Copyable) async throws(ReaderError) -> ISO15693.TagError?,
        on reader: inout any Reader & ~Copyable
    ) async throws(ReaderError) -> ISO15693.TagError? {
        var attempt = 1
        while true {
            do throws(ReaderError) {
                return try await send(&reader)
            } catch {
                guard case .refused = error, attempt < Self.attempts else { throw error }
                attempt += 1
            }
        }
    }

    /// Sends a write; a tag that refuses it is given the site's password once, and then the write again.
    private mutating func write(
        to uid: TagUID,
        on reader: inout any Reader & ~Copyable,
        _ send: (inout any Reader & ~Copyable) async throws(ReaderError) -> ISO15693.TagError?
    ) async -> SecurityFlip.Event {
        do throws(ReaderError) {
            guard let refusal = try await persist(send, on: &reader) else { return .written(uid) }
            guard let password, uid.mayAskForPassword, !given.contains(uid) else {
                return .refused(uid, reason: "\(refusal)")
            }
            let answer = try await reader.givePassword(password.bytes, to: uid)
            given.insert(uid)
            switch answer {
            case .accepted:
                guard let refusal = try await persist(send, on: &reader) else { return .written(uid) }
                return .refused(uid, reason: "\(refusal), also behind the password")
            case .notAsked: return .refused(uid, reason: "\(refusal)")
            case .wrong:
                // The tag is mute now: only without a field it comes back to say what it holds.
                try await reader.resetField()
                return .refused(uid, reason: "the site's EAS/AFI password is not this tag's; it is not tried again")
            }
        } catch {
            return error.flipEvent(for: uid)
        }
    }
}

extension TagUID {
    /// Whether the chip has a password for EAS and AFI that could be in the way of a write.
    fileprivate var mayAskForPassword: Bool {
        Chip(recognising: self)?.passwords.contains(NXP.PasswordIdentifier.easAFI.rawValue) == true
    }
}

extension Reader where Self: ~Copyable {
    /// What the tag says of what `wanted` names; one that does not tell its AFI is asked for by the value it shall have
    /// and by the one it had `before`.
    mutating func readMark(
        _ wanted: SecurityMark,
        of uid: TagUID,
        before: SecurityMark?
    ) async throws(ReaderError) -> SecurityMark {
        let values = [wanted.afi, before?.afi].compactMap(\.self)
        return SecurityMark(
            afi: wanted.afi == nil ? nil : try await readAFI(of: uid, among: values),
            eas: wanted.eas == nil ? nil : try await readEAS(of: uid)
        )
    }
}

extension ReaderError {
    /// What a failed exchange means to a flip: a lost tag may come back, a lost reader ends it.
    fileprivate func flipEvent(for uid: TagUID) -> SecurityFlip.Event {
        switch self {
        case .refused(_, let meaning): .refused(uid, reason: meaning)
        case .unsupported(let what): .refused(uid, reason: "\(what) is not supported by this reader")
        case .tagLost, .malformed, .noReply, .link(.timedOut): .lost(uid)
        case .link: .stopped("\(self)")
        }
    }
}
