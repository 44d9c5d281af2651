import Library
import Store
import Tags
import Testing

struct StoreGateKnowledgeTests {
    private static func read(_ second: Int64, _ facts: GateFacts) -> GateRead {
        GateRead(
            gate: "main door",
            at: .second(second),
            tag: TagUID(0xFFFF_0000_0000_0001),
            afi: 0x07,
            antenna: 2,
            facts: facts,
            response: .alarm,
            reason: .notOnLoan
        )
    }

    private static let facts = GateFacts(
        tag: .item,
        owner: .neighbour,
        part: 2,
        parts: 3,
        status: .onLoan,
        source: .device,
        knownAt: .second(4),
        returnedAt: .second(5),
        passUntil: .second(6)
    )

    @Test func `an alarm keeps its lane, its direction and what staff found`() throws {
        let store = try Store.inMemory()
        let item = GateAlarmItem(
            uid: .number(1),
            barcode: nil,
            afi: nil,
            reason: .setPart,
            evidence: "e",
            antenna: 2,
            origin: "kiosk-2, check-out"
        )
        let alarm = GateAlarm(gate: "main door", at: .second(1), items: [item], quiet: .flood, lane: "left")
        let id = try store.record(alarm)
        try store.amend(id, isBulk: true, direction: .outward)
        #expect(try store.record(.cleared, of: id, at: .second(2)))
        #expect(try !store.record(.cleared, of: 99, at: .second(2)))
        var wanted = alarm
        wanted.isBulk = true
        wanted.direction = .outward
        #expect(try store.alarm(id) == GateAlarmRecord(id: id, alarm: wanted, outcome: .cleared))
        #expect(try store.alarm(99) == nil && store.alarms(since: .second(2)).isEmpty)
        #expect(try store.alarms(since: .second(1)).count == 1)
    }

    @Test func `reads come back whole and in order, and go with their key`() throws {
        let store = try Store.inMemory()
        let reads = [Self.read(1, Self.facts), Self.read(2, GateFacts(tag: .item))]
        try store.record(reads)
        #expect(try store.reads(since: .second(0)) == reads && store.reads(since: .second(2)) == [reads[1]])
        let key = try store.pseudonym(fresh: TagPseudonym(key: .max, 2), at: .second(1))
        #expect(try store.pseudonym(fresh: TagPseudonym(key: 3, 4), at: .second(2)) == key)
        #expect(try store.pseudonym() == key)
        #expect(try store.forgetGateEvents(before: .second(3)).reads == 2)
        #expect(try store.pseudonym() == nil)
        #expect(try store.pseudonym(fresh: TagPseudonym(key: 3, 4), at: .second(2)) == TagPseudonym(key: 3, 4))
    }

    @Test func `forgetting is proven by a list and the oldest event that is left`() throws {
        let store = try Store.inMemory()
        try store.record([Self.read(1, Self.facts), Self.read(5, Self.facts)])
        try store.forgetGateEvents(before: .second(3), at: .second(10))
        let (list, oldest) = try store.forgettings()
        #expect(list.map(\.reads) == [1] && list.first?.at == .second(10) && oldest == .second(5))
    }

    @Test func `a book that lies at the gate for weeks does not fill the disk with its reads`() throws {
        let store = try Store.inMemory()
        try store.record((1...50).map { Self.read($0, Self.facts) })
        #expect(try store.forgetGateEvents(before: .second(0), at: .second(60), mostReads: 20).reads == 30)
        #expect(try store.reads(since: .second(0)).first?.at == .second(31))
        #expect(try store.forgetGateEvents(before: .second(41), at: .second(61), mostReads: 20).reads == 10)
        #expect(try store.forgetGateEvents(before: .second(41), at: .second(62)).reads == 0)
        #expect(try store.forgettings().list.map(\.reads) == [0, 10, 30])
    }

    @Test func `a pass replaces the item's former one and can be taken back`() throws {
        let store = try Store.inMemory()
        let pass = GatePass(barcode: "3907", kind: .exhibition, from: .second(1), until: .second(9))
        try store.record(GatePass(barcode: "3907", kind: .repair, from: .second(0), until: .second(2)))
        try store.record(pass)
        #expect(try store.passes() == [pass])
        #expect(throws: StoreError.self) {
            try store.record(GatePass(barcode: "3908", kind: .repair, from: .second(2), until: .second(2)))
        }
        #expect(try store.removePass(barcode: "3907") && store.passes().isEmpty && !store.removePass(barcode: "3907"))
    }

    @Test func `passages are counted by reason, of one gate or of all`() throws {
        let store = try Store.inMemory()
        func passage(_ gate: String, _ second: Int64, _ reason: GateReason) -> GatePassage {
            GatePassage(
                gate: gate,
                at: .second(second),
                uid: .number(7),
                barcode: nil,
                afi: 0x07,
                response: .log,
                reason: reason
            )
        }
        try store.record([
            passage("a", 1, .parked), passage("a", 5, .parked), passage("b", 6, .parked), passage("b", 7, .onLoan),
        ])
        #expect(try store.passageCounts(since: .second(2)) == [.parked: 2, .onLoan: 1])
        #expect(try store.passageCounts(since: .second(2), gate: "a") == [.parked: 1])
    }

    @Test func `people add up by hour, walks and self tests by gate`() throws {
        let store = try Store.inMemory()
        try store.count(gate: "a", lane: 1, incoming: 3, outgoing: 1, at: .second(10))
        try store.count(gate: "a", lane: 2, incoming: 2, outgoing: 4, correction: -1, at: .second(20))
        let people = try store.people(since: .second(-4000))
        #expect(people["a"]?.incoming == 5 && people["a"]?.outgoing == 5)
        try store.count(gate: "a", lane: 1, incoming: 9, outgoing: 0, at: .second(3610))
        let hours = try store.visitors(since: .second(-4000)).sorted { $0.hour < $1.hour }
        #expect(hours.map(\.incoming) == [5, 9] && hours.allSatisfy { $0.gate == "a" })
        #expect(hours.count == 2 && hours[1].hour.since(hours[0].hour) == .seconds(3600))
        try store.record(walks: 20, heard: 19, gate: "a", at: .second(1))
        try store.record(walks: 10, heard: 10, gate: "b", at: .second(2))
        #expect(try store.walks(since: .second(0)) == GateShare(29, of: 30))
        #expect(try store.walks(since: .second(0), gate: "a") == GateShare(19, of: 20))
        let test = SentinelTrend.Test(at: .second(3), heard: 97, looks: 100)
        try store.record(test, gate: "a", antenna: 2)
        #expect(try store.sentinels(gate: "a") == [2: SentinelTrend([test])])
        try store.record(GateTrouble(gate: "a", kind: .dead, at: .second(4), cause: "no answer"))
    }

    @Test func `the index reads items and tags in portions, each once`() throws {
        let store = try Store.inMemory()
        let work = try store.beginImport(profile: "test", source: "test", at: .second(1))
        for number in 0..<25 { try work.add(Item(barcode: "b\(number)", status: .onLoan), line: number) }
        _ = try work.commit(at: .second(2))
        let tags = (0..<25).map {
            TagRecord(uid: .number(UInt64($0)), barcode: "b\($0)", model: "m", readAt: .second($0))
        }
        try store.remember(tags)
        var barcodes: [String] = []
        var row: Int64? = 0
        while let last = row {
            row = try store.eachItem(after: last, limit: 10) { barcode, status in
                #expect(status == .onLoan)
                barcodes.append(barcode)
            }
        }
        #expect(barcodes.count == 25 && Set(barcodes).count == 25)
        var found: [TagRecord] = []
        var uid: TagUID?
        repeat { uid = try store.eachTag(after: uid, limit: 10) { found.append($0) } } while uid != nil
        #expect(try found == tags && store.tagCount() == 25)
        #expect(try store.tags(readSince: .second(20)).count == 5)
    }

    @Test func `the index reads further barcodes in portions, without those that two items claim`() throws {
        let store = try Store.inMemory()
        let work = try store.beginImport(profile: "test", source: "test", at: .second(1))
        for number in 0..<25 {
            try work.add(
                Item(barcode: "b\(number)", otherBarcodes: ["o\(number)", "both\(number / 24)"]),
                line: number
            )
        }
        _ = try work.commit(at: .second(2))
        var found: [String: String] = [:]
        var other: String? = ""
        while let last = other {
            other = try store.eachOtherBarcode(after: last, limit: 10) { found[$0] = $1 }
        }
        #expect(found.count == 26 && found["o7"] == "b7" && found["both1"] == "b24" && found["both0"] == nil)
        #expect(try store.otherBarcodeCount() == 50)
    }

    @Test func `where an item's security was changed last is known by its barcode`() throws {
        let store = try Store.inMemory()
        #expect(try store.lastSecurityChange(barcode: "3907") == nil)
    }
}
