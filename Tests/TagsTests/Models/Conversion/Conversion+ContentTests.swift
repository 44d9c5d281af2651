import Tags
import Testing
import Wire

struct ConversionContentTests {
    private static let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
    private static let writable: [String] = ["iso28560-2", "iso28560-3", "3m"]

    private static func model(_ name: String) throws -> any TagDataModel.Type {
        try #require(AllModels.inOrder.first { $0.name == name })
    }

    /// A chip that holds `content`, with the DSFID such tags carry.
    private static func chip(_ content: TagContent, _ name: String) throws -> TagMemory {
        let model = try model(name)
        let bytes = try model.encode(content, for: geometry)
        return TagMemory(bytes: bytes, blockCount: geometry.blockCount, dsfid: model.dsfid)
    }

    private static func refusal(_ conversion: Conversion) -> ConversionRefusal? {
        if case .refused(let refusal) = conversion { refusal } else { nil }
    }

    @Test(arguments: writable)
    func `a blank tag is written in any model that can be written`(_ name: String) throws {
        var content = TagContent(primaryItemIdentifier: "30114012345678", setInformation: .single)
        if name != "3m" { content.ownerInstitution = "DK-718500" }
        let blank = TagMemory(bytes: Array(repeating: 0, count: 112), blockCount: 28, dsfid: 0x00)
        guard case .plan(let plan) = Conversion(to: content, in: try Self.model(name), over: blank) else {
            Issue.record("refused")
            return
        }
        var written = plan.memory(blank, after: plan.writes.count)
        written.dsfid = plan.dsfid ?? blank.dsfid
        let tag = LibraryTag(reading: written)
        #expect(tag.model == name)
        #expect(tag.isReliable)
        #expect(tag.primaryItemIdentifier == "30114012345678")
        #expect(tag.ownerInstitution == content.ownerInstitution)
        #expect(plan.leftOut.isEmpty)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a tag torn away while another item is written says the old item, the new one or none`(
        _ seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        var plans = 0
        for _ in 0..<40 {
            let old = random.content(others: [6, 17])
            let new = random.content(others: [6, 17])
            let names = ["iso28560-2", "iso28560-3"]
            let (from, to) = (names[Int(random.next() % 2)], names[Int(random.next() % 2)])
            guard let before = try? Self.chip(old, from),
                case .plan(let plan) = Conversion(to: new, in: try Self.model(to), over: before)
            else { continue }
            plans += 1
            for count in 0...plan.writes.count {
                let torn = LibraryTag(reading: plan.memory(before, after: count))
                guard torn.isReliable else { continue }
                let isOld = torn.primaryItemIdentifier == old.primaryItemIdentifier
                let isNew = torn.primaryItemIdentifier == new.primaryItemIdentifier
                #expect(isOld || isNew, "seed \(seed), write \(count)")
                // The barcode of one and the owner of the other would be a third item.
                let owners = [isOld ? old.ownerInstitution : nil, isNew ? new.ownerInstitution : nil]
                #expect(torn.ownerInstitution == nil || owners.contains(torn.ownerInstitution), "seed \(seed)")
            }
        }
        #expect(plans > 15)
    }

    @Test func `what the tag said besides is gone and nothing of it stays behind`() throws {
        let title = "THE CASTLE OF OTRANTO"
        let old = TagContent(primaryItemIdentifier: "1000000136", others: [17: title, 6: "2.A.17"])
        let before = try Self.chip(old, "iso28560-3")
        let new = TagContent(primaryItemIdentifier: "1000000999", ownerInstitution: "DK-718500")
        guard case .plan(let plan) = Conversion(to: new, in: Part3Model.self, over: before) else {
            Issue.record("refused")
            return
        }
        #expect(plan.result == (try Part3Model.encode(new, for: Self.geometry)))
        #expect(plan.result[36...].allSatisfy { $0 == 0 })
    }

    @Test func `nothing is written over patron cards and tags with a directory`() throws {
        let card = TagContent(primaryItemIdentifier: "P00012345", typeOfUsage: TypeOfUsage(mainClass: 8))
        let new = TagContent(primaryItemIdentifier: "1000000999")
        let patron = try Self.chip(card, "iso28560-3")
        #expect(Self.refusal(Conversion(to: new, in: Part3Model.self, over: patron)) == .patronCard)
        var directory = try Self.chip(TagContent(primaryItemIdentifier: "1000000136"), "iso28560-2")
        directory.dsfid = 0x46
        #expect(Self.refusal(Conversion(to: new, in: Part2Model.self, over: directory)) == .directory)
    }

    @Test func `nothing is written on a tag that was read in part`() {
        let part = TagMemory(bytes: Array(repeating: 0, count: 32), blockCount: 28)
        let content = TagContent(primaryItemIdentifier: "1000000999")
        let conversion = Conversion(to: content, in: Part2Model.self, over: part)
        #expect(Self.refusal(conversion) == .partialRead(read: 32, wanted: 112))
    }

    @Test(arguments: writable)
    func `a locked block that would have to change is named`(_ name: String) throws {
        var blank = TagMemory(bytes: Array(repeating: 0, count: 112), blockCount: 28)
        blank.locked = Array(repeating: false, count: 28)
        blank.locked[1] = true
        let content = TagContent(primaryItemIdentifier: "30114012345678")
        let conversion = Conversion(to: content, in: try Self.model(name), over: blank)
        #expect(Self.refusal(conversion) == .cannotWrite(.locked(block: 1)))
    }

    @Test func `models that are only read are never written`() throws {
        let blank = TagMemory(bytes: Array(repeating: 0, count: 112), blockCount: 28)
        let content = TagContent(primaryItemIdentifier: "30114012345678")
        for name in ["fr01", "dm11", "raw", "blank"] {
            let conversion = Conversion(to: content, in: try Self.model(name), over: blank)
            #expect(Self.refusal(conversion) == .cannotWrite(.readOnly(model: name)))
        }
    }
}
