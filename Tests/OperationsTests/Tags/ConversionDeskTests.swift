import Field
import Library
import Operations
import Readers
import Store
import Synchronization
import Tags
import Testing

private let item = TestBranch.item("1000000136", "QA 76 .A1 2000")

/// A tag of this library's with a title on it, in either model.
private func tag(
    _ model: any TagDataModel.Type,
    serial: UInt64 = 1,
    _ barcode: String = "1000000136",
    owner: String? = TestBranch.owner,
    usage: TypeOfUsage = .circulation
) throws -> VirtualTag {
    let content = TagContent(
        primaryItemIdentifier: barcode,
        ownerInstitution: owner,
        setInformation: .single,
        typeOfUsage: usage,
        others: [17: "Sorting and searching"]
    )
    return VirtualTag(
        uid: TagUID(0xE004_0150_0000_0000 | serial),
        chip: try #require(ChipTable.named("ICODE SLIX")),
        content: try model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
        dsfid: model.dsfid ?? 0,
        afi: 0x07
    )
}

private func convert(
    _ order: ConversionOrder,
    _ pad: TestPad,
    _ store: Store,
    _ policy: SecurityPolicy = TestBranch.policy,
    habits: SiteProfile = SiteProfile()
) async throws -> [ConversionReport] {
    let time = ManualTime()
    let station = TestBranch.station(pad.setup, time: time)
    let desk = ConversionDesk(
        store: store,
        time: time.keeper,
        policy: policy,
        habits: habits,
        logger: TestBranch.logger
    )
    return try await TestBranch.running(station) { try await desk.convert(order, on: station) }
}

private struct Way: Sendable, CustomTestStringConvertible {
    var from: any TagDataModel.Type
    var to: SiteProfile.Target

    var testDescription: String { "\(from.name) to \(to.rawValue)" }

    static let all = [
        Way(from: Part2Model.self, to: .iso28560Part3), Way(from: Part3Model.self, to: .iso28560Part2),
        Way(from: Part2Model.self, to: .iso28560Part2), Way(from: Part3Model.self, to: .iso28560Part3),
    ]
}

@Suite struct ConversionDeskTests {
    @Test(arguments: Way.all)
    private func `a tag is converted, read back and noted down`(_ way: Way) async throws {
        let store = try TestBranch.store([item])
        let pad = TestPad([try tag(way.from)])
        let report = try #require(try await convert(ConversionOrder(target: way.to), pad, store).first)
        #expect(report.end == .converted)
        #expect(report.model == way.from.name)
        #expect(report.notes == ["left out: title"])
        let after = pad.tags[0].whole
        #expect(after.bytes == report.plan?.result)
        #expect(after.afi == 0x07)
        let reading = LibraryTag(reading: after)
        #expect(reading.model == way.to.rawValue)
        #expect(reading.isReliable)
        #expect(reading.primaryItemIdentifier == "1000000136")
        #expect(try store.tag(uid: pad.tags[0].uid)?.model == way.to.rawValue)
        // Blocks and DSFID only: no AFI, no lock.
        #expect(Set(pad.commands).isSubset(of: [0x21, 0x24, 0x29]))
        let again = try #require(try await convert(ConversionOrder(target: way.to), pad, store).first)
        #expect(again.end == .unchanged)
    }

    @Test func `what a tag was converted to is told while it lies there`() async throws {
        let store = try TestBranch.store([item])
        let pad = TestPad([try tag(Part2Model.self)])
        let time = ManualTime()
        let told = Mutex<[String]>([])
        let station = TestBranch.station(
            pad.setup,
            time: time,
            deliver: { round in
                for heard in round.arrived {
                    guard case .read(_, let content) = heard.content else { continue }
                    told.withLock { $0.append(content.model) }
                }
            }
        )
        let desk = ConversionDesk(store: store, time: time.keeper, policy: TestBranch.policy, logger: TestBranch.logger)
        try await TestBranch.running(station) {
            try await waited { told.withLock { $0.count } == 1 }
            _ = try await desk.convert(ConversionOrder(target: .iso28560Part3), on: station)
            try await waited { told.withLock { $0.count } == 2 }
        }
        #expect(told.withLock { $0 } == [Part2Model.name, Part3Model.name])
    }

    @Test(arguments: Way.all)
    private func `a dry run writes nothing and tells the plan`(_ way: Way) async throws {
        let pad = TestPad([try tag(way.from)])
        let store = try TestBranch.store([item])
        let before = pad.tags.map(\.whole)
        let order = ConversionOrder(target: way.to, isDryRun: true)
        let report = try #require(try await convert(order, pad, store).first)
        #expect(report.end == .planned)
        #expect(report.plan?.writes.isEmpty == false)
        #expect(pad.commands.isEmpty)
        #expect(pad.tags.map(\.whole) == before)
    }

    /// Every write of the conversion is torn in turn, by several seeds: old bytes, new bytes or garbage in its block.
    @Test(arguments: Way.all)
    private func `a tag pulled off during any write is never called converted`(_ way: Way) async throws {
        let whole = TestPad([try tag(way.from)])
        _ = try await convert(ConversionOrder(target: way.to), whole, try TestBranch.store([item]))
        let writes = whole.commands.count
        #expect(writes > 3)
        for (write, seed) in (1...writes).flatMap({ write in (1...3 as ClosedRange<UInt64>).map { (write, $0) } }) {
            let store = try TestBranch.store([item])
            let pad = TestPad([try tag(way.from)], seed: seed, tearingAt: write)
            let report = try #require(try await convert(ConversionOrder(target: way.to), pad, store).first)
            guard case .stopped(let stop) = report.end else {
                Issue.record("write \(write), seed \(seed): found \(report.end), wanted it stopped")
                continue
            }
            #expect(stop.standing == .unknown)
            #expect(stop.verified <= write)
            // What is on the tag now, as the next reader will see it. ISO 28560-2 has no checksum: a block full of
            // garbage inside its identifier makes another number of it.
            let left = LibraryTag(reading: pad.tags[0].whole)
            let isOther = left.isReliable && left.primaryItemIdentifier != "1000000136"
            if isOther { #expect(left.model == Part2Model.name, "write \(write), seed \(seed)") }
            var back = pad.tags[0]
            back.powerOn()
            let relaid = TestPad([back])
            let next = try #require(try await convert(ConversionOrder(target: way.to), relaid, store).first)
            switch next.end {
            case .converted, .unchanged: #expect(left.isReliable && !isOther)
            case .cutOff(let record, _):
                #expect(!left.isReliable)
                #expect(record.barcode == "1000000136")
                #expect(relaid.commands.isEmpty)
            case .otherItem(let record):
                #expect(isOther)
                #expect(record.barcode == "1000000136")
                #expect(relaid.commands.isEmpty)
            case .refused: #expect(relaid.commands.isEmpty)
            default: Issue.record("write \(write), seed \(seed): \(next.end)")
            }
        }
    }

    @Test(arguments: Way.all)
    private func `a tag that stops hearing writes is told as what it reads then`(_ way: Way) async throws {
        let whole = TestPad([try tag(way.from)])
        let store = try TestBranch.store([item])
        let plan = try #require(try await convert(ConversionOrder(target: way.to), whole, store).first?.plan)
        for write in 1...plan.writes.count {
            let pad = TestPad([try tag(way.from)], deafFrom: write)
            let before = pad.tags[0].whole
            let report = try #require(try await convert(ConversionOrder(target: way.to), pad, store).first)
            guard case .stopped(let stop) = report.end else {
                Issue.record("write \(write): found \(report.end), wanted it stopped")
                continue
            }
            #expect(stop.verified == write - 1)
            #expect(pad.tags[0].whole == plan.memory(before, after: write - 1))
            let left = LibraryTag(reading: pad.tags[0].whole)
            switch stop.standing {
            case .untouched: #expect(write == 1)
            case .item(let barcode, let model):
                #expect(barcode == "1000000136")
                #expect(model == left.model)
                #expect(left.isReliable)
            case .noItem: #expect(!left.isReliable)
            case .unknown: Issue.record("write \(write): the tag could be read")
            }
        }
    }

    @Test func `a locked DSFID does not keep a tag from being converted`() async throws {
        var locked = try tag(Part2Model.self)
        locked.dsfidLocked = true
        let pad = TestPad([locked])
        let order = ConversionOrder(target: .iso28560Part3)
        let report = try #require(try await convert(order, pad, try TestBranch.store([item])).first)
        #expect(report.end == .converted)
        #expect(report.notes.first?.hasPrefix("DSFID: found 06, wanted 3E") == true)
        #expect(pad.tags[0].dsfid == 0x06)
        #expect(LibraryTag(reading: pad.tags[0].whole).model == "iso28560-3")
    }

    @Test func `a tag that says another item than before is converted only when that is named`() async throws {
        let store = try TestBranch.store([item])
        let pad = TestPad([try tag(Part2Model.self)])
        let record = TagRecord(
            uid: pad.tags[0].uid,
            barcode: "1000000777",
            model: "iso28560-2",
            readAt: Moment(milliseconds: 1)
        )
        try store.remember([record])
        let any = try await convert(ConversionOrder(target: .iso28560Part3), pad, store)
        #expect(any.map(\.end) == [.otherItem(was: record)])
        #expect(pad.commands.isEmpty)
        let order = ConversionOrder(barcodes: ["1000000136"], target: .iso28560Part3)
        #expect(try await convert(order, pad, store).map(\.end) == [.converted])
    }

    @Test func `only what is this library's is written`() async throws {
        let store = try TestBranch.store([item])
        let pad = TestPad([
            try tag(Part2Model.self, serial: 1, "2000000001", owner: "SE-Mm"),
            try tag(Part2Model.self, serial: 2, "P000001", usage: TypeOfUsage(mainClass: 8)),
            try tag(Part2Model.self, serial: 3, "1000000999", owner: nil),
            try tag(Part2Model.self, serial: 4, "1000000136", owner: nil),
        ])
        let before = pad.tags.map(\.whole)
        let reports = try await convert(ConversionOrder(target: .iso28560Part3), pad, store)
        #expect(
            reports.map(\.end) == [
                .refused(.foreignOwner("SE-Mm")), .refused(.patronCard), .refused(.noOwner), .converted,
            ]
        )
        #expect(Array(pad.tags.map(\.whole).prefix(3)) == Array(before.prefix(3)))
        // Nothing of a patron card is told or kept.
        try #require(reports.count == 4)
        #expect(reports[1].barcode == nil)
        #expect(reports[1].model == nil)
        #expect(try store.tag(uid: pad.tags[1].uid) == nil)
        #expect(LibraryTag(reading: pad.tags[3].whole).ownerInstitution == TestBranch.owner)
    }

    @Test func `a patron card is not found by its number`() async throws {
        let pad = TestPad([try tag(Part2Model.self, "P000001", usage: TypeOfUsage(mainClass: 8))])
        let order = ConversionOrder(barcodes: ["P000001"], target: .iso28560Part3)
        #expect(try await convert(order, pad, try TestBranch.store([item])).isEmpty)
        #expect(pad.commands.isEmpty)
    }

    @Test func `a library without ISIL takes nobody's tags for its own`() async throws {
        let pad = TestPad([try tag(Part2Model.self)])
        let store = try TestBranch.store([item])
        let reports = try await convert(ConversionOrder(target: .iso28560Part3), pad, store, SecurityPolicy())
        #expect(reports.map(\.end) == [.refused(.foreignOwner(TestBranch.owner))])
        #expect(pad.commands.isEmpty)
    }

    @Test func `only the items named are converted`() async throws {
        let store = try TestBranch.store([item])
        let pad = TestPad([
            try tag(Part2Model.self, serial: 1), try tag(Part2Model.self, serial: 2, "1000000999"),
        ])
        let before = pad.tags.map(\.whole)
        let order = ConversionOrder(barcodes: ["1000000999", "1000000777"], target: .iso28560Part3)
        let reports = try await convert(order, pad, store)
        #expect(reports.map(\.barcode) == ["1000000999"])
        #expect(reports.map(\.end) == [.converted])
        #expect(pad.tags[0].whole == before[0])
    }

    @Test func `a tag that reads as nothing is told by what it was`() async throws {
        let store = try TestBranch.store([item])
        var torn = try tag(Part3Model.self)
        let record = TagRecord(
            uid: torn.uid,
            barcode: "1000000136",
            model: "iso28560-2",
            readAt: Moment(milliseconds: 1)
        )
        try store.remember([record])
        var bytes = torn.whole.bytes
        bytes[5] ^= 0xFF
        torn = VirtualTag(uid: torn.uid, chip: torn.chip, content: bytes, dsfid: 0x3E, afi: 0x07)
        let pad = TestPad([torn])
        let order = ConversionOrder(barcodes: ["1000000136"], target: .iso28560Part3)
        let report = try #require(try await convert(order, pad, store).first)
        guard case .cutOff(let was, .notReliable) = report.end else {
            Issue.record("found \(report.end), wanted a write that was cut off")
            return
        }
        #expect(was == record)
        #expect(report.barcode == "1000000136")
        #expect(pad.commands.isEmpty)
    }

    @Test func `a whole stack is converted`() async throws {
        let store = try TestBranch.store([item])
        let pad = TestPad(try (1...12).map { try tag(Part2Model.self, serial: UInt64($0), "10000002\(10 + $0)") })
        let reports = try await convert(ConversionOrder(target: .iso28560Part3), pad, store)
        #expect(reports.map(\.end) == Array(repeating: .converted, count: 12))
        #expect(pad.tags.allSatisfy { LibraryTag(reading: $0.whole).model == "iso28560-3" })
    }
}
