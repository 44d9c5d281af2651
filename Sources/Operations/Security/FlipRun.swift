import Library
import Readers
import Store
import Tags
import Wire

/// Carries out what a flip asks for, on one reader, and tells it what came of each step.
struct FlipRun {
    var flip: SecurityFlip
    let store: Store
    let time: Timekeeper
    /// The intent's number in the journal, once it is there.
    var record: SecurityRecord.ID?

    init(flip: SecurityFlip, store: Store, time: Timekeeper, record: SecurityRecord.ID? = nil) {
        self.flip = flip
        self.store = store
        self.time = time
        self.record = record
    }

    /// Runs the machine to its end; it always ends, since it limits its own attempts.
    mutating func carryOut(_ first: [SecurityFlip.Action], on reader: inout any Reader & ~Copyable) async
        -> SecurityResult
    {
        var actions = first
        while let action = actions.first {
            actions.removeFirst()
            if case .report(let result) = action { return result }
            actions += flip.handle(await event(of: action, on: &reader))
        }
        return SecurityResult(outcome: .uncertain, reason: "the change ended without a result")
    }

    private mutating func event(
        of action: SecurityFlip.Action,
        on reader: inout any Reader & ~Copyable
    ) async -> SecurityFlip.Event {
        switch action {
        case .journal(let intent):
            do throws(StoreError) {
                record = try store.record(intent)
                return .journalled
            } catch {
                return .journalFailed("\(error)")
            }
        case .writeAFI(let uid, let value): return await write(value, to: uid, on: &reader)
        case .readAFI(let uid):
            do throws(ReaderError) {
                return .read(uid, afi: try await reader.readAFI(of: uid))
            } catch {
                return error.flipEvent(for: uid)
            }
        case .record(let result):
            guard let record else { return .recorded }
            do throws(StoreError) {
                try store.record(result, of: record, at: time.now())
                return .recorded
            } catch {
                return .recordFailed("\(error)")
            }
        case .report: return .recorded
        }
    }

    private func write(
        _ value: UInt8,
        to uid: TagUID,
        on reader: inout any Reader & ~Copyable
    ) async -> SecurityFlip.Event {
        do throws(ReaderError) {
            if case .error(let error) = try await reader.exchange(.writeAFI(value), with: uid) {
                return .refused(uid, reason: "\(error)")
            }
            return .written(uid)
        } catch {
            return error.flipEvent(for: uid)
        }
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
