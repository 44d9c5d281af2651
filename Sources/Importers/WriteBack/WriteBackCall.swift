package import Library

/// Telling a library system over HTTP what a sweep saw, as a machine: it says what to send, takes what comes back, and
/// hands out what came of each item. It knows no network and no clock.
///
/// A call that changes nothing but a date is sent again when its answer is lost. One that may do more, such as a
/// check-in, is not: the item is uncertain then, and a person looks it up.
package struct WriteBackCall: Sendable {
    /// What is to be done now.
    package enum Action: Hashable, Sendable {
        /// `barcodes` are the items that it tells of; none in a login.
        case send(PullRequest, barcodes: [String])
        /// Nothing before so much time has passed.
        case wait(Duration)
        case finished
        case failed(PullFailure)
    }

    /// Attempts for one request.
    static let attempts = 5
    /// Requests in a row whose answers cannot be made out, before the rest is left alone.
    static let patience = 3

    private var dialogue: any WriteBackDialogue
    private var waiting: ArraySlice<WriteBackItem>
    private var failure: PullFailure?
    private var rest: Duration?
    private var attempt = 0
    private var puzzled = 0
    private var hasRenewed = false
    /// Items of the request under way; empty while somebody logs in.
    private var underWay: ArraySlice<WriteBackItem> = []

    /// Tells of `items` in their order; `now` is for tokens.
    package init(_ target: WriteBackTarget, _ credentials: PullCredentials, items: [WriteBackItem], at now: Moment) {
        waiting = items[...]
        switch target.system {
        case .koha: dialogue = KohaWriteBack(credentials, at: now)
        case .folio:
            dialogue = FOLIOWriteBack(target, credentials, at: now)
            if case .client = credentials {
                let found = "client credentials, wanted user and password"
                failure = .notUnderstood(found: found, place: "login", records: 0)
            }
        }
    }

    /// Whether a request may be sent again when nobody knows what came of it.
    package var isRepeatable: Bool { dialogue.isRepeatable }

    /// What to do now; after `send` one of `received` and `lost` has to follow.
    package mutating func next() -> Action {
        if let failure { return .failed(failure) }
        if let rest {
            self.rest = nil
            return .wait(rest)
        }
        guard !waiting.isEmpty else { return .finished }
        let portion = waiting.prefix(dialogue.batch)
        switch dialogue.request(Array(portion)) {
        case .telling(let request):
            underWay = portion
            return .send(request, barcodes: portion.map(\.barcode))
        case .login(let request):
            underWay = []
            return .send(request, barcodes: [])
        }
    }

    /// Takes an answer; gives what came of the items in it.
    package mutating func received(_ response: PullResponse, at moment: Moment) -> [WriteBackAnswer] {
        dialogue.now = moment
        let isLogin = underWay.isEmpty
        switch response.status {
        case 401 where !hasRenewed && dialogue.forgetToken():
            hasRenewed = true
            return []
        case 401, 403:
            failure = .refused(status: response.status, place: place)
            return []
        case 408 where !isLogin && !dialogue.isRepeatable, 503 where !isLogin && !dialogue.isRepeatable:
            // A gateway says so as well when it has passed the request on and waited in vain for the answer.
            return puzzling("HTTP \(response.status)")
        case 408, 425, 429, 503:
            // 425 and 429 are said before anything is done (RFC 8470, 6585), and the others come here only where once
            // more does no harm.
            let failing = PullFailure.failing(
                status: response.status,
                place: place,
                records: done,
                attempts: Self.attempts
            )
            again(asked: response.headers["retry-after"].flatMap { Int($0) }, orFail: failing)
            return []
        case 200..<300 where isLogin:
            do throws(PullFlaw) {
                try dialogue.takeToken(response)
                attempt = 0
            } catch {
                failure = .notUnderstood(found: error.found, place: place, records: done)
            }
            return []
        case let status where isLogin:
            if !dialogue.hasOtherLogin(after: status) {
                failure =
                    [400, 422].contains(status)
                    ? .refused(status: status, place: place)
                    : .notUnderstood(found: "HTTP \(status)", place: place, records: done)
            }
            return []
        case 500...: return puzzling("HTTP \(response.status)")
        default:
            hasRenewed = false
            do throws(PullFlaw) {
                let answers = try dialogue.answers(response, to: Array(underWay))
                let told = conclude(answers)
                if let misgiving = dialogue.misgiving {
                    failure = .notUnderstood(found: misgiving, place: place, records: done)
                }
                return told
            } catch {
                guard response.status < 300 else {
                    failure = .notUnderstood(found: error.found, place: place, records: done)
                    return []
                }
                return puzzling(error.found)
            }
        }
    }

    /// Takes note that no answer came; `wasSent` when the request may have arrived.
    package mutating func lost(_ cause: String, wasSent: Bool) -> [WriteBackAnswer] {
        let isLogin = underWay.isEmpty
        guard wasSent, !isLogin else {
            again(
                asked: nil,
                orFail: .unreachable(cause: cause, place: place, records: done, attempts: Self.attempts)
            )
            return []
        }
        return puzzling("no answer (\(cause))")
    }

    private var done = 0

    private var place: String {
        guard let first = underWay.first else { return "login" }
        return underWay.count == 1 ? "item \(first.barcode)" : "items from \(first.barcode)"
    }

    /// Nobody knows whether the request was carried out: sent again where that does no harm.
    private mutating func puzzling(_ found: String) -> [WriteBackAnswer] {
        if dialogue.isRepeatable {
            again(asked: nil, orFail: .notUnderstood(found: found, place: place, records: done))
            return []
        }
        puzzled += 1
        let stop = PullFailure.notUnderstood(found: "\(found), \(puzzled) times in a row", place: place, records: done)
        let answers = conclude(
            underWay.map {
                WriteBackAnswer(barcode: $0.barcode, state: .uncertain, result: "\(found): it may have been done")
            },
            isPuzzling: true
        )
        if puzzled >= Self.patience { failure = stop }
        return answers
    }

    private mutating func conclude(_ answers: [WriteBackAnswer], isPuzzling: Bool = false) -> [WriteBackAnswer] {
        waiting = waiting.dropFirst(underWay.count)
        done += answers.count { $0.state == .done }
        attempt = 0
        if !isPuzzling { puzzled = 0 }
        return answers
    }

    /// Rests for 1, 2, 4, 8 seconds, or for as long as the system asks.
    private mutating func again(asked: Int?, orFail failure: PullFailure) {
        attempt += 1
        guard attempt < Self.attempts else { return self.failure = failure }
        let seconds = asked.map { min(max(0, $0), Pull.longestRest) } ?? 1 << (attempt - 1)
        rest = .seconds(seconds)
    }
}

/// A library system that may be told what sweeps saw.
package struct WriteBackTarget: Hashable, Sendable {
    /// Koha is told the date, FOLIO has the item checked in.
    package var system: PullSource.System
    /// FOLIO's tenant.
    package var tenant: String
    /// FOLIO's service point at which items are checked in, a UUID.
    package var servicePoint: String

    package init(system: PullSource.System, tenant: String = "", servicePoint: String = "") {
        self.system = system
        self.tenant = tenant
        self.servicePoint = servicePoint
    }
}

/// An item to tell of, and when it was seen.
package struct WriteBackItem: Hashable, Sendable {
    /// As the library system knows the item.
    package var barcode: String
    /// When a tag of it was heard.
    package var seenAt: Moment
    /// How far the clock on the library's wall was ahead of UTC then, by which Koha reads dates.
    package var secondsAhead: Int

    package init(barcode: String, seenAt: Moment, secondsAhead: Int = 0) {
        self.barcode = barcode
        self.seenAt = seenAt
        self.secondsAhead = secondsAhead
    }

    /// When it was seen, as the library system wants it written.
    var time: SeenTime { SeenTime(seenAt, secondsAhead: secondsAhead) }
}

/// What came of one item.
package struct WriteBackAnswer: Hashable, Sendable {
    /// The barcode of the item it is about.
    package var barcode: String
    /// Done, refused or uncertain; an uncertain one may have been done, and somebody looks it up.
    package var state: WriteBackState
    /// Lower case, no period; nothing of a patron.
    package var result: String

    package init(barcode: String, state: WriteBackState, result: String) {
        self.barcode = barcode
        self.state = state
        self.result = result
    }
}

/// What one system wants to be told, and how its answers are read.
protocol WriteBackDialogue: Sendable {
    /// Items in one request.
    var batch: Int { get }
    /// Whether the same request twice does the same as once.
    var isRepeatable: Bool { get }
    var now: Moment { get set }
    func request(_ items: [WriteBackItem]) -> WriteBackStep
    mutating func answers(_ response: PullResponse, to items: [WriteBackItem]) throws(PullFlaw) -> [WriteBackAnswer]
    /// What makes it better to leave the rest alone although each answer was a good one; `nil` where nothing does.
    var misgiving: String? { get }
    mutating func takeToken(_ response: PullResponse) throws(PullFlaw)
    /// Forgets a token that the system does not take any more; false when there is none.
    mutating func forgetToken() -> Bool
    mutating func hasOtherLogin(after status: Int) -> Bool
}

enum WriteBackStep {
    case telling(PullRequest)
    case login(PullRequest)
}
