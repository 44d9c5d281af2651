import Field
import Tags
import Testing

@Suite struct VirtualTagTests {
    @Test func `a quiet tag answers only what names it`() throws {
        var bench = try Bench()
        #expect(bench.isInInventory)
        #expect(try bench.send(.stayQuiet) == nil)
        #expect(bench.tag.state == .quiet)
        #expect(!bench.isInInventory)
        #expect(try bench.hear("022000") == nil)
        #expect(try bench.send(.readSingleBlock(0, withSecurity: false)) != nil)
        #expect(try bench.send(.resetToReady) == .done)
        #expect(bench.isInInventory)
    }

    @Test func `stay quiet for everyone is not obeyed`() throws {
        var bench = try Bench()
        #expect(try bench.hear("0202") == nil)
        #expect(bench.tag.state == .ready)
    }

    @Test func `only the selected tag takes requests for the selected one`() throws {
        var bench = try Bench()
        #expect(try bench.hear("122000") == nil)
        #expect(try bench.send(.select) == .done)
        #expect(try bench.hear("122000") == .blocks([.init(data: [0, 0, 0, 0])]))
        // Selecting another tag lets this one go, silently.
        #expect(try bench.hear("2225 03DDA3B1140104E0") == nil)
        #expect(bench.tag.state == .ready)
    }

    @Test func `a quiet tag can be selected`() throws {
        var bench = try Bench()
        _ = try bench.send(.stayQuiet)
        #expect(try bench.send(.select) == .done)
        #expect(bench.tag.state == .selected)
    }

    /// Inventories are for tags that are ready (iso15693 §4.6, §12).
    @Test func `a selected tag is in no inventory until it is let go`() throws {
        var bench = try Bench()
        #expect(bench.isInInventory)
        #expect(try bench.send(.select) == .done)
        #expect(!bench.isInInventory)
        #expect(bench.tag.slot(afi: 0x07, mask: .init(bench.tag.uid), slots: .one) == nil)
        #expect(try bench.send(.resetToReady) == .done)
        #expect(bench.isInInventory)
    }

    @Test func `a request for another tag is not answered`() throws {
        var bench = try Bench()
        #expect(try bench.hear("2220 03DDA3B1140104E0 00") == nil)
        #expect(try bench.hear("2227 03DDA3B1140104E0 C2") == nil)
        #expect(bench.tag.afi == 0x07)
    }

    @Test func `a tag without power is silent and forgets its state`() throws {
        var bench = try Bench()
        _ = try bench.send(.stayQuiet)
        bench.tag.powerOff()
        #expect(try bench.send(.systemInformation) == nil)
        #expect(!bench.isInInventory)
        bench.tag.powerOn()
        #expect(bench.tag.state == .ready)
    }

    @Test func `persistent quiet outlasts a short loss of the field`() throws {
        var bench = try Bench("ICODE SLIX2")
        #expect(try bench.send(try #require(NXP.StayQuietPersistently().request(for: bench.tag.uid))) == nil)
        bench.tag.powerOff(forgetting: false)
        bench.tag.powerOn()
        #expect(!bench.isInInventory)
        bench.tag.powerOff()
        bench.tag.powerOn()
        #expect(bench.isInInventory)
    }

    @Test func `a mask and sixteen slots place a tag by its lowest bits`() throws {
        let bench = try Bench()  // serial …5678
        #expect(bench.tag.slot(afi: nil, mask: .none, slots: .sixteen) == 8)
        let mask = try #require(ISO15693.Mask(length: 4, value: 8))
        #expect(bench.tag.slot(afi: nil, mask: mask, slots: .sixteen) == 7)
        #expect(bench.tag.slot(afi: nil, mask: mask, slots: .one) == 0)
        #expect(bench.tag.slot(afi: nil, mask: try #require(.init(length: 4, value: 9)), slots: .one) == nil)
        #expect(bench.tag.slot(afi: nil, mask: .init(bench.tag.uid), slots: .one) == 0)
    }

    @Test(arguments: [(nil, true), (0x00, true), (0x07, true), (0xC2, false), (0x70, false)] as [(UInt8?, Bool)])
    func `an AFI is met by being equal or by 00`(afi: UInt8?, answers: Bool) throws {
        let bench = try Bench()
        #expect((bench.tag.slot(afi: afi, mask: .none, slots: .one) != nil) == answers)
    }

    @Test func `a chip without AFI never answers a request with one`() throws {
        let bench = try Bench("EM4034", afi: 0)
        #expect(bench.isInInventory)
        #expect(bench.tag.slot(afi: 0, mask: .none, slots: .one) == nil)
    }

    // MARK: Memory

    @Test func `NXP shortens a read over the end, ST refuses it, EM is silent`() throws {
        let read = ISO15693.Request.readMultipleBlocks(first: 26, count: 40, withSecurity: false)
        var nxp = try Bench()
        guard case .blocks(let blocks) = try nxp.send(read) else {
            Issue.record("no blocks")
            return
        }
        #expect(blocks.count == 2)
        var st = try Bench("LRI2K")
        #expect(try st.send(.readMultipleBlocks(first: 60, count: 8, withSecurity: false)) == .refused(0x10))
        var em = try Bench("EM4233")
        #expect(try em.send(.readMultipleBlocks(first: 50, count: 8, withSecurity: false)) == nil)
    }

    @Test func `a locked block keeps its content`() throws {
        var bench = try Bench("LRI2K", content: [1, 2, 3, 4])
        #expect(try bench.send(.lockBlock(0)) == .done)
        #expect(try bench.send(.writeSingleBlock(0, data: [9, 9, 9, 9])) == .refused(0x12))
        #expect(try bench.send(.lockBlock(0)) == .refused(0x11))
        #expect(
            try bench.send(.readSingleBlock(0, withSecurity: true))
                == .blocks([.init(data: [1, 2, 3, 4], security: 1)])
        )
        #expect(try bench.send(.blockSecurity(first: 0, count: 3)) == .blockSecurity([1, 0, 0]))
    }

    @Test func `NXP knows one error, EM none`() throws {
        var nxp = try Bench()
        #expect(try nxp.send(.writeSingleBlock(99, data: [0, 0, 0, 0])) == .refused(0x0F))
        #expect(try nxp.send(.writeMultipleBlocks(first: 0, count: 1, data: [0, 0, 0, 0])) == .refused(0x0F))
        var em = try Bench("EM4233")
        #expect(try em.send(.writeSingleBlock(99, data: [0, 0, 0, 0])) == nil)
    }

    @Test func `nobody answers an error to everyone`() throws {
        var bench = try Bench("LRI2K")
        #expect(try bench.hear("0220FF") == nil)
        #expect(try bench.send(.readSingleBlock(255, withSecurity: false)) == .refused(0x10))
    }

    @Test func `Fujitsu takes two blocks in one write, no more`() throws {
        var bench = try Bench("MB89R116/118")
        let block = [UInt8](repeating: 0xAA, count: 8)
        let (two, three) = (block + block, block + block + block)
        #expect(try bench.send(.writeMultipleBlocks(first: 0, count: 2, data: two)) == .done)
        #expect(try bench.send(.writeMultipleBlocks(first: 2, count: 3, data: three)) == .refused(0x0F))
        #expect(Array(bench.tag.memory.prefix(16)) == two)
        #expect(bench.tag.memory[16..<40].allSatisfy { $0 == 0 })
    }

    @Test func `a block of the wrong length is refused`() throws {
        var bench = try Bench("LRI2K")
        #expect(try bench.send(.writeSingleBlock(0, data: [1, 2, 3])) == .refused(0x02))
        #expect(bench.tag.memory.prefix(4) == [0, 0, 0, 0])
    }

    @Test func `AFI and DSFID are written until they are locked`() throws {
        var bench = try Bench("LRI2K")
        #expect(try bench.send(.writeAFI(0xC2)) == .done)
        #expect(try bench.send(.lockAFI) == .done)
        #expect(try bench.send(.writeAFI(0x07)) == .refused(0x12))
        #expect(bench.tag.afi == 0xC2)
        #expect(try bench.send(.writeDSFID(0x06)) == .done)
        #expect(try bench.send(.lockDSFID) == .done)
        #expect(try bench.send(.writeDSFID(0x3E)) == .refused(0x12))
        #expect(try bench.send(.lockDSFID) == .refused(0x11))
        #expect(bench.tag.dsfid == 0x06)
    }

    @Test func `an old TI tag keeps its AFI in block 10`() throws {
        var bench = try Bench("Tag-it HF-I Standard", afi: 0x07)
        #expect(bench.tag.memory[40] == 0x07)
        #expect(try bench.send(.writeAFI(0xC2)) == .refused(0x01))
        #expect(try bench.send(.writeSingleBlock(10, data: [0xC2, 0, 0, 0])) == .done)
        #expect(bench.tag.afi == 0xC2)
        #expect(bench.tag.slot(afi: 0xC2, mask: .none, slots: .one) == 0)
    }

    @Test(arguments: [("Tag-it HF-I Plus", false, 0x03), ("LRI2K", true, 0x03)] as [(String, Bool, UInt8)])
    func `a write with the wrong option flag is refused`(chip: String, option: Bool, code: UInt8) throws {
        var bench = try Bench(chip)
        #expect(try bench.send(.writeSingleBlock(0, data: [1, 2, 3, 4]), option: option) == .refused(code))
        #expect(bench.tag.memory[0] == 0)
    }

    @Test func `NXP takes writes with either option flag`() throws {
        var bench = try Bench()
        #expect(try bench.send(.writeAFI(1), option: false) == .done)
        #expect(try bench.send(.writeAFI(2), option: true) == .done)
    }

    @Test func `wide commands reach beyond block 255`() throws {
        let chip = try #require(ChipTable.named("ST25DV64K"))
        var tag = VirtualTag(
            uid: TagUID(0xE002_2600_0000_0001),
            chip: chip,
            geometry: .init(blockSize: 4, blockCount: 2048)
        )
        tag.powerOn()
        let write = ISO15693.Request.extended(.writeSingleBlock(2047, data: [5, 6, 7, 8]))
        #expect(tag.receive(try .init(write, to: tag.uid)).content == [0x00])
        let read = ISO15693.Request.extended(.readMultipleBlocks(first: 2046, count: 2, withSecurity: false))
        #expect(tag.receive(try .init(read, to: tag.uid)).content == [0, 0, 0, 0, 0, 5, 6, 7, 8])
        let asked = ISO15693.Request.extended(.systemInformation(.everything))
        let frame = try ISO15693.RequestFrame(asked, to: tag.uid)
        let content = try #require(tag.receive(frame).content)
        guard case .systemInformation(let told) = try ISO15693.Response(content: content, answering: frame) else {
            Issue.record("no system information")
            return
        }
        #expect(told.geometry?.blockCount == 2048)
        #expect(told.commands?.knows(0x33) == true)
    }

    @Test func `an unknown command is refused when it names the tag and ignored when it does not`() throws {
        var bench = try Bench("LRI2K")
        let header = ISO15693.RequestHeader(flags: [.highDataRate, .address], code: 0x3F, uid: bench.tag.uid)
        #expect(bench.tag.receiveUnknown(header).content == [0x01, 0x02])
        #expect(bench.tag.receiveUnknown(.init(flags: .highDataRate, code: 0x3F)) == .silent)
    }

    @Test func `NXP is silent to what it does not know under the protocol extension flag`() throws {
        var slix = try Bench()
        let request = ISO15693.Request.writeMultipleBlocks(first: 0, count: 1, data: [0, 0, 0, 0])
        let frame = try ISO15693.RequestFrame(request, to: slix.tag.uid, protocolExtension: true)
        #expect(slix.tag.receive(frame) == .silent)
        let flags: ISO15693.RequestFlags = [.highDataRate, .address, .protocolExtension]
        #expect(slix.tag.receiveUnknown(.init(flags: flags, code: 0x3F, uid: slix.tag.uid)) == .silent)
        var st = try Bench("LRI2K")
        #expect(st.tag.receiveUnknown(.init(flags: flags, code: 0x3F, uid: st.tag.uid)).content == [0x01, 0x02])
    }

    @Test func `content is what a library sees`() throws {
        let bench = try Bench("EM4034", content: [0xAA, 0xBB], afi: 0)
        #expect(bench.tag.memory[12...13] == [0xAA, 0xBB])
        #expect(bench.tag.content.bytes.count == 36)
        #expect(bench.tag.content.bytes.prefix(2) == [0xAA, 0xBB])
    }
}
