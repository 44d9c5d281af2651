import HTTPTypes
import NIOCore

/// Keeps the answers to requests that may be sent a second time, so that nothing is done twice
/// (draft-ietf-httpapi-idempotency-key-header-06).
///
/// In memory alone and for an hour: an answer may hold what a library system said to a borrower, which belongs on no
/// disk.
actor AnswerBook {
    struct Answer: Sendable, Equatable {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var body: ByteBuffer
    }

    /// What is known of a key.
    enum Found: Equatable {
        /// Nothing: the request is carried out, and what comes of it is told to ``keep(_:under:at:)`` or
        /// ``forget(_:)``.
        case nothing
        /// A request with this key is being carried out.
        case running
        /// The key was sent with another request.
        case other
        case answer(Answer)
    }

    static let lifetime: Duration = .seconds(3600)
    static let mostAnswers = 500
    static let mostBytes = 8 << 20

    private struct Entry {
        var caller: String
        var print: [UInt8]
        var answer: Answer?
        var at: Duration
    }

    private var entries: [String: Entry] = [:]
    private var bytes = 0

    var count: Int { entries.count }

    /// - Parameters:
    ///   - caller: whose request it is.
    ///   - print: tells one request from another, whatever their keys.
    func begin(_ key: String, of caller: String = "", _ print: [UInt8], at now: Duration) -> Found {
        clear(at: now)
        guard let entry = entries[key] else {
            entries[key] = Entry(caller: caller, print: print, at: now)
            return .nothing
        }
        guard entry.print == print else { return .other }
        return entry.answer.map { .answer($0) } ?? .running
    }

    func keep(_ answer: Answer, under key: String, at now: Duration) {
        guard entries[key] != nil else { return }
        entries[key]?.answer = answer
        entries[key]?.at = now
        bytes += answer.body.readableBytes
        clear(at: now)
    }

    /// The request came to nothing that is worth to be told again.
    func forget(_ key: String) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        bytes -= entry.answer?.body.readableBytes ?? 0
    }

    /// Drops what is too old, then what is too much; what is being carried out stays.
    private func clear(at now: Duration) {
        for (key, entry) in entries where entry.answer != nil && now - entry.at > Self.lifetime { forget(key) }
        while entries.count > Self.mostAnswers || bytes > Self.mostBytes {
            guard let key = surplus() else { return }
            forget(key)
        }
    }

    /// The oldest answer of the caller who has most: whoever sends much under keys has nobody else's request carried
    /// out a second time.
    private func surplus() -> String? {
        let done = entries.filter { $0.value.answer != nil }
        // An answer takes room by its bytes, and a place.
        let place = Self.mostBytes / Self.mostAnswers
        let weights = Dictionary(
            done.values.map { ($0.caller, place + ($0.answer?.body.readableBytes ?? 0)) },
            uniquingKeysWith: +
        )
        guard let most = weights.max(by: { $0.value < $1.value })?.key else { return nil }
        return done.filter { $0.value.caller == most }.min { $0.value.at < $1.value.at }?.key
    }
}
