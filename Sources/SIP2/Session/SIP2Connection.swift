package import Wire

/// A way to a library system that is opened when it is needed and opened again when it was lost.
///
/// Owned by one loop. A request that can be repeated, and one that never left, is sent once more over a new connection;
/// any other is not, since a loan could be made twice: see ``checkOut(_:)`` and ``checkIn(_:)`` for those.
package struct SIP2Connection: ~Copyable, Sendable {
    /// Makes a new connection to the library system; called before the first request and after each loss.
    package typealias Open = @Sendable () async throws(LinkError) -> any Link & ~Copyable

    private let open: Open
    private let account: SIP2Account
    private let trace: SIP2Session.Trace
    private var session: SIP2Session? {
        didSet { isOpen = session != nil }
    }
    /// Whether a connection stands, logged in where the account says so; it may have gone stale without our knowledge.
    package private(set) var isOpen = false
    /// What the system said of itself when it was asked last.
    package private(set) var status: SystemStatus?
    /// How often the system has let us in: grows by one with each connection that was opened whole.
    package private(set) var openings: UInt64 = 0

    package init(
        account: SIP2Account,
        trace: @escaping SIP2Session.Trace = { _, _ in },
        open: @escaping Open
    ) {
        self.account = account
        self.trace = trace
        self.open = open
    }

    /// Hangs up; the next request opens anew.
    package mutating func close() {
        session = nil
    }

    /// Makes sure of the connection and asks the system how it is.
    package mutating func ping() async throws(SIP2Error) {
        let answer = try await perform(TerminalStatus())
        status = answer.content
        guard answer.content.isOnline else { throw .offline }
    }

    /// Sends a request and waits for its answer; opens the connection first where there is none.
    ///
    /// An item's barcode with a bar or a control character throws ``SIP2Error/notCarried(field:)`` and nothing is sent.
    /// After an error whose ``SIP2Error/mayHaveHappened`` is true somebody has to find out what became of the request.
    package mutating func perform<Request: SIP2Request>(
        _ request: Request
    ) async throws(SIP2Error) -> SIP2Answer<Request.Response> {
        if let subject = request.subject, !Self.canCarry(subject) { throw .notCarried(field: "item") }
        let wasOpen = isOpen
        do throws(SIP2Error) {
            return try await attempt(request)
        } catch {
            // Only a connection that had stood can have gone stale; what cannot be reached at all is no better now.
            guard wasOpen, Self.isWorthRepeating(request, after: error) else { throw error }
        }
        return try await attempt(request)
    }

    private mutating func attempt<Request: SIP2Request>(
        _ request: Request
    ) async throws(SIP2Error) -> SIP2Answer<Request.Response> {
        var current = try await take()
        let answer: SIP2Answer<Request.Response>
        do throws(SIP2Error) {
            answer = try await current.perform(request)
        } catch {
            // Words are an answer as well: where nothing else can be under way, the next question is asked behind them.
            if case .answeredInWords = error, !current.isSpent {
                status = current.status
                session = consume current
            }
            throw error
        }
        status = current.status
        if !current.isSpent { session = consume current }
        return answer
    }

    /// The session at hand, which is put back after use, or a new one.
    private mutating func take() async throws(SIP2Error) -> SIP2Session {
        if let current = session.take() { return current }
        let link: any Link & ~Copyable
        do throws(LinkError) {
            link = try await open()
        } catch {
            throw .link(error)
        }
        var fresh = SIP2Session(link, account: account, trace: trace)
        do throws(SIP2Error) {
            try await fresh.open()
        } catch {
            throw error.mayHaveHappened ? .notOpened(reason: error.cause) : error
        }
        openings &+= 1
        return fresh
    }

    private static func isWorthRepeating<Request: SIP2Request>(_: Request, after error: SIP2Error) -> Bool {
        switch error {
        case .link: true
        case .answerLost: Request.isRepeatable
        case .noAnswer, .garbled, .answeredInWords, .notUnderstood, .loginRefused, .notOpened, .offline, .notCarried:
            false
        }
    }

    /// Whether a value arrives as it is: a bar would end it, a control character is replaced.
    private static func canCarry(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0 != "|" && $0.value >= 0x20 }
    }
}
