import Field
import Library
import Operations
import Readers
import Store
import Tags
import Testing

private func desk(_ tags: [VirtualTag]) throws -> ServiceDesk {
    try ServiceDesk(
        store: try TestBranch.store([TestBranch.item("b1", "QA 76 .A1")]),
        time: ManualTime().keeper,
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: TestBranch.policy),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 3
        ),
        readers: [TestBranch.setup("pad-1", .pad, tags)],
        logger: TestBranch.logger
    )
}

@Test func `a patron card on a pad is named and nothing of it is shown`() async throws {
    let chip = try #require(ChipTable.named("ICODE SLIX"))
    let content = TagContent(
        primaryItemIdentifier: "P4711",
        ownerInstitution: TestBranch.owner,
        typeOfUsage: TypeOfUsage(rawValue: 0x80)
    )
    let card = VirtualTag(
        uid: TagUID(0xE004_0150_0000_4711),
        chip: chip,
        content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
        dsfid: 0x3E
    )
    let desk = try desk([card, try TestBranch.tag("b1", serial: 1)])
    let tags = try await TestBranch.running(try desk.station("pad-1")) { try await desk.tags(on: "pad-1") }
    #expect(tags.map(\.content?.primaryItemIdentifier) == ["b1", nil])
    #expect(tags.last?.memory == nil)
    #expect(tags.last?.problem?.contains("patron card") == true)
}

@Test func `a reader that is not configured is refused with those that are`() async throws {
    let desk = try desk([])
    await #expect(throws: StationError.unknown(name: "pad-9", known: ["pad-1"])) { try await desk.tags(on: "pad-9") }
}
