import Library
import Tags
import Testing

struct GateDecisionTests {
    static let now = Moment(milliseconds: 1_772_438_400_000)
    static let policy = GatePolicy(
        security: SecurityPolicy(ownInstitutions: ["DE-12"]),
        staffDevices: [TagUID(0xE004_0100_0000_00FF)]
    )

    /// How old the holdings are; a live answer of the library system is some seconds old.
    enum Holdings: Int64 { case live = 5, lastNight = 36_000 }

    /// A tag at the gate: its AFI, the item's status in the holdings (`nil`: not in them), and the circumstances;
    /// `returned` is how many seconds ago a device of ours saw it given back. What is known of it the index says.
    static func heard(
        _ afi: UInt8?,
        _ status: ItemStatus?,
        _ holdings: Holdings = .live,
        owner: String? = "DE-12",
        isRead: Bool = true,
        hasBarcode: Bool = true,
        uid: UInt64 = 0xE004_0100_0000_0001,
        returned: Int64? = nil
    ) -> GateHearing {
        let uid = TagUID(uid)
        let tag = TagRecord(
            uid: uid,
            barcode: hasBarcode ? "39070001" : nil,
            model: hasBarcode ? "iso28560-3" : "raw",
            owner: owner,
            readAt: now
        )
        var index = GateIndex(items: 1, tags: 1, holdingsAt: now + .seconds(-holdings.rawValue))
        if let status { index.add(barcode: "39070001", status: status) }
        if isRead { index.add(tag, owner: policy.owner(of: owner, barcode: tag.barcode ?? "")) }
        if let returned {
            index.learn(barcode: "39070001", status: .available, source: .device, at: now + .seconds(-returned))
        }
        return GateHearing(uid: uid, afi: afi, facts: index.facts(of: uid, at: now))
    }

    static let situations: [(what: String, heard: GateHearing, response: GateResponse, reason: GateReason)] = [
        ("a book from the shelf is carried out", heard(0x07, .available), .alarm, .notOnLoan),
        ("the same by last night's holdings", heard(0x07, .available, .lastNight), .alarm, .notOnLoan),
        ("a reference book is carried out", heard(0x07, .notForLoan), .alarm, .notOnLoan),
        ("a damaged book is carried out", heard(0x07, .damaged), .alarm, .notOnLoan),
        ("a new book in process is carried out", heard(0x07, .inProcess), .alarm, .notOnLoan),
        ("a book from the hold shelf is carried out", heard(0x07, .onHoldShelf), .alarm, .notOnLoan),
        ("a book in transit is carried out armed", heard(0x07, .inTransit), .alarm, .notOnLoan),
        ("a lent book leaves", heard(0xC2, .onLoan), .silent, .onLoan),
        ("a book lent last week leaves", heard(0xC2, .onLoan, .lastNight), .silent, .onLoan),
        (
            "a book lent today leaves, the holdings are of last night", heard(0xC2, .available, .lastNight), .silent,
            .disarmedInLibrary
        ),
        (
            "a disarmed book leaves, and the library system says now that it is not lent", heard(0xC2, .available),
            .log, .disarmedInLibrary
        ),
        ("lent by phone, the tag was not cleared", heard(0x07, .onLoan), .log, .notCleared),
        ("armed, and on loan only by last night's holdings", heard(0x07, .onLoan, .lastNight), .alarm, .notCleared),
        (
            "given back and armed this morning, carried out at noon", heard(0x07, .onLoan, .lastNight, returned: 7200),
            .alarm, .notOnLoan
        ),
        (
            "given back two minutes ago, not yet armed", heard(0xC2, .onLoan, .lastNight, returned: 120), .log,
            .notYetSecured
        ),
        (
            "given back two minutes ago, the library system knows", heard(0xC2, .available, returned: 120), .log,
            .notYetSecured
        ),
        (
            "given back in the morning and never armed", heard(0xC2, .onLoan, .lastNight, returned: 7200), .log,
            .disarmedInLibrary
        ),
        ("only the UID was heard of a book from the shelf", heard(nil, .available), .alarm, .notOnLoan),
        ("only the UID was heard of a lent book", heard(nil, .onLoan), .log, .notCleared),
        ("a missing book turns up at the gate", heard(0x07, .missing), .alarm, .soughtAfter),
        ("a lost book leaves disarmed", heard(0xC2, .lost), .log, .soughtAfter),
        ("a book claimed returned leaves disarmed", heard(0xC2, .claimedReturned), .log, .soughtAfter),
        ("a withdrawn book was sold without releasing it", heard(0x07, .withdrawn), .log, .withdrawn),
        ("a withdrawn book was sold and released", heard(0xC2, .withdrawn), .silent, .withdrawn),
        ("a book of the neighbouring library, armed", heard(0x07, nil, owner: "DE-7"), .log, .otherLibrary),
        ("a book of the neighbouring library, lent", heard(0xC2, nil, owner: "DE-7"), .silent, .otherLibrary),
        ("a book of ours that the holdings do not know", heard(0x07, nil), .log, .unknownItem),
        ("a tag without an owner that the holdings do not know", heard(0x07, nil, owner: nil), .log, .unknownItem),
        ("the same, disarmed", heard(0xC2, nil, owner: nil), .silent, .unknownItem),
        ("a tag that was never read", heard(0x07, nil, isRead: false), .silent, .foreignTag),
        ("a ski pass", heard(nil, nil, hasBarcode: false), .silent, .foreignTag),
        ("a foreign value on a book from the shelf", heard(0x00, .available), .log, .disarmedInLibrary),
        ("a foreign value on a lent book", heard(0x00, .onLoan), .silent, .onLoan),
        ("a shopping basket of ours", heard(0x07, .available, uid: 0xE004_0100_0000_00FF), .silent, .staffDevice),
        ("the status is not known", heard(0x07, .unknown), .alarm, .notOnLoan),
    ]

    @Test(arguments: situations.indices)
    func `each situation at the door is answered as staff would`(_ index: Int) {
        let situation = Self.situations[index]
        let decision = Self.policy.decide(situation.heard, at: Self.now)
        #expect(decision.response == situation.response, "\(situation.what)")
        #expect(decision.reason == situation.reason, "\(situation.what)")
        #expect(!"\(decision.evidence)".isEmpty && !"\(decision.evidence)".hasSuffix("."))
    }

    @Test func `the evidence names AFI, status and the age of the holdings`() {
        let decision = Self.policy.decide(Self.heard(0x07, .onLoan, .lastNight), at: Self.now)
        #expect(
            decision.evidence.description
                == "AFI 07, status on loan, holdings 10 h old: armed; on loan when the holdings were taken, perhaps "
                + "returned since"
        )
    }

    @Test func `the site chooses which reasons sound`() {
        var policy = Self.policy
        policy.responses = [.notCleared: .alarm, .notOnLoan: .log]
        #expect(policy.decide(Self.heard(0x07, .onLoan), at: Self.now).response == .alarm)
        #expect(policy.decide(Self.heard(0x07, .available), at: Self.now).response == .log)
    }

    @Test(arguments: [GateReason.unknownItem, .foreignTag, .otherLibrary])
    func `no setting makes a tag sound because it is unknown`(_ reason: GateReason) {
        var policy = Self.policy
        policy.responses = [reason: .alarm]
        for situation in Self.situations where situation.reason == reason {
            #expect(policy.decide(situation.heard, at: Self.now).response != .alarm, "\(situation.what)")
        }
    }

    @Test func `a clock that was set back makes no holdings of the future`() {
        var hearing = Self.heard(0x07, .onLoan)
        hearing.facts.knownAt = Self.now + .seconds(3600)
        let decision = Self.policy.decide(hearing, at: Self.now)
        #expect(decision.response == .log && decision.evidence.description.contains("holdings 0 s old"))
    }

    @Test(arguments: [GateFacts.Source.device, .live])
    func `a loan behind a return is one though the clock was set back in between`(_ source: GateFacts.Source) {
        var hearing = Self.heard(0x07, .onLoan)
        hearing.facts.source = source
        hearing.facts.returnedAt = Self.now + .seconds(3600)
        let decision = Self.policy.decide(hearing, at: Self.now)
        #expect(decision.response == .log && decision.reason == .notCleared)
    }

    @Test(arguments: [nil, 0x07, 0xC2, 0x00] as [UInt8?])
    func `an own item that is not lent never passes silently while it may be armed`(_ afi: UInt8?) {
        for status in ItemStatus.allCases where status != .onLoan && status != .withdrawn {
            for holdings in [Holdings.live, .lastNight] {
                let decision = Self.policy.decide(Self.heard(afi, status, holdings), at: Self.now)
                if afi == 0x07 || afi == nil { #expect(decision.response == .alarm, "\(status)") }
                if holdings == .live { #expect(decision.response != .silent, "\(status)") }
            }
        }
    }

    @Test func `the evidence names part, pass and return where they matter`() {
        var hearing = Self.heard(0x07, .onLoan, .lastNight, returned: 7200)
        hearing.facts.part = 2
        hearing.facts.parts = 3
        hearing.facts.passUntil = Self.now + .seconds(-600)
        let evidence = Self.policy.decide(hearing, at: Self.now).evidence.description
        #expect(
            evidence
                == "AFI 07, part 2 of 3, status available, told by our own device 2 h ago, returned 2 h ago, its pass "
                + "ended 10 min ago: armed; not on loan"
        )
        hearing.facts.passUntil = Self.now + .seconds(600)
        #expect(Self.policy.decide(hearing, at: Self.now).evidence.description == "its pass ends in 10 min")
    }

    @Test(
        arguments: [(nil, false), (.notOnLoan, false), (.soughtAfter, false), (.notCleared, true)]
            as [(GateReason?, Bool)]
    )
    func `rules that leave nothing to sound are known as such`(_ reason: GateReason?, _ silences: Bool) {
        // Told off one after the other: only the last one leaves nothing.
        let order: [GateReason] = [.notOnLoan, .soughtAfter, .notCleared]
        var policy = Self.policy
        for quiet in order.prefix(reason.flatMap(order.firstIndex).map { $0 + 1 } ?? 0) {
            policy.responses[quiet] = .log
        }
        let wanted: GateSilence? = silences ? .rules : nil
        #expect(policy.silence(at: Self.now) == wanted)
    }

    @Test func `a learning period and a flood limit of nothing silence everything too`() {
        var policy = Self.policy
        policy.learningUntil = Self.now + .seconds(1)
        #expect(policy.silence(at: Self.now) == .learning && policy.silence(at: Self.now + .seconds(2)) == nil)
        policy.flood.count = 0
        policy.bulk.count = 0
        // What has an end is told as such only where the rest of the rules has none.
        for now in [Self.now, Self.now + .seconds(2)] { #expect(policy.silence(at: now) == .rules) }
    }

    @Test func `every reason tells staff what to do`() {
        for reason in GateReason.allCases {
            #expect(!reason.remedy.isEmpty && !reason.remedy.hasSuffix("."))
        }
    }
}
