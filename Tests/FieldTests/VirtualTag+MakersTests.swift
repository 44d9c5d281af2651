import Field
import Tags
import Testing
import Wire

@Suite struct VirtualTagMakersTests {
    @Test func `Texas Instruments writes two blocks from an even one`() throws {
        var bench = try Bench("Tag-it HF-I Plus")
        let data: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        #expect(try bench.custom(#require(TexasInstruments.WriteTwoBlocks(first: 4, data: data))) == .done)
        #expect(Array(bench.tag.memory[16..<24]) == data)
        #expect(TexasInstruments.WriteTwoBlocks(first: 5, data: data) == nil)
        let odd = ISO15693.Request.custom(.init(manufacturer: 7, code: 0xA2, parameters: [5] + data))
        #expect(try bench.send(odd) == .refused(0xA1))
        #expect(
            try bench.custom(#require(TexasInstruments.LockTwoBlocks(first: 4, Consent(givenBy: "a test"))))
                == .done
        )
        #expect(try bench.custom(#require(TexasInstruments.WriteTwoBlocks(first: 4, data: data))) == .refused(0xA2))
    }

    @Test func `a TI Pro password counts once its block is locked`() throws {
        var bench = try Bench("Tag-it HF-I Pro")
        let password: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        let kill = try #require(TexasInstruments.Kill(password: password, Consent(givenBy: "a test")))
        #expect(try bench.send(.writeSingleBlock(11, data: password)) == .done)
        #expect(try bench.custom(kill) == .refused(0x14))
        #expect(try bench.send(.lockBlock(11)) == .done)
        let write = try #require(
            TexasInstruments.WriteWithPassword(password: password, block: 0, data: [7, 7, 7, 7])
        )
        #expect(try bench.custom(write) == .done)
        #expect(bench.tag.memory.prefix(4) == [7, 7, 7, 7])
        #expect(try bench.custom(kill) == .done)
        #expect(bench.tag.state == .destroyed)
    }

    @Test func `a maker's command does nothing to another maker's tag`() throws {
        let bench = try Bench()
        #expect(
            TexasInstruments.Kill(password: [0, 0, 0, 0], Consent(givenBy: "a test"))?.request(for: bench.tag.uid)
                == nil
        )
        var st = try Bench("ST25TV02K")
        let arm = try ISO15693.RequestFrame(Hex.bytes("22A204" + Hex.string(st.tag.uid.onAir)))
        #expect(st.tag.receive(arm).content == [0x01, 0x01])
        #expect(!st.tag.eas.armed)
    }
}
