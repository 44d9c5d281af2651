import Wire

/// The library system's side of the protocol: one connection's conversation over shared records.
///
/// Written from ils §2, never bent to our client. A pure machine: bytes in, steps out; the shell carries the steps
/// out and keeps the time.
package struct LibrarySystemTwin: Sendable {
    /// What the emulated system does next, in order.
    package enum Step: Hashable, Sendable {
        case send([UInt8])
        case wait(Duration)
        /// The connection is closed.
        case hangUp
    }

    /// How it answers; fixed for the life of the connection.
    package let manner: LibrarySystemManner
    /// Of its own answers and of what it reads.
    package let encoding: SIP2Encoding
    /// User and password of the only account; `nil` takes anybody.
    package let account: SIP2Account.Login?
    /// How late a slow answer is.
    package let lateness: Duration
    /// Sent as field AO; what a request says there is not compared with it.
    package var institution = "MAIN"
    /// What it says of itself in a 98.
    package var isOnline = true
    /// What it says in the sixth place of a 98; it makes no difference to what it does.
    package var allowsOffline = false
    /// When what is lent is due, and what is renewed.
    package var due = (lent: SIP2Date.due(1_772_323_200), renewed: SIP2Date.due(1_775_001_600))

    private var decoder = SIP2Decoder()
    private var isLoggedIn = false
    private var lastAnswer: SIP2Frame?
    private var answerBefore: SIP2Frame?
    private var isGone = false

    package init(
        manner: LibrarySystemManner = .plain,
        encoding: SIP2Encoding = .utf8,
        account: SIP2Account.Login? = nil,
        lateness: Duration = .seconds(3)
    ) {
        self.manner = manner
        self.encoding = encoding
        self.account = account
        self.lateness = lateness
    }

    /// Takes bytes in any portions. Each request uses up the first of `faults`, `nil` being an answer without one.
    package mutating func receive(
        _ bytes: [UInt8],
        records: inout LibrarySystemRecords,
        faults: inout [LibrarySystemFault?],
        now: SIP2Date
    ) -> [Step] {
        decoder.append(bytes)
        var steps: [Step] = []
        while !isGone, let found = decoder.next() {
            switch found {
            case .frame(let frame): steps += answer(frame, &records, &faults, now)
            case .damaged: steps.append(.send(line(ResendToTerminal.frame)))
            case .garbage: steps += refuseUnknown()
            }
        }
        return steps
    }

    private mutating func answer(
        _ frame: SIP2Frame,
        _ records: inout LibrarySystemRecords,
        _ faults: inout [LibrarySystemFault?],
        _ now: SIP2Date
    ) -> [Step] {
        if frame.code == .resendToSystem {
            guard !manner.unsupported.contains(.resendToSystem) else { return refuseUnknown() }
            return lastAnswer.map { [.send(line($0))] } ?? []
        }
        let fault = faults.isEmpty ? nil : faults.removeFirst()
        switch fault {
        case .dropBefore, .refuse: return hangUp()
        case .resend: return [.send(line(ResendToTerminal.frame))]
        default: break
        }
        if let words = words(about: frame, records) { return [.send(Array(words.utf8) + [0x0D])] }
        guard let content = perform(frame, &records, now) else { return refuseUnknown() }
        let reply = SIP2Frame(body: content.bytes, check: manner.answersInKind ? frame.check : .none)
        (answerBefore, lastAnswer) = (lastAnswer, reply)
        return steps(for: reply, fault)
    }

    private mutating func steps(for reply: SIP2Frame, _ fault: LibrarySystemFault?) -> [Step] {
        let line = line(reply)
        switch fault {
        case nil, .dropBefore, .refuse, .resend: return [.send(line)]
        case .slow: return [.wait(lateness), .send(line)]
        case .wrongChecksum:
            var wrong = reply.bytes
            // Without error detection there is no checksum to be wrong.
            if reply.check != .none, let digit = wrong.popLast() { wrong.append(digit == 0x30 ? 0x31 : 0x30) }
            return [.send(wrong + [0x0D])]
        case .halfLine: return [.send(Array(line.prefix(line.count / 2)))]
        case .silence: return []
        case .drop: return hangUp()
        case .stale: return answerBefore.map { [.send(self.line($0))] } ?? []
        case .twice: return [.send(line + line)]
        case .garbage: return [.send([0x00, 0xFF, 0x7C, 0x0D, 0x41, 0x0D]), .send(line)]
        }
    }

    private mutating func hangUp() -> [Step] {
        isGone = true
        return [.hangUp]
    }

    private mutating func refuseUnknown() -> [Step] {
        switch manner.unknown {
        case .asksAgain: [.send(line(ResendToTerminal.frame))]
        case .hangsUp: hangUp()
        case .saysNothing: []
        }
    }

    private func line(_ frame: SIP2Frame) -> [UInt8] { frame.bytes + [0x0D] }
}

extension LibrarySystemTwin {
    /// The answer to a request; `nil` for what the system does not know.
    private mutating func perform(
        _ frame: SIP2Frame,
        _ records: inout LibrarySystemRecords,
        _ now: SIP2Date
    ) -> SIP2Message? {
        guard let message = try? SIP2Message(frame.body), !manner.unsupported.contains(message.code) else { return nil }
        if message.code == .login { return login(message) }
        guard isLoggedIn || !manner.wantsLogin else { return nil }
        switch message.code {
        case .terminalStatus: return status(now)
        case .itemInformation: return tell(message, records, now)
        case .checkout: return lend(message, &records, now)
        case .checkin: return takeBack(message, &records, now)
        case .renew: return renew(message, &records, now)
        case .patronStatus: return patron(message, records, now)
        case .endPatronSession:
            return (try? EndPatronSessionRequest(message, in: encoding)).map { request in
                EndSessionResponse(isEnded: true, date: now, institution: institution, patron: request.patron)
                    .message(in: encoding)
            }
        default: return nil
        }
    }

    private mutating func login(_ message: SIP2Message) -> SIP2Message? {
        guard let request = try? LoginRequest(message, in: encoding) else { return nil }
        isLoggedIn = account == nil || account == .init(user: request.user, password: request.password)
        return LoginResponse(ok: isLoggedIn).message(in: encoding)
    }

    private static let known: Set<MessageCode> = [
        .checkout, .checkin, .terminalStatus, .resendToSystem, .login, .itemInformation, .renew, .patronStatus,
        .endPatronSession,
    ]

    private func status(_ now: SIP2Date) -> SIP2Message {
        SystemStatus(
            isOnline: isOnline,
            allowsCheckin: true,
            allowsCheckout: true,
            allowsRenewal: true,
            allowsStatusUpdate: false,
            allowsOffline: allowsOffline,
            timeout: 50,
            retries: 2,
            date: now,
            institution: institution,
            libraryName: "Emulated library system",
            supported: SupportedMessages(Self.known.subtracting(manner.unsupported))
        ).message(in: encoding)
    }

    private func tell(_ message: SIP2Message, _ records: LibrarySystemRecords, _ now: SIP2Date) -> SIP2Message? {
        guard let request = try? ItemInformationRequest(message, in: encoding) else { return nil }
        let item = records.items[request.item]
        var answer = ItemInformationResponse(
            status: item?.status ?? .other,
            marker: .other,
            feeType: "01",
            date: now,
            item: request.item,
            title: Confidential(item?.title ?? "")
        )
        answer.permanentLocation = item?.branch
        answer.callNumber = item?.callNumber
        if item == nil { answer.screenMessages = [Confidential("Item not found")] }
        return answer.message(in: encoding)
    }

    private func words(about frame: SIP2Frame, _ records: LibrarySystemRecords) -> String? {
        guard let words = manner.wordsOnUnknownItem, isLoggedIn, let message = try? SIP2Message(frame.body),
            let request = try? ItemInformationRequest(message, in: encoding), records.items[request.item] == nil
        else { return nil }
        return words
    }

    private func lend(
        _ message: SIP2Message,
        _ records: inout LibrarySystemRecords,
        _ now: SIP2Date
    ) -> SIP2Message? {
        guard let request = try? CheckoutRequest(message, in: encoding) else { return nil }
        let (refusal, wasRenewal) = records.lend(
            request.item,
            to: request.patron.revealed,
            renewing: request.allowsRenewal
        )
        let item = records.items[request.item]
        let isInhibited = item?.isInhibited ?? false
        var answer = CheckoutResponse(
            ok: refusal == nil,
            renewalOK: refusal == nil && wasRenewal && manner.tellsRenewal,
            isMagnetic: refusal == nil ? manner.magnetic : manner.magneticOfRefusal,
            desensitize: refusal == nil && !isInhibited ? .yes : .no,
            date: now,
            institution: institution,
            patron: request.patron,
            item: request.item,
            title: Confidential(item?.title ?? ""),
            dueDate: refusal == nil ? String(decoding: due.lent.bytes, as: UTF8.self) : ""
        )
        answer.screenMessages = refusal.map { [Confidential($0)] } ?? []
        return written(answer.message(in: encoding), inhibit: manner.inhibitOnLoan.map { isInhibited ? "Y" : $0 })
    }

    private func renew(
        _ message: SIP2Message,
        _ records: inout LibrarySystemRecords,
        _ now: SIP2Date
    ) -> SIP2Message? {
        guard let request = try? RenewRequest(message, in: encoding), let barcode = request.item else { return nil }
        let item = records.items[barcode]
        let isTheirs = item?.borrower == request.patron.revealed
        return RenewResponse(
            ok: isTheirs,
            renewalOK: isTheirs && manner.tellsRenewal,
            isMagnetic: manner.magnetic,
            desensitize: .no,
            date: now,
            institution: institution,
            patron: request.patron,
            item: barcode,
            title: Confidential(item?.title ?? ""),
            dueDate: isTheirs ? String(decoding: due.renewed.bytes, as: UTF8.self) : ""
        ).message(in: encoding)
    }

    private func takeBack(
        _ message: SIP2Message,
        _ records: inout LibrarySystemRecords,
        _ now: SIP2Date
    ) -> SIP2Message? {
        guard let request = try? CheckinRequest(message, in: encoding) else { return nil }
        let refusal = records.takeBack(request.item)
        let item = records.items[request.item]
        var answer = CheckinResponse(
            ok: refusal == nil,
            resensitize: refusal == nil || manner.resensitizesOnRefusal ? .yes : .no,
            isMagnetic: manner.magnetic,
            alert: refusal == nil && item?.destination != nil,
            date: now,
            institution: institution,
            item: request.item,
            permanentLocation: item?.branch ?? "",
            title: Confidential(item?.title ?? "")
        )
        if refusal == nil, let destination = item?.destination {
            answer.destination = destination
            answer.alertType = "04"
        }
        answer.screenMessages = refusal.map { [Confidential($0)] } ?? []
        return written(answer.message(in: encoding), inhibit: manner.inhibitOnReturn)
    }

    private func patron(_ message: SIP2Message, _ records: LibrarySystemRecords, _ now: SIP2Date) -> SIP2Message? {
        guard let request = try? PatronStatusRequest(message, in: encoding) else { return nil }
        let patron = records.patrons[request.patron.revealed]
        return PatronStatusResponse(
            status: patron?.isBlocked == true ? .chargeDenied : [],
            language: "000",
            date: now,
            institution: institution,
            patron: request.patron,
            name: Confidential(patron?.name ?? ""),
            isValid: patron != nil,
            isPasswordValid: patron.map { $0.password == request.patronPassword.revealed }
        ).message(in: encoding)
    }

    /// Adds what only this kind of system writes.
    private func written(_ message: SIP2Message, inhibit: String?) -> SIP2Message {
        var message = message
        if let inhibit { message.fields.append(SIP2Field(.securityInhibit, Array(inhibit.utf8))) }
        message.fields += manner.extensions
        return message
    }
}

extension SIP2Date {
    /// The last minute of the day on which this second after 1970-01-01 00:00 lies, as systems write when a loan is due.
    package static func due(_ unixSeconds: Int64) -> SIP2Date {
        SIP2Date(unixSeconds: unixSeconds - unixSeconds % 86_400 + 86_340, offset: 0)
    }
}
