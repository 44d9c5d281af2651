import Library
import Tags
import Testing

struct GateMachineTests {
    private static func moment(_ milliseconds: Int64) -> GateInstant {
        GateInstant(
            moment: GateDecisionTests.now + .milliseconds(milliseconds),
            uptime: .seconds(100_000) + .milliseconds(milliseconds)
        )
    }

    private static func book(_ number: UInt64, _ afi: UInt8? = 0x07, _ status: ItemStatus? = .available) -> GateHearing
    {
        GateDecisionTests.heard(afi, status, uid: 0xE004_0100_0000_1000 + number)
    }

    private static func machine() -> GateMachine {
        GateMachine(gate: "main door", policy: GateDecisionTests.policy)
    }

    private func sounds(_ actions: [GateMachine.Action]) -> [GateAlarm] {
        actions.compactMap { action in
            guard case .sound(let alarm) = action else { return nil }
            return alarm
        }
    }

    @Test func `an armed book sounds at once and its passage is written down`() {
        var gate = Self.machine()
        let actions = gate.hear([Self.book(1)], at: Self.moment(0))
        let alarm = sounds(actions).first
        #expect(alarm?.gate == "main door" && alarm?.at == Self.moment(0).moment)
        #expect(alarm?.items.map(\.reason) == [.notOnLoan] && alarm?.items.first?.afi == 0x07)
        guard case .pass(let passage) = actions.last, actions.count == 2 else {
            Issue.record("found \(actions), wanted a sound and a passage")
            return
        }
        #expect(passage.response == .alarm && passage.reason == .notOnLoan && passage.afi == 0x07)
    }

    @Test func `an alarm that sounds says the same as one that is read from the record`() {
        var gate = Self.machine()
        let book = Self.book(1)
        let items = sounds(gate.hear([book], at: Self.moment(0))).first?.items ?? []
        let words = GateDecisionTests.policy.decide(book, at: Self.moment(0).moment).evidence.description
        let recorded = GateAlarmItem(
            uid: book.uid,
            barcode: nil,
            afi: 0x07,
            reason: .notOnLoan,
            evidence: words,
            antenna: book.antenna
        )
        #expect(items.map(\.evidence) == [words] && words.contains("AFI 07"))
        #expect(items == [recorded] && Set(items).contains(recorded))
    }

    @Test func `an alarm that waits for the library system rings although a crowd of tags comes meanwhile`() {
        var policy = GateDecisionTests.policy
        policy.liveBudget = .milliseconds(200)
        var gate = GateMachine(gate: "main door", policy: policy)
        let waiting = gate.hear([GateDecisionTests.heard(0x07, .available, .lastNight)], at: Self.moment(0))
        #expect(sounds(waiting).isEmpty)
        let crowd = (0...UInt64(4096)).map { number in
            GateHearing(uid: TagUID(0xE004_0100_1000_0000 + number), afi: nil, facts: .unread)
        }
        _ = gate.hear(crowd, at: Self.moment(50))
        _ = gate.hear([], at: Self.moment(100))
        #expect(gate.tagsPresent == 1)
        #expect(sounds(gate.tick(at: Self.moment(300))).first?.items.map(\.reason) == [.notOnLoan])
    }

    @Test func `a lent book passes with no more than a line`() {
        var gate = Self.machine()
        let actions = gate.hear([Self.book(1, 0xC2, .onLoan)], at: Self.moment(0))
        guard case .pass(let passage) = actions.first, actions.count == 1 else {
            Issue.record("found \(actions), wanted one passage")
            return
        }
        #expect(passage.response == .silent && passage.reason == .onLoan)
    }

    @Test func `of a tag that is no library item nothing is written down, however long it stays`() {
        var gate = Self.machine()
        let card = GateDecisionTests.heard(0x07, nil, isRead: false)
        for second in 0..<120 { #expect(gate.hear([card], at: Self.moment(Int64(second) * 1000)) == []) }
        #expect(gate.parked(at: Self.moment(119_000).uptime) == [])
    }

    @Test func `a tag that is heard on and on rings once`() {
        var gate = Self.machine()
        var rung = 0
        for step in 0..<200 { rung += sounds(gate.hear([Self.book(1)], at: Self.moment(Int64(step) * 100))).count }
        #expect(rung == 1)
    }

    @Test func `it rings again only after it was away for a while`() {
        var gate = Self.machine()
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(0))).count == 1)
        #expect(gate.hear([Self.book(1)], at: Self.moment(4_900)) == [])
        #expect(gate.hear([Self.book(1)], at: Self.moment(9_800)) == [])
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(14_800))).count == 1)
    }

    @Test func `a stack is one alarm, whether it is heard at once or one by one`() {
        var gate = Self.machine()
        let together = sounds(gate.hear([Self.book(1), Self.book(2), Self.book(3)], at: Self.moment(0)))
        #expect(together.count == 1 && together.first?.items.count == 3)
        let late = gate.hear([Self.book(1), Self.book(4)], at: Self.moment(1_500))
        guard case .join(let item) = late.first else {
            Issue.record("found \(late), wanted an item that joins")
            return
        }
        #expect(item.uid == Self.book(4).uid && sounds(late).isEmpty)
        #expect(sounds(gate.hear([Self.book(5)], at: Self.moment(2_000))).count == 1)
    }

    @Test func `what becomes known of a tag while it is there is judged anew`() {
        var gate = Self.machine()
        // First only its UID from nowhere, then it was read: an armed book of ours.
        var unread = Self.book(1, nil, nil)
        unread.facts = .unread
        #expect(sounds(gate.hear([unread], at: Self.moment(0))).isEmpty)
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(50))).count == 1)
        // Released at the desk beside the gate: silent, written down, and not rung again.
        let released = gate.hear([Self.book(1, 0xC2, .onLoan)], at: Self.moment(900))
        #expect(sounds(released).isEmpty && released.count == 1)
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(1_800))).isEmpty)
    }

    @Test func `a tag that stays counts as parked, once, and no longer when it has gone`() {
        var gate = Self.machine()
        var parked = 0
        for second in 0..<120 {
            for case .pass(let passage) in gate.hear([Self.book(1)], at: Self.moment(Int64(second) * 1000))
            where passage.reason == .parked {
                parked += 1
                #expect(passage.response == .log)
            }
        }
        #expect(parked == 1 && gate.parked(at: Self.moment(178_900).uptime) == [Self.book(1).uid])
        #expect(gate.parked(at: Self.moment(179_000).uptime) == [], "a minute after it was taken away")
        _ = gate.hear([Self.book(1)], at: Self.moment(200_000))
        #expect(gate.parked(at: Self.moment(200_000).uptime) == [])
    }

    @Test func `a wall clock that jumps makes no tag new and keeps none from ringing`() {
        var gate = Self.machine()
        func instant(_ uptime: Int64, _ wall: Int64) -> GateInstant {
            GateInstant(moment: Self.moment(wall).moment, uptime: .milliseconds(uptime))
        }
        #expect(sounds(gate.hear([Self.book(1)], at: instant(0, 0))).count == 1)
        #expect(gate.hear([Self.book(1)], at: instant(1_000, -3_600_000)) == [])
        #expect(gate.hear([Self.book(1)], at: instant(2_000, 86_400_000)) == [])
        // Six seconds by the clock that nobody sets: gone and back.
        #expect(sounds(gate.hear([Self.book(1)], at: instant(8_000, -3_600_000))).count == 1)
    }

    /// Rules of which the site wants nothing kept quiet.
    private static var strict: GatePolicy {
        var policy = GateDecisionTests.policy
        policy.parkedAfter = .seconds(100_000)
        policy.strayRings = 100
        policy.flood.count = 1000
        return policy
    }

    @Test(arguments: 1...50)
    func `every alarm has a reason, every silence a rule, and each coming at most one sound`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var gate = GateMachine(gate: "main door", policy: Self.strict)
        var present: [TagUID: Duration] = [:]
        var rung: Set<TagUID> = []
        var clock: Int64 = 0
        for _ in 0..<120 {
            clock += Int64.random(in: 0...3_000, using: &random)
            let now = Self.moment(clock)
            var heard: [GateHearing] = []
            for number in 1...6 where Bool.random(using: &random) {
                heard.append(
                    Self.book(
                        UInt64(number),
                        [nil, 0x07, 0xC2, 0x00].randomElement(using: &random) ?? nil,
                        ([nil] + ItemStatus.allCases.map(Optional.some)).randomElement(using: &random) ?? nil
                    )
                )
            }
            var sounding: Set<TagUID> = []
            for action in gate.hear(heard, at: now) {
                switch action {
                case .sound(let alarm):
                    #expect(!alarm.items.isEmpty && alarm.quiet == nil)
                    for item in alarm.items { #expect(sounding.insert(item.uid).inserted) }
                case .join(let item): #expect(sounding.insert(item.uid).inserted)
                case .pass(let passage): #expect(passage.gate == "main door")
                case .bulk: break
                case .turned, .parked, .ask: Issue.record("found \(action), wanted none of these rules")
                }
            }
            for hearing in heard {
                if let last = present[hearing.uid], now.uptime - last >= .seconds(5) { rung.remove(hearing.uid) }
                present[hearing.uid] = now.uptime
            }
            let alarming = Set(
                heard.filter { Self.strict.decide($0, at: now.moment).response == .alarm }.map(\.uid)
            )
            // Whoever is to alarm and has not rung since coming rings now, and nobody else.
            #expect(sounding == alarming.subtracting(rung))
            rung.formUnion(alarming)
        }
    }

    @Test(arguments: 1...50)
    func `no armed own item that is not lent passes silently unless a rule says so`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var policy = GateDecisionTests.policy
        policy.parkedAfter = .seconds(10)
        policy.strayRings = 2
        policy.flood.count = 3
        policy.quietInward = Bool.random(using: &random)
        policy.lanes = [GateLane(name: "left", antennas: [1, 2])]
        var gate = GateMachine(gate: "main door", policy: policy)
        var accounted: Set<TagUID> = []
        var clock: Int64 = 0
        for _ in 0..<200 {
            clock += Int64.random(in: 1...4_000, using: &random)
            var hearing = Self.book(UInt64.random(in: 1...5, using: &random))
            hearing.antenna = Int.random(in: 1...2, using: &random)
            let actions = gate.hear([hearing], at: Self.moment(clock)) + gate.tick(at: Self.moment(clock + 500))
            for action in actions {
                switch action {
                case .sound(let alarm): accounted.formUnion(alarm.items.map(\.uid))
                case .join(let item): accounted.insert(item.uid)
                // Written down, with its place, or for what it was carried in.
                case .parked(let parking): accounted.insert(parking.uid)
                case .pass(let passage): if passage.response == .log { accounted.insert(passage.uid) }
                case .bulk, .turned, .ask: break
                }
            }
            #expect(accounted.contains(hearing.uid))
        }
    }

    @Test func `what waits for an answer rings even when its tag is heard no more`() {
        var policy = GateDecisionTests.policy
        policy.liveBudget = .milliseconds(150)
        var gate = GateMachine(gate: "main door", policy: policy)
        let old = GateDecisionTests.heard(0x07, .available, .lastNight)
        #expect(gate.hear([old], at: Self.moment(0)).contains(.ask([old.uid])))
        #expect(gate.tick(at: Self.moment(100)) == [])
        #expect(sounds(gate.tick(at: Self.moment(200))).count == 1)
        #expect(gate.tick(at: Self.moment(300)) == [])
    }

    @Test func `other rules take effect at once and make nothing ring twice`() {
        var gate = Self.machine()
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(0))).count == 1)
        var rules = GateDecisionTests.policy
        rules.responses[.notOnLoan] = .log
        gate.follow(rules)
        #expect(sounds(gate.hear([Self.book(1), Self.book(2)], at: Self.moment(500))).isEmpty)
        gate.follow(GateDecisionTests.policy)
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(900))).isEmpty)
    }

    @Test func `ten thousand tags in a moment do not grow the memory without bound`() {
        var gate = Self.machine()
        for step in 0..<10 {
            let heard = (0..<1000).map { Self.book(UInt64(step * 1000 + $0), 0xC2, .onLoan) }
            _ = gate.hear(heard, at: Self.moment(Int64(step)))
        }
        #expect(gate.tagsPresent <= 5_096)
    }
}
