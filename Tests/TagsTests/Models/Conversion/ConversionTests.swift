import Tags
import Testing
import Wire

struct ConversionTests {
    private static let targets = SiteProfile.Target.allCases

    private static func profile(_ target: SiteProfile.Target, owner: String?) -> SiteProfile {
        var profile = SiteProfile()
        profile.target = target
        profile.ownerInstitution = owner
        profile.convertsTagsWithoutOwner = true
        return profile
    }

    /// The tag as it would be on a chip of 28 blocks of 4 bytes, zeros behind what was recorded.
    private static func onChip(_ real: RealTag) -> TagMemory {
        var memory = real.memory
        memory.bytes += Array(repeating: 0, count: max(0, 112 - memory.bytes.count))
        memory.bytes.removeLast(memory.bytes.count - 112)
        memory.blockCount = 28
        return memory
    }

    /// Cuts the plan after every write and judges the tag as any reader would, with any DSFID it may see.
    private static func expectNeverAnother(
        _ plan: WritePlan,
        over memory: TagMemory,
        identifier: String,
        _ note: Comment? = nil
    ) {
        var brokenAfter: [Int] = []
        for count in 0...plan.writes.count {
            for dsfid in Set([nil, memory.dsfid, plan.dsfid]) {
                var torn = plan.memory(memory, after: count)
                torn.dsfid = dsfid
                let tag = LibraryTag(reading: torn)
                if tag.isReliable { #expect(tag.primaryItemIdentifier == identifier, note) }
            }
            // The DSFID changes after the last write only.
            var torn = plan.memory(memory, after: count)
            if count == plan.writes.count { torn.dsfid = plan.dsfid ?? memory.dsfid }
            if !LibraryTag(reading: torn).isReliable { brokenAfter.append(count) }
        }
        #expect(brokenAfter.last != plan.writes.count, note)
        switch plan.interruption {
        case .alwaysReadable: #expect(brokenAfter.allSatisfy { $0 == 0 }, note)
        case .broken(let after): #expect(brokenAfter.allSatisfy { $0 == 0 || after.contains($0) }, note)
        }
        #expect(plan.memory(memory, after: plan.writes.count).bytes == plan.result, note)
    }

    @Test(arguments: RealTag.all, targets)
    func `a real tag torn away during its conversion is never another item`(
        _ real: RealTag,
        _ target: SiteProfile.Target
    ) throws {
        let memory = Self.onChip(real)
        let owner = real.owner ?? LibraryTag(reading: memory).anyOwner ?? "DK-718500"
        switch Conversion(of: memory, for: Self.profile(target, owner: owner)) {
        case .plan(let plan):
            Self.expectNeverAnother(plan, over: memory, identifier: real.identifier)
            let tag = LibraryTag(reading: TagMemory(bytes: plan.result, dsfid: plan.dsfid ?? memory.dsfid))
            #expect(tag.model == target.rawValue)
            #expect(tag.primaryItemIdentifier == real.identifier)
            #expect(tag.isReliable)
        case .refused(.cannotWrite(.unrepresentable(let field, _, _))):
            // Owners without country, or longer than the standard allows, and FR01 numbers are no ISILs.
            #expect(field == "ownerInstitution")
        case .refused(let refusal):
            Issue.record("\(refusal)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `no order of writes ever shows another item`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var plans = 0
        var alwaysReadable = 0
        for _ in 0..<60 {
            let source = random.isTrue(onceIn: 2) ? "iso28560-2" : "iso28560-3"
            let model = try #require(AllModels.inOrder.first { $0.name == source })
            let others = source == "iso28560-2" ? Array(6...26) : [6, 8, 17, 22]
            let content = random.content(others: others)
            let size = [4, 4, 8].randomElement(using: &random) ?? 4
            let blockCount = Int.random(in: 8...32, using: &random)
            guard let bytes = try? model.encode(content, for: MemoryGeometry(blockSize: size, blockCount: blockCount))
            else { continue }
            let memory = TagMemory(bytes: bytes, blockSize: size, blockCount: blockCount, dsfid: model.dsfid)
            let target = Self.targets.randomElement(using: &random) ?? .iso28560Part2
            let profile = Self.profile(target, owner: content.ownerInstitution ?? "DK-718500")
            guard case .plan(let plan) = Conversion(of: memory, for: profile, isKnownItem: true) else { continue }
            plans += 1
            if plan.interruption == .alwaysReadable { alwaysReadable += 1 }
            Self.expectNeverAnother(plan, over: memory, identifier: content.primaryItemIdentifier, "seed \(seed)")
            #expect(Set(plan.writes.map(\.block)).count >= plan.writes.count - 1)
            // What may be left is what is on the result: nothing old stays behind it.
            #expect(plan.result == plan.memory(memory, after: plan.writes.count).bytes)
        }
        #expect(plans > 20)
        #expect(alwaysReadable > 0)
    }

    @Test func `a tag that is already right is left alone`() throws {
        let content = TagContent(primaryItemIdentifier: "30114012345678", ownerInstitution: "GB-UkOxU")
        for target in Self.targets {
            let model: any TagDataModel.Type = target == .iso28560Part2 ? Part2Model.self : Part3Model.self
            let bytes = try model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
            let memory = TagMemory(bytes: bytes, blockCount: 28, dsfid: model.dsfid)
            guard case .plan(let plan) = Conversion(of: memory, for: Self.profile(target, owner: "GB-UkOxU")) else {
                Issue.record("refused")
                continue
            }
            #expect(plan.writes.isEmpty)
            #expect(plan.dsfid == nil)
            #expect(plan.interruption == .alwaysReadable)
        }
    }

    @Test func `an item stays readable while its title is taken off an ISO 28560-2 tag`() throws {
        let content = TagContent(
            primaryItemIdentifier: "30114012345678",
            ownerInstitution: "GB-UkOxU",
            setInformation: .single,
            typeOfUsage: .circulation,
            others: [17: "A title of a book"]
        )
        let bytes = try Part2Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        let memory = TagMemory(bytes: bytes, blockCount: 28, dsfid: 0x06)
        guard case .plan(let plan) = Conversion(of: memory, for: Self.profile(.iso28560Part2, owner: "GB-UkOxU")) else {
            Issue.record("refused")
            return
        }
        #expect(plan.interruption == .alwaysReadable)
        #expect(plan.leftOut == ["title"])
        Self.expectNeverAnother(plan, over: memory, identifier: "30114012345678")
    }

    @Test func `only blocks that change are written`() throws {
        let content = TagContent(
            primaryItemIdentifier: "30114012345678",
            ownerInstitution: "GB-UkOxU",
            typeOfUsage: .circulation
        )
        let bytes = try Part2Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        let memory = TagMemory(bytes: bytes, blockCount: 28, dsfid: 0x00)
        guard case .plan(let plan) = Conversion(of: memory, for: Self.profile(.iso28560Part3, owner: "GB-UkOxU")) else {
            Issue.record("refused")
            return
        }
        for block in 0..<28 {
            let range = block * 4..<block * 4 + 4
            let changes = memory.bytes[range] != plan.result[range]
            #expect(plan.writes.contains { $0.block == block } == changes)
        }
        #expect(plan.writes.allSatisfy { $0.block < 9 })
        #expect(plan.dsfid == 0x3E)
        // The basic block's checksum covers blocks 0 to 8, so a torn tag cannot be readable; it shows as no item.
        guard case .broken = plan.interruption else {
            Issue.record("\(plan.interruption)")
            return
        }
    }

    @Test func `a title is cleared from the tag and said to be left out`() throws {
        let content = TagContent(
            primaryItemIdentifier: "1000000999",
            ownerInstitution: "DK-718500",
            others: [17: "Æventyr", 6: "2.A.17"]
        )
        let bytes = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        let memory = TagMemory(bytes: bytes, blockCount: 28, dsfid: 0x3E)
        guard case .plan(let plan) = Conversion(of: memory, for: Self.profile(.iso28560Part2, owner: "DK-718500"))
        else {
            Issue.record("refused")
            return
        }
        #expect(plan.leftOut == ["shelfLocation", "title"])
        #expect(plan.result.dropFirst(28).allSatisfy { $0 == 0 })
    }

    @Test func `what no element can say is named before it is cleared`() throws {
        let danish = try #require(RealTag.all.first { $0.name.contains("block 101") })
        guard
            case .plan(let plan) = Conversion(
                of: Self.onChip(danish),
                for: Self.profile(.iso28560Part2, owner: "FI-Mamk-M")
            )
        else {
            Issue.record("refused")
            return
        }
        #expect(plan.leftOut == ["unstructuredBlock"])
        let book = try #require(RealTag.all.first { $0.model == "3m" })
        guard case .plan(let other) = Conversion(of: book.memory, for: Self.profile(.iso28560Part2, owner: "US-x"))
        else {
            Issue.record("refused")
            return
        }
        #expect(other.leftOut == ["mediaType"])
    }

    /// 27 to 31 are reserved and the additional byte says numbers up to 270 (datamodels §3.1, §4.1): 30 and 140 here.
    @Test(arguments: targets)
    func `elements of a later edition are named and do not stop a conversion`(_ target: SiteProfile.Target) throws {
        let bytes = try Hex.bytes("1105 1CBE991A14 0204A0000010 050110 0307ACC09EBAA06F6B 6F0F024142 6F7D024344")
        let memory = TagMemory(bytes: bytes + Array(repeating: 0, count: 112 - bytes.count), dsfid: 0x06)
        let tag = LibraryTag(reading: memory)
        #expect(tag.primaryItemIdentifier == "123456789012")
        #expect(tag.elements.suffix(2).map(\.oid) == [30, 140])
        #expect(tag.elements.suffix(2).map(\.value) == ["AB", "CD"])
        let conversion = Conversion(of: memory, for: Self.profile(target, owner: "US-InU-Mu"))
        guard case .plan(let plan) = conversion else {
            Issue.record("\(conversion)")
            return
        }
        #expect(plan.leftOut == ["reserved element 30", "reserved element 140"])
        Self.expectNeverAnother(plan, over: memory, identifier: "123456789012")
    }

    @Test func `a reversed tag stays reversed as ISO 28560-3`() throws {
        let real = try #require(RealTag.all.first { $0.name == "every block reversed" })
        var profile = Self.profile(.iso28560Part3, owner: "DE-705")
        guard case .plan(let kept) = Conversion(of: real.memory, for: profile) else {
            Issue.record("refused")
            return
        }
        #expect(kept.writes.isEmpty)
        profile.keepsReversedBlocks = false
        guard case .plan(let turned) = Conversion(of: real.memory, for: profile) else {
            Issue.record("refused")
            return
        }
        #expect(turned.result.starts(with: [0x11, 0x01, 0x01, 0x31]))
    }

    @Test func `tags that are not this library's items are refused`() throws {
        let profile = Self.profile(.iso28560Part2, owner: "DK-718500")
        let geometry = MemoryGeometry(blockSize: 4, blockCount: 28)
        func refusal(_ memory: TagMemory, _ profile: SiteProfile = profile) -> ConversionRefusal? {
            if case .refused(let refusal) = Conversion(of: memory, for: profile) { refusal } else { nil }
        }
        let foreign = try Part3Model.encode(
            TagContent(primaryItemIdentifier: "1", ownerInstitution: "SE-Mm"),
            for: geometry
        )
        #expect(refusal(TagMemory(bytes: foreign)) == .foreignOwner("SE-Mm"))
        let patron = try Part3Model.encode(
            TagContent(
                primaryItemIdentifier: "P00012345",
                ownerInstitution: "DK-718500",
                typeOfUsage: TypeOfUsage(mainClass: 8)
            ),
            for: geometry
        )
        #expect(refusal(TagMemory(bytes: patron)) == .patronCard)
        var damaged = try Part3Model.encode(
            TagContent(primaryItemIdentifier: "1", ownerInstitution: "DK-718500"),
            for: geometry
        )
        damaged[3] ^= 0x01
        guard case .notReliable = refusal(TagMemory(bytes: damaged)) else {
            Issue.record("damaged tag not refused")
            return
        }
        var anonymous = profile
        anonymous.convertsTagsWithoutOwner = false
        let unowned = try Part2Model.encode(TagContent(primaryItemIdentifier: "12345"), for: geometry)
        #expect(refusal(TagMemory(bytes: unowned, dsfid: 0x06), anonymous) == .noOwner)
        #expect(refusal(TagMemory(bytes: unowned, dsfid: 0x46)) == .directory)
        #expect(refusal(TagMemory(bytes: Array(unowned[..<32]), blockCount: 28)) == .partialRead(read: 32, wanted: 112))
        #expect(refusal(TagMemory(bytes: Array(repeating: 0, count: 112))) == .noIdentifier)
        guard case .notRecognised = refusal(TagMemory(bytes: Array(repeating: 0xA7, count: 112))) else {
            Issue.record("foreign tag not refused")
            return
        }
    }

    @Test func `a tag with a wrong checksum is converted only where the site says so`() throws {
        let content = TagContent(primaryItemIdentifier: "1000000136", ownerInstitution: "DK-718500")
        var bytes = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        bytes[19] ^= 0xFF
        let memory = TagMemory(bytes: bytes, blockCount: 28, dsfid: 0x3E)
        #expect(!LibraryTag(reading: memory).isReliable)
        var profile = Self.profile(.iso28560Part3, owner: "DK-718500")
        guard case .refused(.notReliable) = Conversion(of: memory, for: profile) else {
            Issue.record("not refused")
            return
        }
        profile.acceptsWrongChecksums = true
        guard case .plan(let plan) = Conversion(of: memory, for: profile) else {
            Issue.record("refused")
            return
        }
        let mended = LibraryTag(reading: TagMemory(bytes: plan.result, blockCount: 28, dsfid: 0x3E))
        #expect(mended.isReliable)
        #expect(mended.primaryItemIdentifier == "1000000136")
        // Fields that make no sense are no item, whatever the site says.
        var rubbish = memory
        rubbish.bytes[1] = 0
        rubbish.bytes[21] = 0xFF
        #expect(Conversion(of: rubbish, for: profile) != .plan(plan))
        guard case .refused = Conversion(of: rubbish, for: profile) else {
            Issue.record("rubbish not refused")
            return
        }
    }

    @Test func `an unowned tag is converted when its identifier is in the holdings`() throws {
        let real = try #require(RealTag.all.first { $0.model == "dm11" })
        var profile = Self.profile(.iso28560Part3, owner: "DE-705")
        profile.convertsTagsWithoutOwner = false
        #expect(Conversion(of: real.memory, for: profile) == .refused(.noOwner))
        guard case .plan(let plan) = Conversion(of: real.memory, for: profile, isKnownItem: true) else {
            Issue.record("refused")
            return
        }
        #expect(LibraryTag(reading: TagMemory(bytes: plan.result)).ownerInstitution == "DE-705")
    }

    @Test func `what does not fit or would be cut short is refused`() throws {
        let content = TagContent(
            primaryItemIdentifier: "12345678901234567890",
            ownerInstitution: "GB-UkOxU"
        )
        let bytes = try Part2Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 8))
        let memory = TagMemory(bytes: bytes, blockCount: 8, dsfid: 0x06)
        guard
            case .refused(.cannotWrite(.unrepresentable(let field, _, _))) =
                Conversion(of: memory, for: Self.profile(.iso28560Part3, owner: "GB-UkOxU"))
        else {
            Issue.record("not refused")
            return
        }
        #expect(field == "primaryItemIdentifier")
    }

    /// datamodels §5.9, step 5: a block that does not fit is left out and reported, text is never cut short. 32 bytes
    /// hold the basic block alone (§5.1).
    @Test(arguments: [(28, ["title"], "2.A.17"), (8, ["shelfLocation"], nil)] as [(Int, [String], String?)])
    func `what ISO 28560-3 has no room for is left out block by block and named`(
        blocks: Int,
        leftOut: [String],
        shelf: String?
    ) throws {
        let title = String(repeating: "title of a book ", count: 5)
        let content = TagContent(
            primaryItemIdentifier: "30114012345678",
            ownerInstitution: "GB-UkOxU",
            others: blocks > 8 ? [6: "2.A.17", 17: title] : [6: "2.A.17"]
        )
        let bytes = try Part2Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: blocks))
        let memory = TagMemory(bytes: bytes, blockCount: blocks, dsfid: 0x06)
        var profile = Self.profile(.iso28560Part3, owner: "GB-UkOxU")
        profile.elements.formUnion([.title, .shelfLocation])
        let conversion = Conversion(of: memory, for: profile)
        guard case .plan(let plan) = conversion else {
            Issue.record("\(conversion)")
            return
        }
        #expect(plan.leftOut == leftOut)
        let tag = LibraryTag(reading: TagMemory(bytes: plan.result, dsfid: plan.dsfid))
        #expect(tag.isReliable)
        #expect(tag.ownerInstitution == "GB-UkOxU")
        #expect(tag.element(.shelfLocation)?.value == shelf)
        #expect(tag.element(.title) == nil)
        Self.expectNeverAnother(plan, over: memory, identifier: "30114012345678")
    }

    @Test func `a locked block that would have to change is named`() throws {
        let content = TagContent(primaryItemIdentifier: "1000000999", ownerInstitution: "DK-718500")
        let bytes = try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28))
        var memory = TagMemory(bytes: bytes, blockCount: 28, dsfid: 0x3E)
        memory.locked = Array(repeating: false, count: 28)
        memory.locked[2] = true
        let conversion = Conversion(of: memory, for: Self.profile(.iso28560Part2, owner: "DK-718500"))
        #expect(conversion == .refused(.cannotWrite(.locked(block: 2))))
    }

    @Test func `owners are compared without regard to letter case`() {
        var profile = SiteProfile()
        profile.ownerInstitution = "FI-Mamk-M"
        profile.furtherOwners = ["0626676201"]
        #expect(profile.owns("FI-MAMK-M"))
        #expect(profile.owns("0626676201"))
        #expect(!profile.owns("FI-Porna"))
    }

    @Test func `the security byte is judged by the site's own pair`() {
        #expect(AFISecurity().state(of: 0x07) == .armed)
        #expect(AFISecurity().state(of: 0xC2) == .disarmed)
        #expect(AFISecurity().state(of: 0x21) == .unknown)
        #expect(AFISecurity(disarmed: 0x21).state(of: 0x21) == .disarmed)
        #expect(AFISecurity().state(of: nil) == .unknown)
    }
}
