package import Wire

/// One connection to a library system: logged in, with one request under way at a time.
package struct SIP2Session: ~Copyable, Sendable {
    /// Which way a line of the trace went.
    package enum Direction: String, Hashable, Sendable {
        case sent = ">"
        case received = "<"
    }

    /// Is told of each message as it is sent or received, without anything of a patron.
    package typealias Trace = @Sendable (Direction, TraceLine) -> Void

    private var link: any Link & ~Copyable
    private var decoder = SIP2Decoder()
    private let account: SIP2Account
    private let trace: Trace
    private var sequence: UInt8 = 0
    /// What the system said of itself; `nil` before it was asked.
    package private(set) var status: SystemStatus?
    /// Whether late answers may still come that nothing tells apart: the connection must not be used again.
    package private(set) var isSpent = false
    /// Whether each message so far was met with one line: only then words, which have no number, surely answer the
    /// latest.
    ///
    /// Once it is not so it never is again, also where a question that was sent twice has got its answer, and words end
    /// the connection then. The answer to the other copy may still come, and in words: it would end a question that it
    /// does not belong to, whose own answer would be thrown away as a late one or, where it is in words as well, end
    /// the question behind that, and so on. Nothing says that a system answers in the order in which it is asked, so
    /// that an answer with a number does not prove that none is left. Behind a new connection nothing is under way, and
    /// all that it costs is a login.
    private var isOneForOne = true

    package init(
        _ link: consuming any Link & ~Copyable,
        account: SIP2Account,
        trace: @escaping Trace = { _, _ in }
    ) {
        self.link = link
        self.account = account
        self.trace = trace
    }

    /// Logs in where the account says so and asks the system what it can do.
    package mutating func open() async throws(SIP2Error) {
        if let login = account.login {
            let request = LoginRequest(user: login.user, password: login.password, location: account.location)
            guard try await perform(request).content.ok else { throw .loginRefused }
        }
        try await ping()
    }

    /// Asks the system how it is; what it says sets the pace from now on.
    package mutating func ping() async throws(SIP2Error) {
        let answer = try await perform(TerminalStatus())
        status = answer.content
        guard answer.content.isOnline else { throw .offline }
    }

    /// Sends a request, repeats it as the exchange says and waits for its answer.
    ///
    /// Throws ``SIP2Error/link(_:)`` while nothing of the request has left, ``SIP2Error/answerLost(_:_:)`` once it has.
    /// Must not be called again when ``isSpent``.
    package mutating func perform<Request: SIP2Request>(
        _ request: Request
    ) async throws(SIP2Error) -> SIP2Answer<Request.Response> {
        try await throwAwayWhatIsLate()
        var exchange = SIP2Exchange(
            request,
            sequence: nextSequence(),
            in: account.encoding,
            pace: SIP2Pace(account, status: status)
        )
        let start = link.uptime()
        var actions = exchange.start()
        var hasLeft = false
        var isRepeated = false
        var isNumbered = false
        var lines = 0
        while let action = actions.first {
            actions.removeFirst()
            switch action {
            case .send(let frame):
                do throws(LinkError) {
                    try await link.send(frame.bytes + account.lineEnd.bytes)
                } catch {
                    throw hasLeft ? .answerLost(Request.code, error) : .link(error)
                }
                isRepeated = hasLeft
                hasLeft = true
                trace(.sent, TraceLine(frame))
            case .listen(let limit):
                let event: SIP2Exchange<Request>.Event
                do throws(LinkError) {
                    event = try await listen(within: limit, as: Request.self)
                } catch {
                    throw .answerLost(Request.code, error)
                }
                if event == .silence { isOneForOne = false } else { lines += 1 }
                // Where we give numbers, a system may still answer without.
                if case .frame(let frame) = event { isNumbered = account.hasErrorDetection && frame.isNumbered }
                actions += exchange.handle(event, at: link.uptime() - start)
            case .finish(let answer):
                // Without numbers nothing tells the answers of two copies apart, the second may come any time.
                if isRepeated, !isNumbered { isSpent = true }
                if isRepeated || lines != 1 { isOneForOne = false }
                return answer
            case .fail(let error):
                // Words of several lines have the next one behind them.
                if isRepeated || lines != 1 || !hasNothingBehind() { isOneForOne = false }
                if case .answeredInWords = error, isOneForOne { throw error }
                isSpent = true
                throw error
            }
        }
        throw .noAnswer(Request.code, times: 0)
    }

    /// Counts up and wraps; `nil` without error detection.
    private mutating func nextSequence() -> UInt8? {
        guard account.hasErrorDetection else { return nil }
        defer { sequence = (sequence + 1) % 10 }
        return sequence
    }

    /// Takes what came unasked, and finds out here that the other end has hung up: a system drops idle connections,
    /// and a request must not be sent into one (ils §2.4). Bounded, should it never stop talking.
    private mutating func throwAwayWhatIsLate() async throws(SIP2Error) {
        if !hasNothingBehind() { isOneForOne = false }
        for _ in 0..<64 {
            do throws(LinkError) {
                decoder.append(try await link.receive(within: .zero))
            } catch .timedOut {
                break
            } catch {
                throw .link(error)
            }
            if !hasNothingBehind() { isOneForOne = false }
        }
        decoder.reset()
    }

    /// Whether nothing has come behind the line that was taken last, not even half a line; whole ones are thrown away.
    private mutating func hasNothingBehind() -> Bool {
        var lines = 0
        while decoder.next() != nil { lines += 1 }
        return lines == 0 && !decoder.isMidFrame
    }

    private mutating func listen<Request>(
        within limit: Duration,
        as request: Request.Type
    ) async throws(LinkError) -> SIP2Exchange<Request>.Event {
        let end = link.uptime() + limit
        while true {
            switch decoder.next() {
            case .frame(let frame):
                trace(.received, TraceLine(frame))
                return .frame(frame)
            case .damaged(let length, _, _):
                trace(.received, TraceLine(damaged: length))
                return .damaged
            case .garbage(let bytes):
                trace(.received, TraceLine(damaged: bytes.count))
                return .damaged
            case nil: break
            }
            let left = end - link.uptime()
            guard left > .zero else { return silence() }
            do throws(LinkError) {
                decoder.append(try await link.receive(within: left))
            } catch .timedOut {
                return silence()
            }
        }
    }

    /// Half a line that never ended is given up with the wait.
    private mutating func silence<Request>() -> SIP2Exchange<Request>.Event {
        decoder.reset()
        return .silence
    }
}
