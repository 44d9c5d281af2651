import Library
import Tags
import Testing

struct GateMachineTests {
    private static func moment(_ milliseconds: Int64) -> Moment {
        GateDecisionTests.now + .milliseconds(milliseconds)
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
        #expect(alarm?.gate == "main door" && alarm?.at == Self.moment(0))
        #expect(alarm?.items.map(\.reason) == [.notOnLoan] && alarm?.items.first?.barcode == "39070001")
        guard case .pass(let passage) = actions.last, actions.count == 2 else {
            Issue.record("found \(actions), wanted a sound and a passage")
            return
        }
        #expect(passage.response == .alarm && passage.reason == .notOnLoan && passage.afi == 0x07)
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
        #expect(gate.parked == [])
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
        unread.tag = nil
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
        #expect(parked == 1 && gate.parked == [Self.book(1).uid])
        _ = gate.hear([Self.book(1)], at: Self.moment(200_000))
        #expect(gate.parked == [])
    }

    @Test func `a clock that is set back a little changes nothing, far back it makes every tag new`() {
        var gate = Self.machine()
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(0))).count == 1)
        #expect(gate.hear([Self.book(1)], at: Self.moment(-3_000)) == [])
        // An hour back: rather one alarm too many than an hour without.
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(-3_600_000))).count == 1)
        #expect(gate.hear([Self.book(1)], at: Self.moment(-3_599_000)) == [])
        #expect(sounds(gate.hear([Self.book(1)], at: Self.moment(-3_590_000))).count == 1)
    }

    @Test(arguments: 1...50)
    func `every alarm has a reason, every silence a rule, and each coming at most one sound`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var gate = Self.machine()
        var present: [TagUID: Moment] = [:]
        var rung: Set<TagUID> = []
        var clock: Int64 = 0
        for _ in 0..<120 {
            clock += Int64.random(in: 0...3_000, using: &random)
            let now = Self.moment(clock)
            let heard = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Self.book(
                    UInt64.random(in: 1...6, using: &random),
                    [nil, 0x07, 0xC2, 0x00].randomElement(using: &random) ?? nil,
                    ([nil] + ItemStatus.allCases.map(Optional.some)).randomElement(using: &random) ?? nil
                )
            }
            var sounding: Set<TagUID> = []
            for action in gate.hear(heard, at: now) {
                switch action {
                case .sound(let alarm):
                    #expect(!alarm.items.isEmpty)
                    for item in alarm.items { #expect(sounding.insert(item.uid).inserted) }
                case .join(let item): #expect(sounding.insert(item.uid).inserted)
                case .pass(let passage): #expect(passage.gate == "main door")
                }
            }
            for hearing in heard {
                if let last = present[hearing.uid], now.since(last) >= .seconds(5) { rung.remove(hearing.uid) }
                present[hearing.uid] = now
            }
            let alarming = Set(
                heard.filter { GateDecisionTests.policy.decide($0, at: now).response == .alarm }.map(\.uid)
            )
            // Whoever is to alarm and has not rung since coming rings now, and nobody else.
            #expect(sounding == alarming.subtracting(rung))
            rung.formUnion(alarming)
        }
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
