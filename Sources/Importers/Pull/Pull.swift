package import Library

/// One pull of items out of a library system, as a machine: it says what to send, takes what comes back, and hands out
/// pages for the importer. It knows no network and no clock.
///
/// A page that fails is asked for five times in all, after longer and longer rests; a token that has run out is
/// renewed. Pages are asked for by the identifier of the last record rather than by number: what is added or deleted
/// meanwhile then shifts nothing.
package struct Pull: Sendable {
    /// What is to be done now.
    package enum Action: Hashable, Sendable {
        case send(PullRequest)
        /// Nothing before so much time has passed.
        case wait(Duration)
        case finished
        case failed(PullFailure)
    }

    private enum State {
        case working
        case waiting(Duration)
        case finished
        case failed(PullFailure)
    }

    /// Attempts for one request.
    static let attempts = 5
    /// The longest rest that a system may ask for.
    static let longestRest = 120
    /// Bytes that may go before the first page that is handed out: some ten thousand names of places.
    private static let mostHeld = 8 << 20

    private var dialogue: any PullDialogue
    private var state = State.working
    private var attempt = 0
    private var hasRenewed = false
    /// Pages that go before the next one that is handed out.
    private var held: [UInt8] = []
    /// Records handed out so far.
    package private(set) var records = 0
    /// How many there will be in all, as the system says; `nil` before the first page.
    package private(set) var expected: Int?

    /// A pull of everything, or with `since` of what was changed at that moment or later.
    package init(_ source: PullSource, _ credentials: PullCredentials, since: Moment? = nil) {
        dialogue =
            switch source.system {
            case .koha: KohaPull(source, credentials, since: since)
            case .folio: FOLIOPull(source, credentials, since: since)
            }
        if source.system == .folio, case .client = credentials {
            let found = "client credentials, wanted user and password"
            state = .failed(.notUnderstood(found: found, place: "login", records: 0))
        }
    }

    /// What to do now; after `send` one of `received` and `lost` has to follow.
    package mutating func next() -> Action {
        switch state {
        case .working:
            guard let request = dialogue.request() else {
                state = .finished
                return .finished
            }
            return .send(request)
        case .waiting(let duration):
            state = .working
            return .wait(duration)
        case .finished: return .finished
        case .failed(let failure): return .failed(failure)
        }
    }

    /// Takes an answer; gives the page in it, when it has records.
    package mutating func received(_ response: PullResponse, at moment: Moment) -> [UInt8]? {
        switch response.status {
        case 200..<300:
            attempt = 0
            do throws(PullFlaw) {
                guard let page = try dialogue.take(response, at: moment) else { return nil }
                hasRenewed = false
                guard !page.isForLater else {
                    guard response.body.count <= Self.mostHeld - held.count else {
                        throw PullFlaw(found: "more than \(Self.mostHeld >> 20) MB in all")
                    }
                    held += response.body
                    return nil
                }
                expected = max(page.remaining.map { records + $0 } ?? expected ?? 0, records + page.records)
                records += page.records
                guard page.records > 0 else { return nil }
                defer { held = [] }
                return held + response.body
            } catch {
                state = .failed(.notUnderstood(found: error.found, place: dialogue.place, records: records))
            }
        case 401 where !hasRenewed && dialogue.forgetToken():
            hasRenewed = true
        case 403 where dialogue.hasOtherWay(after: 403): break
        case 401, 403: state = .failed(.refused(status: response.status, place: dialogue.place))
        case 408, 425, 429, 500...:
            rest(
                asked: response.headers["retry-after"].flatMap { Int($0) },
                orFail: .failing(
                    status: response.status,
                    place: dialogue.place,
                    records: records,
                    attempts: Self.attempts
                )
            )
        case let status:
            guard !dialogue.hasOtherWay(after: status) else { return nil }
            // So they answer a wrong password as well: 400 by RFC 6749, 5.2, and 422 FOLIO's mod-login.
            guard !dialogue.awaitsToken || ![400, 422].contains(status) else {
                state = .failed(.refused(status: status, place: dialogue.place))
                return nil
            }
            state = .failed(.notUnderstood(found: "HTTP \(status)", place: dialogue.place, records: records))
        }
        return nil
    }

    /// Takes note that no answer came.
    package mutating func lost(_ cause: String) {
        rest(
            asked: nil,
            orFail: .unreachable(cause: cause, place: dialogue.place, records: records, attempts: Self.attempts)
        )
    }

    /// Rests for 1, 2, 4, 8 seconds, or for as long as the system asks.
    private mutating func rest(asked: Int?, orFail failure: PullFailure) {
        attempt += 1
        guard attempt < Self.attempts else { return state = .failed(failure) }
        let seconds = asked.map { min(max(0, $0), Self.longestRest) } ?? 1 << (attempt - 1)
        state = .waiting(.seconds(seconds))
    }
}

/// Where a pull gets its items from.
package struct PullSource: Hashable, Sendable {
    /// A library system whose items can be pulled, and how it is written in the configuration.
    package enum System: String, Hashable, Sendable, CaseIterable {
        case koha, folio

        /// The importer that reads its pages.
        package var profile: String {
            switch self {
            case .koha: KohaRESTImporter.profile
            case .folio: FOLIOImporter.profile
            }
        }
    }

    /// Which system's interface is spoken; not where it is, which the sender of the requests knows.
    package var system: System
    /// FOLIO's tenant.
    package var tenant: String
    /// Records of one page.
    package var pageSize: Int

    package init(system: System, tenant: String = "", pageSize: Int = 1000) {
        self.system = system
        self.tenant = tenant
        self.pageSize = pageSize
    }
}

/// What one system wants to be asked, and how its answers are read.
protocol PullDialogue: Sendable {
    /// The next request; `nil` when everything is there. Asked again after a failure it is the same.
    mutating func request() -> PullRequest?
    /// Reads a good answer; `nil` when it was no page.
    mutating func take(_ response: PullResponse, at moment: Moment) throws(PullFlaw) -> PullPage?
    /// Forgets a token that the system does not take any more; false when there is none.
    mutating func forgetToken() -> Bool
    /// Whether there is another way to ask, after an answer that says that this one is not known.
    mutating func hasOtherWay(after status: Int) -> Bool
    /// Whether the request on its way asks for a token.
    var awaitsToken: Bool { get }
    /// Where the dialogue stands, for people: `items behind number 4711`.
    var place: String { get }
}

/// A page as far as paging needs to know it.
struct PullPage: Hashable, Sendable {
    var records: Int
    /// Records from this page on, as the system counts them; `nil` when it does not.
    var remaining: Int?
    /// Whether it says what records of later pages mean, and is nothing without them.
    var isForLater = false
}

/// An answer that is not what the interface promises.
struct PullFlaw: Error, Hashable, Sendable {
    var found: String
}
