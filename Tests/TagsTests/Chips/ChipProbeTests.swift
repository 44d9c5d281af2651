import Tags
import Testing

private let slix2 = TagUID(0xE004_0108_3F7B_635C)

private func information(_ uid: TagUID, blocks: Int, ic: UInt8) -> ISO15693.Response {
    .systemInformation(.init(uid: uid, geometry: .init(blockSize: 4, blockCount: blocks), icReference: ic))
}

/// Plays a tag that answers each question in turn; `nil` is silence.
private func probe(_ uid: TagUID, _ answers: [ISO15693.Response?]) -> (ChipProbe.Result?, asked: [UInt8]) {
    var probe = ChipProbe(uid)
    var asked: [UInt8] = []
    var rest = answers[...]
    var step = probe.begin()
    while case .ask(let request) = step {
        asked.append(request.code)
        guard let answer = rest.popFirst() else { return (nil, asked) }
        step = probe.take(answer)
    }
    guard case .finished(let result) = step else { return (nil, asked) }
    return (result, asked)
}

@Suite struct ChipProbeTests {
    @Test func `an SLIX is known after its own word`() {
        let uid = TagUID(0xE004_0114_B1A3_DD03)
        let (result, asked) = probe(uid, [information(uid, blocks: 28, ic: 1)])
        #expect(result?.chip?.name == "ICODE SLIX")
        #expect(result?.certainty == .confirmed)
        #expect(result?.geometry?.blockCount == 28)
        #expect(asked == [0x2B])
    }

    @Test func `an SLIX2 is asked NXP's own question too`() {
        let (result, asked) = probe(
            slix2,
            [information(slix2, blocks: 80, ic: 1), .data([0, 0, 0, 0x7F, 0x35, 0, 0])]
        )
        #expect(result?.chip?.name == "ICODE SLIX2")
        #expect(result?.certainty == .confirmed)
        #expect(asked == [0x2B, 0xAB])
    }

    @Test func `an old SLI with the bits of an SLIX2 is found out by its size`() {
        let (result, asked) = probe(slix2, [information(slix2, blocks: 28, ic: 1)])
        #expect(result?.chip?.name == "ICODE SLI")
        #expect(asked == [0x2B])
    }

    @Test(arguments: [.error(.init(code: 0x0F)), nil] as [ISO15693.Response?])
    func `an old SLI with the bits of an ICODE 3 is found out by not knowing the question`(answer: ISO15693.Response?) {
        // ICODE 3 comes in sizes only it can tell, so the size does not help.
        let uid = TagUID(0xE004_0120_0000_0001)
        let (result, asked) = probe(uid, [information(uid, blocks: 28, ic: 1), answer])
        #expect(result?.chip?.name == "ICODE SLI")
        #expect(asked == [0x2B, 0xAB])
    }

    @Test func `a Tag-it Standard is not asked what it does not know`() {
        let (result, asked) = probe(TagUID(0xE007_C0D2_E5C2_8090), [])
        #expect(result?.chip?.name == "Tag-it HF-I Standard")
        #expect(result?.geometry?.blockCount == 11)
        #expect(result?.certainty == .byUID)
        #expect(asked.isEmpty)
    }

    @Test(arguments: [nil, .error(.init(code: 0x0F))] as [ISO15693.Response?])
    func `a silent tag keeps the chip of its UID`(answer: ISO15693.Response?) {
        let (result, _) = probe(TagUID(0xE004_0150_0000_0001), [answer])
        #expect(result?.chip?.name == "ICODE SLIX")
        #expect(result?.certainty == .byUID)
    }

    @Test func `a clone is contradicted by its size and read by its own word`() {
        let clone = TagUID(0xE004_0150_0000_0001)
        let (result, _) = probe(clone, [information(clone, blocks: 64, ic: 1)])
        #expect(result?.chip == nil)
        #expect(result?.certainty == .contradicted)
        #expect(result?.geometry?.blockCount == 64)
    }

    @Test func `a stranger is asked and read by its own word`() {
        let stranger = TagUID(0xE023_0000_0000_0001)
        let (result, asked) = probe(stranger, [information(stranger, blocks: 16, ic: 9)])
        #expect(result?.chip == nil)
        #expect(result?.geometry?.blockCount == 16)
        #expect(asked == [0x2B])
    }

    @Test func `an SLIX-L is read by its row`() {
        let uid = TagUID(0xE004_0350_0000_0001)
        let (result, _) = probe(uid, [information(uid, blocks: 28, ic: 3)])
        #expect(result?.chip?.name == "ICODE SLIX-L")
        #expect(result?.geometry?.blockCount == 8)
    }
}
