import Wire

/// One request and its answer on one connection: what is sent again, what is waited for, what is thrown away.
///
/// A wrong checksum is answered with 97 where the system knows it, a 96 with the same text, silence with the same text
/// and the same number (ils §2.2). Answers of another kind, with another number or about another item are late ones
/// of an earlier request and are thrown away: one of them must never release an item it does not speak of.
///
/// A line of plain words is how FOLIO's edge-sip2 says that it failed. It ends a request about an item at once; any
/// other waits on, as some services greet in words before they answer, but is not sent again: a login that is tried
/// three times may lock the account.
package struct SIP2Exchange<Request: SIP2Request>: Sendable {
    /// What happened on the connection.
    package enum Event: Hashable, Sendable {
        case frame(SIP2Frame)
        /// A line came whose checksum is wrong, or which is no message.
        case damaged
        /// Nothing came in the time that was allowed.
        case silence
    }

    /// What is to be done next, in order; the exchange is over after ``finish(_:)`` and ``fail(_:)``.
    package enum Action: Hashable, Sendable {
        case send(SIP2Frame)
        case listen(Duration)
        case finish(SIP2Answer<Request.Response>)
        case fail(SIP2Error)
    }

    private let request: Request
    private let frame: SIP2Frame
    private let encoding: SIP2Encoding
    private let pace: SIP2Pace
    private var timesSent = 0
    private var retriesLeft: Int
    /// When the answer to the latest sending is no longer waited for, counted from the start.
    private var deadline: Duration = .zero
    private var complaint: String?
    private var hasComeInWords = false
    private var hasAskedForItAgain = false
    private var isOver = false

    /// - Parameter sequence: 0 to 9; `nil` without error detection.
    package init(_ request: Request, sequence: UInt8?, in encoding: SIP2Encoding, pace: SIP2Pace) {
        self.request = request
        self.encoding = encoding
        self.pace = pace
        retriesLeft = pace.retries
        frame = SIP2Frame(
            body: request.message(in: encoding).bytes,
            check: sequence.map { .sequence($0 % 10) } ?? .none
        )
    }

    /// Sends the request for the first time; called once, before the first event.
    package mutating func start() -> [Action] {
        send(frame, at: .zero)
    }

    /// - Parameter elapsed: time since the start.
    package mutating func handle(_ event: Event, at elapsed: Duration) -> [Action] {
        guard !isOver else { return [] }
        switch event {
        case .frame(let answer): return judge(answer, at: elapsed)
        case .damaged:
            return complain("wrong checksum", at: elapsed)
        case .silence:
            guard !hasComeInWords else { return fail(.answeredInWords(Request.code)) }
            return again(frame, at: elapsed)
        }
    }

    private mutating func judge(_ answer: SIP2Frame, at elapsed: Duration) -> [Action] {
        guard !Self.isWords(answer) else { return hear(answer.body, at: elapsed) }
        if answer.code == .resendToTerminal {
            complaint = nil
            guard retriesLeft > 0 else { return fail(.notUnderstood(Request.code)) }
            return again(frame, at: elapsed)
        }
        guard answer.code == Request.Response.code, isSame(answer.check) else { return waitPast(at: elapsed) }
        let content: Request.Response
        do throws(ParseError) {
            content = try Request.Response(SIP2Message(answer.body), in: encoding)
        } catch {
            return complain("\(error)", at: elapsed)
        }
        guard isSame(content.subject) else { return waitPast(at: elapsed) }
        isOver = true
        return [.finish(SIP2Answer(content: content, timesSent: timesSent))]
    }

    private mutating func hear(_ words: [UInt8], at elapsed: Duration) -> [Action] {
        if Request.code == .login, Self.speaksOfRefusal(words) { return fail(.loginRefused) }
        guard request.subject == nil else { return fail(.answeredInWords(Request.code)) }
        hasComeInWords = true
        return waitPast(at: elapsed)
    }

    /// Printable to its end and beginning with two letters, where every message has two digits.
    private static func isWords(_ line: SIP2Frame) -> Bool {
        line.check == .none && line.body.count >= 4
            && line.body.prefix(2).allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
            && line.body.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// edge-sip2 gives on FOLIO's answer to a login, `… returned status 422: …`; its later versions say 940 for it.
    private static func speaksOfRefusal(_ words: [UInt8]) -> Bool {
        let status = Array("returned status 4".utf8)
        return words.indices.contains { words[$0...].starts(with: status) }
    }

    /// A system may leave the number out, which says nothing; another number is another request's. What Koha and
    /// Evergreen send again after a 97, which has no number, they give number 0.
    private func isSame(_ check: SIP2Frame.Check) -> Bool {
        guard case .sequence(let theirs) = check, case .sequence(let ours) = frame.check else { return true }
        return theirs == ours || (theirs == 0 && hasAskedForItAgain)
    }

    /// Blanks around it and the case of letters are not compared: systems differ in what they give back.
    private func isSame(_ subject: String?) -> Bool {
        guard let theirs = subject.map(Self.folded), !theirs.isEmpty, let ours = request.subject.map(Self.folded)
        else { return true }
        return theirs == ours
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().split(separator: " ").joined(separator: " ")
    }

    /// Waits on behind what answers something else; a system that never stops saying such things has not answered.
    private mutating func waitPast(at elapsed: Duration) -> [Action] {
        guard elapsed < pace.patience else { return fail(.noAnswer(Request.code, times: timesSent)) }
        return listen(at: elapsed)
    }

    /// Asks for the answer again with a 97; a system that says it does not know it may hang up on it, so that it is
    /// asked the same once more where twice does no harm.
    private mutating func complain(_ reason: String, at elapsed: Duration) -> [Action] {
        complaint = reason
        if pace.knowsResending { return again(ResendToSystem.frame, at: elapsed) }
        guard Request.isRepeatable else { return fail(.garbled(Request.code, reason: reason)) }
        return again(frame, at: elapsed)
    }

    private mutating func again(_ frame: SIP2Frame, at elapsed: Duration) -> [Action] {
        guard retriesLeft > 0, elapsed < pace.patience else {
            return fail(
                complaint.map { .garbled(Request.code, reason: $0) } ?? .noAnswer(Request.code, times: timesSent)
            )
        }
        retriesLeft -= 1
        return send(frame, at: elapsed)
    }

    private mutating func send(_ frame: SIP2Frame, at elapsed: Duration) -> [Action] {
        if frame == self.frame { timesSent += 1 } else { hasAskedForItAgain = true }
        deadline = min(elapsed + pace.timeout, pace.patience)
        return [.send(frame)] + listen(at: elapsed)
    }

    /// Waits on for what is left of the time; at least a moment, so that bytes already there are still taken.
    private func listen(at elapsed: Duration) -> [Action] {
        [.listen(max(deadline - elapsed, .milliseconds(1)))]
    }

    private mutating func fail(_ error: SIP2Error) -> [Action] {
        isOver = true
        return [.fail(error)]
    }
}

/// What came back for a request.
package struct SIP2Answer<Response: SIP2Content>: Hashable, Sendable {
    /// The answer itself; look at its `ok` where it has one.
    package var content: Response
    /// How often the request left; a refusal of something that was sent twice may be about its own first copy.
    package var timesSent: Int

    package init(content: Response, timesSent: Int = 1) {
        self.content = content
        self.timesSent = timesSent
    }
}
