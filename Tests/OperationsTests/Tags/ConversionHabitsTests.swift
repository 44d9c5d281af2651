import Library
import Operations
import Readers
import Store
import Tags
import Testing

@testable import Field

private let barcode = "1000000136"
private let item = TestBranch.item(barcode, "QA 76 .A1 2000")
private let consent = Consent(givenBy: "a test")

private func tag(
    _ model: any TagDataModel.Type,
    _ content: TagContent? = nil,
    dsfid: UInt8? = nil,
    changing change: (inout [UInt8]) -> Void = { _ in }
) throws -> VirtualTag {
    let content =
        content
        ?? TagContent(primaryItemIdentifier: barcode, ownerInstitution: TestBranch.owner, typeOfUsage: .circulation)
    var bytes = try model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
    change(&bytes)
    return VirtualTag(
        uid: TagUID(0xE004_0150_0000_0001),
        chip: try #require(ChipTable.named("ICODE SLIX")),
        content: bytes,
        dsfid: dsfid ?? model.dsfid ?? 0,
        afi: 0x07
    )
}

private func convert(_ order: ConversionOrder, _ pad: TestPad, _ habits: SiteProfile) async throws -> ConversionReport {
    let time = ManualTime()
    let station = TestBranch.station(pad.setup, time: time)
    let desk = ConversionDesk(
        store: try TestBranch.store([item]),
        time: time.keeper,
        policy: TestBranch.policy,
        habits: habits,
        logger: TestBranch.logger
    )
    let reports = try await TestBranch.running(station) { try await desk.convert(order, on: station) }
    return try #require(reports.first)
}

private func habits(_ change: (inout SiteProfile) -> Void) -> SiteProfile {
    var habits = SiteProfile()
    change(&habits)
    return habits
}

/// What a site has decided about its tags, down to the bytes on them.
@Suite struct ConversionHabitsTests {
    @Test func `what a site wants locked is locked at an explicit word alone, and that is read back`() async throws {
        let locking = habits { $0.lockedElements = [.primaryItemIdentifier] }
        let pad = TestPad([try tag(Part3Model.self)])
        let open = try await convert(ConversionOrder(target: .iso28560Part2), pad, locking)
        #expect(open.end == .converted)
        #expect(open.notes.contains("blocks 0, 1 not locked: nobody said so"))
        #expect(!pad.commands.contains(0x22))
        let dry = ConversionOrder(target: .iso28560Part2, isDryRun: true, locking: consent)
        let planned = try await convert(dry, pad, locking)
        #expect(planned.end == .planned)
        #expect(planned.notes == ["to be locked for ever: blocks 0, 1"])
        #expect(!pad.commands.contains(0x22))
        let said = ConversionOrder(target: .iso28560Part2, locking: consent)
        let locked = try await convert(said, pad, locking)
        #expect(locked.end == .converted)
        #expect(locked.notes == ["locked for ever: blocks 0, 1"])
        #expect(pad.commands.suffix(2) == [0x22, 0x22])
        #expect(pad.tags[0].locked.prefix(3) == [true, true, false])
        #expect(try await convert(said, pad, locking).end == .unchanged)
    }

    @Test func `the word alone locks nothing where the site wants nothing locked`() async throws {
        let pad = TestPad([try tag(Part3Model.self)])
        let order = ConversionOrder(target: .iso28560Part2, locking: consent)
        #expect(try await convert(order, pad, SiteProfile()).end == .converted)
        #expect(!pad.commands.contains(0x22))
        #expect(!pad.tags[0].locked.contains(true))
    }

    @Test func `a lock that the tag does not hear is told`() async throws {
        let locking = habits { $0.lockedElements = [.primaryItemIdentifier] }
        let whole = TestPad([try tag(Part3Model.self)])
        _ = try await convert(ConversionOrder(target: .iso28560Part2), whole, locking)
        let pad = TestPad([try tag(Part3Model.self)], deafFrom: whole.commands.count + 2)
        let report = try await convert(ConversionOrder(target: .iso28560Part2, locking: consent), pad, locking)
        guard case .stopped(let stop) = report.end else {
            Issue.record("found \(report.end), wanted it stopped")
            return
        }
        #expect(stop.verified == stop.of)
        #expect(stop.standing == .item(barcode, model: "iso28560-2"))
        #expect(pad.tags[0].locked.prefix(2) == [true, false])
    }

    @Test func `a wrong checksum is converted where the site or the order says so`() async throws {
        func pad() throws -> TestPad { TestPad([try tag(Part3Model.self) { $0[19] ^= 0xFF }]) }
        let order = ConversionOrder(target: .iso28560Part2)
        guard case .refused(.notReliable) = try await convert(order, try pad(), SiteProfile()).end else {
            Issue.record("not refused")
            return
        }
        let lenient = habits { $0.acceptsWrongChecksums = true }
        #expect(try await convert(order, try pad(), lenient).end == .converted)
        let once = ConversionOrder(target: .iso28560Part2, acceptsWrongChecksums: true)
        #expect(try await convert(once, try pad(), SiteProfile()).end == .converted)
    }

    @Test func `a long identifier goes to the library block where the site says so`() async throws {
        let long = TagContent(primaryItemIdentifier: "12345678901234567890", ownerInstitution: TestBranch.owner)
        let order = ConversionOrder(target: .iso28560Part3)
        let refused = try await convert(order, TestPad([try tag(Part2Model.self, long)]), SiteProfile())
        guard case .refused(.cannotWrite) = refused.end else {
            Issue.record("found \(refused.end), wanted it refused")
            return
        }
        let pad = TestPad([try tag(Part2Model.self, long)])
        #expect(try await convert(order, pad, habits { $0.part3Style.movesLongFields = true }).end == .converted)
        let reading = LibraryTag(reading: pad.tags[0].whole)
        #expect(reading.model == "iso28560-3")
        #expect(reading.primaryItemIdentifier == "12345678901234567890")
    }

    @Test func `pad byte and order are the site's own`() async throws {
        let content = TagContent(
            primaryItemIdentifier: "1620168259",
            ownerInstitution: TestBranch.owner,
            typeOfUsage: .circulation
        )
        let finnish = habits {
            $0.style.padByte = 0x80
            $0.lockedElements = [.primaryItemIdentifier]
        }
        let pad = TestPad([try tag(Part3Model.self, content)])
        #expect(try await convert(ConversionOrder(target: .iso28560Part2), pad, finnish).end == .converted)
        #expect(Array(pad.tags[0].whole.bytes.prefix(8)) == [0x91, 0x01, 0x04, 0x60, 0x91, 0xCE, 0x43, 0x80])
    }

    @Test func `what the site does not read it does not convert`() async throws {
        let reversed = try tag(Part3Model.self) { bytes in
            for start in stride(from: 0, to: bytes.count, by: 4) { bytes[start..<(start + 4)].reverse() }
        }
        let order = ConversionOrder(target: .iso28560Part2)
        let strict = habits { $0.reading.turnsBlocks = false }
        let refused = try await convert(order, TestPad([reversed]), strict)
        guard case .refused(.notRecognised) = refused.end else {
            Issue.record("found \(refused.end), wanted it refused")
            return
        }
        #expect(try await convert(order, TestPad([reversed]), SiteProfile()).end == .converted)
    }

    @Test func `a tag with a directory is left alone however it is read`() async throws {
        let order = ConversionOrder(target: .iso28560Part2)
        for reading in ReadingRules.Directory.allCases {
            let pad = TestPad([try tag(Part2Model.self, dsfid: 0x46)])
            let report = try await convert(order, pad, habits { $0.reading.directory = reading })
            if case .refused = report.end {} else { Issue.record("found \(report.end), wanted it refused") }
            #expect(report.barcode == (reading == .elements ? barcode : nil))
            #expect(pad.commands.isEmpty)
        }
    }

    @Test func `a tag that keeps some of its memory to itself is not converted`() async throws {
        var closed = VirtualTag(
            uid: TagUID(0xE004_0108_0000_0001),
            chip: try #require(ChipTable.named("ICODE SLIX2")),
            content: try tag(Part3Model.self).whole.bytes,
            dsfid: 0x3E,
            afi: 0x07
        )
        closed.protection.firstHighBlock = 12
        closed.protection.conditions = [.readHigh, .writeHigh]
        let pad = TestPad([closed])
        let report = try await convert(ConversionOrder(target: .iso28560Part2), pad, SiteProfile())
        #expect(report.end == .refused(.partialRead(read: 48, wanted: 316)))
        #expect(report.barcode == barcode)
        #expect(pad.commands.isEmpty)
    }

    @Test func `a station reads as the site does`() async throws {
        var setup = TestPad([try tag(Part2Model.self, dsfid: 0x46)]).setup
        setup.reading.directory = .raw
        let station = TestBranch.station(setup, time: ManualTime())
        let rules = setup.reading
        let tags = try await TestBranch.running(station) {
            try await station.perform { reader in (try? await reader.readAllTags(by: rules)) ?? [] }
        }
        #expect(tags.map { $0.content?.model } == ["raw"])
    }
}
