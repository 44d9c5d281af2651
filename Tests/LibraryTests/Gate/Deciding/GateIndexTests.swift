import Library
import Tags
import Testing

struct GateIndexTests {
    private static let now = GateDecisionTests.now

    private static func tag(_ number: UInt64, _ barcode: String?, part: Int = 0, of parts: Int = 0) -> TagRecord {
        TagRecord(
            uid: TagUID(0xE004_0150_0000_0000 | number),
            barcode: barcode,
            model: "iso28560-3",
            setInformation: parts > 0 ? SetInformation(total: parts, ordinal: part) : nil,
            readAt: now
        )
    }

    private static func index() -> GateIndex {
        var index = GateIndex(items: 2, tags: 2, holdingsAt: now)
        index.add(barcode: "39070001", status: .available)
        index.add(barcode: "39070002", status: .onLoan)
        index.add(tag(1, "39070001"), owner: .own)
        index.add(tag(2, "39070002", part: 2, of: 3), owner: .assumed)
        index.add(tag(3, "39079999"), owner: .neighbour)
        index.add(tag(4, nil), owner: .unnamed)
        return index
    }

    @Test func `a tag's number is enough to know how its item stands`() {
        let index = Self.index()
        #expect(
            index.facts(of: Self.tag(1, nil).uid, at: Self.now)
                == GateFacts(tag: .item, owner: .own, status: .available, knownAt: Self.now)
        )
        #expect(
            index.facts(of: Self.tag(2, nil).uid, at: Self.now)
                == GateFacts(tag: .item, owner: .assumed, part: 2, parts: 3, status: .onLoan, knownAt: Self.now)
        )
        #expect(index.facts(of: Self.tag(3, nil).uid, at: Self.now).status == nil)
        #expect(index.facts(of: Self.tag(4, nil).uid, at: Self.now).tag == .foreign)
        #expect(index.facts(of: TagUID(99), at: Self.now) == .unread && !index.knows(TagUID(99)))
    }

    @Test func `a tag with a former barcode stands for the item that has it`() {
        var index = GateIndex(items: 2, others: 2, tags: 2, holdingsAt: Self.now)
        index.add(barcode: "39070001", status: .available)
        index.add(barcode: "39070002", status: .onLoan)
        index.add(otherBarcode: "old 1", of: "39070001")
        // Somebody else's own barcode.
        index.add(otherBarcode: "39070002", of: "39070001")
        index.add(Self.tag(1, "old 1"), owner: .own)
        index.add(Self.tag(2, "39070002"), owner: .own)
        let uid = Self.tag(1, nil).uid
        #expect(index.facts(of: uid, at: Self.now).status == .available)
        #expect(index.facts(of: Self.tag(2, nil).uid, at: Self.now).status == .onLoan)
        index.learn(barcode: "39070001", status: .onLoan, source: .device, at: Self.now + .seconds(60))
        #expect(index.facts(of: uid, at: Self.now + .seconds(61)).status == .onLoan)
        index.learn(barcode: "old 1", status: .available, source: .device, at: Self.now + .seconds(62))
        #expect(index.facts(of: uid, at: Self.now + .seconds(63)).returnedAt == Self.now + .seconds(62))
        let pass = GatePass(barcode: "old 1", kind: .staff, from: Self.now, until: Self.now + .seconds(99))
        index.follow([pass])
        #expect(index.facts(of: uid, at: Self.now + .seconds(63)).passUntil == pass.until)
    }

    @Test(arguments: ItemStatus.allCases)
    func `every status comes back as it went in`(_ status: ItemStatus) {
        var index = Self.index()
        index.add(barcode: "39070001", status: status)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: Self.now).status == status && index.itemCount == 2)
    }

    @Test func `what a kiosk was told beats older holdings, and newer holdings beat it`() {
        var index = Self.index()
        index.learn(barcode: "39070001", status: .onLoan, source: .device, at: Self.now + .seconds(60))
        let facts = index.facts(of: Self.tag(1, nil).uid, at: Self.now + .seconds(70))
        #expect(facts.status == .onLoan && facts.source == .device && facts.knownAt == Self.now + .seconds(60))
        index.learn(barcode: "39070002", status: .available, source: .device, at: Self.now + .seconds(90))
        #expect(index.facts(of: Self.tag(2, nil).uid, at: Self.now).returnedAt == Self.now + .seconds(90))

        var newer = GateIndex(items: 2, tags: 2, holdingsAt: Self.now + .seconds(80))
        newer.add(barcode: "39070001", status: .available)
        newer.add(Self.tag(1, "39070001"), owner: .own)
        newer.add(Self.tag(2, "39070002"), owner: .own)
        newer.takeOver(from: index, at: Self.now + .seconds(100))
        #expect(newer.facts(of: Self.tag(1, nil).uid, at: Self.now).status == .available)
        #expect(newer.facts(of: Self.tag(2, nil).uid, at: Self.now).status == .available)
        #expect(newer.facts(of: Self.tag(2, nil).uid, at: Self.now).source == .device)
    }

    @Test func `a loan that a clock behind the holdings dates before them is a loan all the same`() {
        var index = Self.index()
        let early = Self.now + .seconds(-86_400)
        index.learn(barcode: "39070001", status: .onLoan, source: .device, at: early)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: early).status == .onLoan)
        // The index is made anew before the clock is set.
        var again = Self.index()
        again.takeOver(from: index, at: early + .seconds(60))
        #expect(again.facts(of: Self.tag(1, nil).uid, at: early + .seconds(60)).status == .onLoan)
        // A return leaves no later loan in the library.
        again.learn(barcode: "39070001", status: .available, source: .device, at: early + .seconds(70))
        again.learn(barcode: "39070001", status: .onLoan, source: .device, at: early + .seconds(80))
        #expect(again.facts(of: Self.tag(1, nil).uid, at: early + .seconds(90)).status == .onLoan)
    }

    @Test func `a loan that a clock ahead dates into the time to come is beaten by holdings pulled after it`() {
        var index = Self.index()
        index.learn(barcode: "39070001", status: .onLoan, source: .device, at: Self.now + .seconds(86_400 * 365))
        func pulled(_ seconds: Int64) -> GateIndex {
            var newer = GateIndex(items: 1, tags: 1, holdingsAt: Self.now + .seconds(seconds))
            newer.add(barcode: "39070001", status: .available)
            newer.add(Self.tag(1, "39070001"), owner: .own)
            newer.takeOver(from: index, at: Self.now + .seconds(seconds + 10))
            return newer
        }
        index = pulled(100)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: Self.now).status == .onLoan)
        index = pulled(200)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: Self.now).status == .available)
    }

    @Test func `holdings know what stands before them in the journal, whatever clocks said`() {
        var index = Self.index()
        // By a clock that is an hour ahead, and then by one that was put right.
        let ahead = Self.now + .seconds(3600)
        index.learn(barcode: "39070001", status: .onLoan, source: .device, at: ahead, change: 5)
        index.learn(barcode: "39070002", status: .available, source: .device, at: Self.now + .seconds(60), change: 6)
        var newer = GateIndex(items: 2, tags: 2, holdingsAt: Self.now + .seconds(120), changesBefore: 5)
        newer.add(barcode: "39070001", status: .available)
        newer.add(barcode: "39070002", status: .onLoan)
        newer.add(Self.tag(1, "39070001"), owner: .own)
        newer.add(Self.tag(2, "39070002"), owner: .own)
        newer.takeOver(from: index, at: Self.now + .seconds(130))
        let facts = [1, 2].map { newer.facts(of: Self.tag($0, nil).uid, at: Self.now + .seconds(140)) }
        #expect(facts.map(\.status) == [.available, .available])
        #expect(facts.map(\.source) == [.snapshot, .device])
    }

    @Test func `of two changes the later one in the journal counts, in whatever order they are told`() {
        var index = Self.index()
        index.learn(barcode: "39070001", status: .available, source: .device, at: Self.now + .seconds(10), change: 8)
        index.learn(barcode: "39070001", status: .onLoan, source: .device, at: Self.now + .seconds(20), change: 7)
        let uid = Self.tag(1, nil).uid
        #expect(index.facts(of: uid, at: Self.now + .seconds(30)).status == .available)
        // One that was made anew has read more of the journal than the one before was told.
        var newer = GateIndex(items: 1, tags: 1, holdingsAt: Self.now, changesBefore: 6)
        newer.add(barcode: "39070001", status: .available)
        newer.add(Self.tag(1, "39070001"), owner: .own)
        newer.learn(barcode: "39070001", status: .onLoan, source: .device, at: Self.now + .seconds(5), change: 9)
        newer.takeOver(from: index, at: Self.now + .seconds(40))
        #expect(newer.facts(of: uid, at: Self.now + .seconds(50)).status == .onLoan)
    }

    @Test func `a clock that is set back makes nothing younger that is known`() {
        var index = Self.index()
        index.learn(barcode: "39070002", status: .available, source: .device, at: Self.now + .seconds(600))
        index.clockWasSetBack(by: .seconds(3600))
        let now = Self.now + .seconds(1200)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: now).knownAt == Self.now + .seconds(-3600))
        let returned = index.facts(of: Self.tag(2, nil).uid, at: now)
        #expect(returned.source == .device && returned.status == .available)
        #expect(returned.knownAt == Self.now + .seconds(-3000) && returned.returnedAt == returned.knownAt)
        // What is told from now on is told by the clock as it goes now.
        let later = Self.now + .seconds(-60)
        index.learn(barcode: "39070001", status: .onLoan, source: .device, at: later)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: now).knownAt == later)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: now).status == .onLoan)
    }

    @Test func `a pass counts from its beginning on, and survives a new snapshot`() {
        var index = Self.index()
        let until = Self.now + .seconds(7200)
        index.follow([
            GatePass(barcode: "39070001", kind: .exhibition, from: Self.now + .seconds(3600), until: until)
        ])
        #expect(index.facts(of: Self.tag(1, nil).uid, at: Self.now).passUntil == nil)
        #expect(index.facts(of: Self.tag(1, nil).uid, at: Self.now + .seconds(3700)).passUntil == until)
        var newer = Self.index()
        newer.takeOver(from: index, at: Self.now + .seconds(100))
        #expect(newer.facts(of: Self.tag(1, nil).uid, at: Self.now + .seconds(3700)).passUntil == until)
    }

    @Test func `a hundred thousand items and tags are found again, grown from nothing`() {
        var index = GateIndex()
        for number in 0..<100_000 {
            index.add(barcode: "3907\(number)", status: ItemStatus.allCases[number % ItemStatus.allCases.count])
            index.add(Self.tag(UInt64(number), "3907\(number)"), owner: .own)
        }
        #expect(index.itemCount == 100_000 && index.tagCount == 100_000)
        var wrong = 0
        for number in 0..<100_000 {
            let facts = index.facts(of: Self.tag(UInt64(number), nil).uid, at: Self.now)
            if facts.status != ItemStatus.allCases[number % ItemStatus.allCases.count] { wrong += 1 }
        }
        #expect(wrong == 0)
        #expect(index.bytes < 100_000 * 80)
    }
}
