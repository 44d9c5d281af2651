import Library
import Operations
import SIP2
import Testing
import Wire

private let date = "20260102    100000"
private let loan = "121NNY\(date)AOMAIN|AAP0001|AB1000000136|AJÆbler|AH20260201|"
private let refusal = "120NUN\(date)AOMAIN|AAP0001|AB1000000144|AJ|AH|AFInvalid Patron|BLN|"
private let back = "101YNN\(date)AOMAIN|AB1000000136|AQMAIN|"

/// A line as it goes over the wire, in the encoding of the test.
private func line(_ body: String, _ sequence: UInt8, end: String = "\r", _ encoding: SIP2Encoding = .utf8) -> [UInt8] {
    SIP2Frame(body: encoding.bytes(body), check: .sequence(sequence)).bytes + Array(end.utf8)
}

/// What was asked of the pad, in order.
private actor Pad {
    var asked: [String] = []
    var failure: String?

    init(failing failure: String? = nil) {
        self.failure = failure
    }

    func follow(_ order: ProxyOrder) -> ProxyEnd {
        let wish =
            switch order.verdict {
            case .change(let wanted): wanted.rawValue
            case .keep: "kept"
            case .leave: "left"
            }
        asked.append("\(order.item) \(wish) \(order.cause.rawValue)\(order.mayBeElsewhere ? " if here" : "")")
        guard case .change = order.verdict else { return .nothing }
        return failure.map(ProxyEnd.failed) ?? .followed
    }
}

private func proxy(_ settings: ProxySettings, _ pad: Pad, time: Timekeeper = TestLibrarySystem.still)
    -> CirculationProxy
{
    CirculationProxy(settings, time: time, logger: TestBranch.logger) { await pad.follow($0) }
}

/// A scripted kiosk and a scripted library system with the proxy between them. Each turn: what the kiosk says, what the
/// system answers, in portions. Gives back what each of them heard.
private func converse(
    _ proxy: CirculationProxy,
    _ turns: [(kiosk: [[UInt8]], system: [[UInt8]])],
    until isDone: @escaping @Sendable (CirculationProxy) async -> Bool
) async -> (system: [UInt8], kiosk: [UInt8]) {
    let (kioskCall, kiosk) = PipeEnd.call()
    let (systemCall, system) = PipeEnd.call()
    return await withTaskGroup(of: Void.self) { group in
        group.addTask { await proxy.run() }
        group.addTask { await proxy.serve(kiosk: kioskCall, system: systemCall) }
        var heard: (system: [UInt8], kiosk: [UInt8]) = ([], [])
        for turn in turns {
            for portion in turn.kiosk { kiosk.say.yield(portion) }
            var wanted = heard.system.count + turn.kiosk.joined().count
            for await bytes in system.said {
                heard.system += bytes
                if heard.system.count >= wanted { break }
            }
            for portion in turn.system { system.say.yield(portion) }
            wanted = heard.kiosk.count + turn.system.joined().count
            for await bytes in kiosk.said {
                heard.kiosk += bytes
                if heard.kiosk.count >= wanted { break }
            }
        }
        let isOver = await eventually { await isDone(proxy) }
        #expect(isOver)
        kiosk.say.finish()
        group.cancelAll()
        return heard
    }
}

@Test(.timeLimit(.minutes(10)), arguments: [false, true])
func `every byte passes as it came, whatever it is, whatever ends it and however it is cut`(_ tells: Bool) async {
    let pad = Pad()
    let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1", tellsKiosk: tells), pad)
    var everything = (0...255).map { UInt8($0) }
    everything.removeAll { $0 == 0x0D || $0 == 0x0A }
    let turns: [(kiosk: [[UInt8]], system: [[UInt8]])] = [
        ([line("9300CNuser|COsecret|CPWS5|", 0)], [line("941", 0)]),
        ([Array("9900302.00\r\n".utf8)], [Array("98YYYYYY600003\(date)2.00AOMAIN|\r\n".utf8)]),
        ([line("11YN\(date)                  AOMAIN|AAP0001|AB1000000136|AC|", 1)], line(loan, 1).map { [$0] }),
        ([line("2300120260102    100000AO|AA\u{E6}|AC|AD|", 2, .latin1)], [line(refusal, 3, .codePage850)]),
        ([everything + [0x0D]], [everything + [0x0D]]),
        ([Array("77 what\r".utf8)], [Array("121NNY no date|AB1|AY9AZ0000\r".utf8)]),
        ([[0x39], [0x39], [0x0D]], [[0x0A], line(back, 4, end: "\n")]),
    ]
    let heard = await converse(proxy, turns) { await $0.report.changed == 2 }
    #expect(heard.system == turns.flatMap { $0.kiosk.flatMap { $0 } })
    #expect(heard.kiosk == turns.flatMap { $0.system.flatMap { $0 } })
    #expect(await pad.asked == ["1000000136 disarmed check-out", "1000000136 armed check-in"])
}

@Test(.timeLimit(.minutes(10)))
func `a refused loan and a silent flag change no tag, and renewals only that of an item that lies there`() async {
    let pad = Pad()
    let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1"), pad)
    let unsaid = loan.replacingFirst("121NNY", with: "121NNU")
    let answers = [
        refusal, unsaid, "6610002    0001\(date)AOMAIN|BM1000000136|BM1000000144|BN1000000152|",
        "1803000120260102    100000AB1000000136|AJ|", "100YNN\(date)AOMAIN|AB1000000136|AQMAIN|",
        loan.replacingFirst("121NNY", with: "301YNY"), loan,
    ]
    let turns = answers.enumerated().map { number, answer in
        (kiosk: [line("1720260102    100000AO|AB1|AC|", UInt8(number))], system: [line(answer, UInt8(number))])
    }
    _ = await converse(proxy, turns) { await $0.report.changed == 4 }
    #expect(
        await pad.asked == [
            "1000000136 kept check-out", "1000000136 disarmed check-out if here",
            "1000000144 disarmed check-out if here", "1000000136 disarmed check-out if here",
            "1000000136 disarmed check-out",
        ]
    )
    #expect(await proxy.report.answers == 6)
}

@Test(.timeLimit(.minutes(10)))
func `a kiosk is told of tags that could not be changed, with a checksum that fits`() async throws {
    let pad = Pad(failing: "item 1000000136 is not on the pad")
    let proxy = proxy(
        ProxySettings(name: "kiosk-1", reader: "pad-1", tellsKiosk: true, notice: "Bitte zur Theke: Sicherung für 1"),
        pad
    )
    let turns = [(kiosk: [line("11…", 1)], system: [line(loan, 1, end: "\r\n")])]
    let heard = await converse(proxy, turns) { await $0.report.failed == 1 }
    #expect(heard.kiosk.suffix(2) == [0x0D, 0x0A] || heard.kiosk.last == 0x0D)
    let frame = try SIP2Frame(heard.kiosk.filter { $0 != 0x0D && $0 != 0x0A })
    let answer = try CheckoutResponse(SIP2Message(frame.body), in: .utf8)
    #expect(frame.check == .sequence(1))
    #expect(answer.ok && answer.desensitize == .yes && answer.title.revealed == "Æbler")
    #expect(answer.screenMessages.map(\.revealed) == ["Bitte zur Theke: Sicherung für 1"])
    #expect(await proxy.report.lastFailure == "1000000136: item 1000000136 is not on the pad")
}

@Test(.timeLimit(.minutes(10)))
func `a kiosk that is not told gets the answer as it is although the tags could not be changed`() async {
    let pad = Pad(failing: "reader offline")
    let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1"), pad)
    let heard = await converse(proxy, [(kiosk: [line("11…", 1)], system: [line(loan, 1)])]) {
        await $0.report.failed == 1
    }
    #expect(heard.kiosk == line(loan, 1))
}

@Test(.timeLimit(.minutes(10)))
func `a pad that takes too long does not hold up the loan`() async throws {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    // The patience of the proxy ends at once; the pad is still busy then.
    let time = Timekeeper(now: { Moment(milliseconds: 0) }, sleep: { _ in try Task.checkCancellation() })
    let proxy = CirculationProxy(
        ProxySettings(name: "kiosk-1", reader: "pad-1", tellsKiosk: true),
        time: time,
        logger: TestBranch.logger
    ) { _ in
        for await _ in gate { break }
        return .followed
    }
    let turns = [(kiosk: [line("11…", 1)], system: [line(loan, 1)])]
    let heard = await converse(proxy, turns) { proxy in
        open.yield()
        return await proxy.report.changed == 1
    }
    let frame = try SIP2Frame(Array(heard.kiosk.dropLast()))
    #expect(try CheckoutResponse(SIP2Message(frame.body), in: .utf8).ok)
    #expect(try CheckoutResponse(SIP2Message(frame.body), in: .utf8).screenMessages.count == 1)
}

@Test(.timeLimit(.minutes(10)))
func `a side that hangs up takes the other one along`() async {
    let pad = Pad()
    let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1"), pad)
    for kioskFirst in [true, false] {
        let (kioskCall, kiosk) = PipeEnd.call()
        let (systemCall, system) = PipeEnd.call()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await proxy.serve(kiosk: kioskCall, system: systemCall) }
            (kioskFirst ? kiosk : system).say.finish()
            await group.waitForAll()
        }
        var left = 0
        for await _ in (kioskFirst ? system : kiosk).said { left += 1 }
        #expect(left == 0)
    }
    #expect(await proxy.report.kiosks == 0)
}

@Test(.timeLimit(.minutes(10)), arguments: [false, true])
func `an answer that comes after the kiosk has hung up is heard out, and the tags follow`(_ tells: Bool) async {
    let (kioskCall, kiosk) = PipeEnd.call()
    let (systemCall, system) = PipeEnd.call()
    // The system answers when the kiosk is gone and the proxy waits.
    let time = Timekeeper(
        now: { Moment(milliseconds: 0) },
        sleep: { _ in
            system.say.yield(line(loan, 1))
            system.say.finish()
            try await Task.sleep(for: .seconds(3600))
        }
    )
    let pad = Pad()
    let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1", tellsKiosk: tells), pad, time: time)
    kiosk.say.yield(line("11…", 1))
    kiosk.say.finish()
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await proxy.run() }
        await proxy.serve(kiosk: kioskCall, system: systemCall)
        #expect(await proxy.report.answers == 1)
        group.cancelAll()
    }
}

@Test(.timeLimit(.minutes(10)), arguments: [false, true])
func `a kiosk that takes nothing is hung up on before the talk has a hole, and the tags follow`(_ tells: Bool) async {
    let pad = Pad()
    let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1", tellsKiosk: tells), pad)
    let (kioskCall, kiosk) = PipeEnd.call()
    let (systemCall, system) = PipeEnd.call()
    let (heard, hear) = AsyncStream.makeStream(of: [UInt8].self)
    let call = ParkedCall(listening: kioskCall.listening, speaking: ParkedLink(StalledLink(outgoing: hear)))
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await proxy.run() }
        system.say.yield(line(loan, 1))
        system.say.yield(line(back, 2))
        system.say.finish()
        await proxy.serve(kiosk: call, system: systemCall)
        let isChanged = await eventually { await proxy.report.changed >= 1 }
        #expect(isChanged)
        group.cancelAll()
    }
    kiosk.say.finish()
    var portions = 0
    for await _ in heard { portions += 1 }
    #expect(portions == 0)
    #expect(await pad.asked == ["1000000136 disarmed check-out"])
}

@Test(.timeLimit(.minutes(10)), arguments: [(false, 70, 6), (true, 1, 0)])
func `every loan is heard, also one whose tags wait behind too many others`(_ tells: Bool, _ loans: Int, _ lost: Int)
    async
{
    let (heard, hear) = AsyncStream.makeStream(of: ProxyOrder.self)
    let standing = LoanStanding(since: Moment(milliseconds: 1), changesBefore: 7, number: 1)
    let proxy = CirculationProxy(
        ProxySettings(name: "kiosk-1", reader: "pad-1", tellsKiosk: tells),
        time: TestLibrarySystem.still,
        logger: TestBranch.logger,
        place: { standing },
        hear: { hear.yield($0) },
        follow: { _ in .followed }
    )
    let (kioskCall, kiosk) = PipeEnd.call()
    let (systemCall, system) = PipeEnd.call()
    for _ in 0..<loans { system.say.yield(line(loan, 1)) }
    system.say.finish()
    await withTaskGroup(of: Void.self) { group in
        // Whoever is not told does not wait for the pad, which looks at nothing here.
        if tells { group.addTask { await proxy.run() } }
        await proxy.serve(kiosk: kioskCall, system: systemCall)
        group.cancelAll()
    }
    kiosk.say.finish()
    hear.finish()
    var orders: [ProxyOrder] = []
    for await order in heard { orders.append(order) }
    #expect(orders.count == loans)
    #expect(orders.allSatisfy { $0.item == "1000000136" && $0.standing == standing })
    #expect(await proxy.report.failed == lost)
}

@Test(.timeLimit(.minutes(10)), arguments: [false, true])
func `what a kiosk tells late is told from what it asks for now, also where it has the answer repeated`(
    _ tells: Bool
) async {
    let (heard, hear) = AsyncStream.makeStream(of: ProxyOrder.self)
    let proxy = CirculationProxy(
        ProxySettings(name: "kiosk-1", reader: "pad-1", tellsKiosk: tells),
        time: TestLibrarySystem.still,
        logger: TestBranch.logger,
        hear: { hear.yield($0) },
        follow: { _ in .followed }
    )
    let fields = "AOMAIN|AAP0001|AB1000000136|AC|"
    let turns: [(kiosk: [[UInt8]], system: [[UInt8]])] = [
        (line("11YY\(date)\(date)\(fields)", 1).map { [$0] }, [line(loan, 1)]),
        ([line("97", 1)], [line(loan, 1)]),
        ([line("11YN\(date)\(date)\(fields)", 2)], [line(loan, 2)]),
        ([line("09Y\(date)\(date)APMAIN|\(fields)", 3)], [line(back, 3)]),
        ([line("09N\(date)\(date)APMAIN|\(fields)", 4)], [line(back, 4)]),
        ([line("29NY\(date)\(date)\(fields)", 5)], [line(loan.replacingFirst("121NNY", with: "301YNY"), 5)]),
        ([line("65\(date)AOMAIN|AAP0001|", 6)], [line("66100010000\(date)AOMAIN|BM1000000136|", 6)]),
    ]
    _ = await converse(proxy, turns) { await $0.report.changed == turns.count }
    hear.finish()
    var told: [Bool] = []
    for await order in heard { told.append(order.isLate) }
    #expect(told == [true, true, false, true, false, true, false])
}

/// A kiosk that asks for something else before the proxy is done with sending it its first answer.
private func hasty(_ next: [UInt8]) -> (call: ParkedCall, kiosk: PipeEnd, system: (call: ParkedCall, end: PipeEnd)) {
    let (kioskCall, kiosk) = PipeEnd.call()
    let system = PipeEnd.call()
    let said = system.end.said
    let speaking = ParkedLink(
        HastyLink(goOn: {
            kiosk.say.yield(next)
            for await _ in said { break }
        })
    )
    return (ParkedCall(listening: kioskCall.listening, speaking: speaking), kiosk, system)
}

@Test(.timeLimit(.minutes(10)))
func `a loan that a kiosk tells late is told as such although the kiosk asks on while the answer passes`() async {
    let (heard, hear) = AsyncStream.makeStream(of: ProxyOrder.self)
    let proxy = CirculationProxy(
        ProxySettings(name: "kiosk-1", reader: "pad-1"),
        time: TestLibrarySystem.still,
        logger: TestBranch.logger,
        hear: { hear.yield($0) },
        follow: { _ in .followed }
    )
    let (call, kiosk, system) = hasty(line("9900302.00", 2))
    let told = await withTaskGroup(of: Void.self) { group in
        group.addTask { await proxy.serve(kiosk: call, system: system.call) }
        var told: [Bool] = []
        kiosk.say.yield(line("11YY\(date)\(date)AOMAIN|AAP0001|AB1000000136|AC|", 1))
        for await _ in system.end.said { break }
        system.end.say.yield(line(loan, 1))
        for await order in heard {
            told.append(order.isLate)
            break
        }
        group.cancelAll()
        return told
    }
    #expect(told == [true])
}

@Test(.timeLimit(.minutes(10)))
func `an answer is heard out although the kiosk asked for it while the one before still passed`() async {
    let (call, kiosk, system) = hasty(line("11…", 2))
    let end = system.end
    // The system answers when the kiosk is gone and the proxy waits.
    let time = Timekeeper(
        now: { Moment(milliseconds: 0) },
        sleep: { _ in
            end.say.yield(line(loan, 2))
            end.say.finish()
            try await Task.sleep(for: .seconds(3600))
        }
    )
    let proxy = proxy(ProxySettings(name: "kiosk-1", reader: "pad-1"), Pad(), time: time)
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await proxy.serve(kiosk: call, system: system.call) }
        kiosk.say.yield(line("11…", 1))
        for await _ in end.said { break }
        end.say.yield(line(back, 1))
        let isAnswered = await eventually { await proxy.report.answers == 1 }
        #expect(isAnswered)
        kiosk.say.finish()
    }
    #expect(await proxy.report.answers == 2)
}

extension String {
    fileprivate func replacingFirst(_ text: String, with other: String) -> String {
        hasPrefix(text) ? other + dropFirst(text.count) : self
    }
}
