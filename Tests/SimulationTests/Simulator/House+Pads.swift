import Field
import Library
import Operations
import SIP2
import Tags
import Wire

/// People at pads and at the kiosk: they lend, return, pull books away too early, and remember what they were told.
extension House {
    /// A book nobody has in hand, in somebody's hands until it is given back.
    func takeBook(where isWanted: (Book) async -> Bool) async -> Book? {
        for book in chance.shuffled(books) where !inHand.contains(book.barcode) {
            inHand.insert(book.barcode)
            if await isWanted(book) { return book }
            inHand.remove(book.barcode)
        }
        return nil
    }

    func giveBack(_ book: Book) { inHand.remove(book.barcode) }

    /// A pad at which nobody stands.
    func takePad(_ names: [String]) -> String? {
        guard let pad = chance.one(of: names.filter { !taken.contains($0) }) else { return nil }
        taken.insert(pad)
        return pad
    }

    /// Lends or returns a book at a staff or patron pad, and remembers what came of it.
    func change(_ book: Book, lends: Bool, at pad: String) async {
        await lay(book, on: pad)
        defer { taken.remove(pad) }
        guard let program, program.isAlive, let desk = program.desk, let station = try? desk.station(pad),
            let loans = desk.loans, let kiosk = desk.kiosk
        else {
            witness.tell(book.barcode, .notGood)
            return await takeOff(book)
        }
        let patron = chance.one(of: Planted.patrons.keys.sorted()) ?? ""
        let borrower = Borrower(identifier: patron, password: Planted.patrons[patron]?.password)
        let isSelf = chance.happens(0.5)
        if chance.happens(0.08) { pullSoon(book) }
        var report: LoanReport?
        do {
            if lends {
                report =
                    isSelf
                    ? try await kiosk.checkOut(book.barcode, for: borrower, on: station)
                    : try await loans.checkOut(book.barcode, for: borrower, on: station)
            } else {
                report = try await loans.checkIn(book.barcode, on: station)
            }
        } catch {
            trace.note("\(book.barcode) \(lends ? "lend" : "return") at \(pad): \(error)")
        }
        // A program that is dead tells nobody anything.
        if let report, program.isAlive {
            await conclude(book, lends, report, at: pad)
        } else {
            witness.tell(book.barcode, .notGood)
        }
        await takeOff(book)
    }

    private func conclude(_ book: Book, _ lends: Bool, _ report: LoanReport, at pad: String) async {
        let isGood: Bool
        switch report.end {
        case .stands: isGood = report.shortfall == nil
        case .kept:
            isGood = report.shortfall == nil
            witness.keptReturn(book.barcode)
        case .refusedAtPad, .notAsked, .refused, .away, .uncertain: isGood = false
        }
        trace.note(
            "\(book.barcode) \(lends ? "lent" : "returned") at \(pad): \(isGood ? "good" : "not good") \(word(report.end))"
        )
        witness.count("\(lends ? "lend" : "return") \(word(report.end)), \(isGood ? "good" : "not good")")
        guard isGood else { return witness.tell(book.barcode, .notGood) }
        if case .kept = report.end {
            // The library system has to hear of it yet: only the tags can be compared.
            witness.tell(book.barcode, .good(isLent: false))
            if await !says(.armed, book) {
                let marks = await marks(of: book)
                witness.violated("tags follow what was told", "\(book.barcode) was kept, its tags say \(marks)")
            }
            return
        }
        witness.tell(book.barcode, .good(isLent: lends))
        if await isLent(book) != lends {
            witness.violated("tags follow what was told", "\(book.barcode): told that it stands, and it does not")
        } else if let wrong = await divergence(of: book) {
            witness.violated("tags follow what was told", "\(book.barcode): a green light, and it is \(wrong)")
        }
    }

    private func word(_ end: LoanReport.End) -> String {
        switch end {
        case .refusedAtPad(let why): "refused at pad (\(Mirror(reflecting: why).children.first?.label ?? "\(why)"))"
        case .notAsked: "not asked"
        case .refused: "refused"
        case .stands: "stands"
        case .kept: "kept"
        case .away: "away"
        case .uncertain: "uncertain"
        }
    }

    /// Lays all parts of a book on a pad, now and then all but one, and waits a moment.
    func lay(_ book: Book, on pad: String) async {
        let parts = book.tags.count > 1 && chance.happens(0.1) ? Array(book.tags.dropLast()) : book.tags
        for uid in parts { try? await branch.placeOnPad(pad, uid) }
        if chance.happens(0.05), let uid = chance.one(of: book.tags) { try? await branch.pullDuringNextWrite(uid) }
        await rest(0.5...2)
    }

    func takeOff(_ book: Book) async {
        for uid in book.tags { try? await branch.takeAway(uid) }
    }

    /// An impatient hand.
    private func pullSoon(_ book: Book) {
        let delay = chance.seconds(0...1.5)
        processor.start { [self] in
            try? await processor.sleep(delay)
            for uid in book.tags { try? await branch.takeAway(uid) }
        }
    }

    // MARK: - A kiosk that knows nothing of tags

    /// A patron lends at a machine of another make, through the proxy.
    func lendThroughProxy(_ book: Book) async {
        let pad = "pad-4"
        await lay(book, on: pad)
        defer { taken.remove(pad) }
        witness.tell(book.barcode, .notGood)
        if let program, program.isAlive, let line = try? await lineToSystem(of: program) {
            let patron = chance.one(of: Planted.patrons.keys.sorted()) ?? ""
            let answer = await converse(program, line, book.barcode, patron)
            if program.isAlive, let answer { await conclude(book, answer) }
        }
        await takeOff(book)
    }

    private func conclude(_ book: Book, _ answer: CheckoutResponse) async {
        let isGood = answer.ok && answer.screenMessages.isEmpty
        trace.note("\(book.barcode) at the kiosk: \(answer.ok ? "lent" : "refused") \(isGood ? "good" : "not good")")
        witness.count("kiosk \(answer.ok ? "lent" : "refused"), \(isGood ? "good" : "not good")")
        guard isGood else { return }
        witness.tell(book.barcode, .good(isLent: true))
        if let wrong = await divergence(of: book) {
            witness.violated("tags follow what was told", "\(book.barcode): the kiosk says yes, and it is \(wrong)")
        }
    }

    /// Says what a kiosk says, and waits for the answer as long as its patron does.
    private func converse(
        _ program: Program,
        _ line: SimulatedLine,
        _ barcode: String,
        _ patron: String
    ) async -> CheckoutResponse? {
        let toKiosk = Inbox(processor)
        let alive: @Sendable () -> Bool = { program.isAlive }
        let calm: @Sendable () -> ChannelWeather = { .calm }
        let kiosk = SimulatedLine(
            to: PersonFar(inbox: toKiosk),
            processor,
            chance,
            weather: calm,
            isOpen: alive
        )
        program.call(
            Program.KioskCall(
                kiosk: ParkedCall(
                    listening: ParkedLink(SimulatedLink(line: kiosk)),
                    speaking: ParkedLink(SimulatedLink(line: kiosk))
                ),
                system: ParkedCall(
                    listening: ParkedLink(SimulatedLink(line: line)),
                    speaking: ParkedLink(SimulatedLink(line: line))
                )
            )
        )
        defer { kiosk.inbox.close() }
        let login = LoginRequest(user: Confidential("kiosk"), password: .empty, location: nil)
        let loan = CheckoutRequest(
            allowsRenewal: false,
            noBlock: false,
            date: SIP2Date(unixSeconds: now.milliseconds / 1000),
            institution: "MAIN",
            patron: Confidential(patron),
            item: barcode
        )
        var decoder = SIP2Decoder()
        for (number, message) in [login.message(in: .utf8), loan.message(in: .utf8)].enumerated() {
            kiosk.inbox.put(SIP2Frame(body: message.bytes, check: .sequence(UInt8(number))).bytes + [0x0D])
            let end = processor.now + .seconds(20)
            var answer: SIP2Frame?
            while answer == nil, processor.now < end, program.isAlive {
                if let bytes = toKiosk.take() { decoder.append(bytes) } else { await toKiosk.wait(until: end) }
                while let found = decoder.next() {
                    guard case .frame(let frame) = found, frame.check == .sequence(UInt8(number)) else { continue }
                    answer = frame
                }
            }
            guard let answer else { return nil }
            if number == 1 { return try? CheckoutResponse(SIP2Message(answer.body), in: .utf8) }
        }
        return nil
    }
}
