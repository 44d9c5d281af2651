import Tags
import Testing
import Wire

struct ReadPlanTests {
    /// Reads the tag as the plan says, starting with `first` blocks; gives the blocks read and what they say.
    private func follow(_ real: RealTag, from first: Int) -> (blocks: Int, tag: LibraryTag) {
        var memory = real.memory
        let all = real.bytes
        memory.blockCount = max((all.count + 3) / 4, 9)
        let padded = all + Array(repeating: 0, count: (memory.blockCount ?? 0) * 4 - all.count)
        memory.bytes = Array(padded.prefix(first * 4))
        var reads = 0
        while case .read(let blocks) = ReadPlan(after: memory), reads < 5 {
            #expect(blocks.lowerBound * 4 == memory.bytes.count)
            memory.bytes += padded[(blocks.lowerBound * 4)..<(blocks.upperBound * 4)]
            reads += 1
        }
        #expect(reads <= 2)
        return (memory.bytes.count / 4, LibraryTag(reading: memory))
    }

    @Test(arguments: RealTag.all.filter { $0.name != "every block reversed" }, [1, 2, 4])
    func `the planned blocks suffice for the identifier`(_ real: RealTag, _ first: Int) {
        let (blocks, tag) = follow(real, from: first)
        #expect(tag.primaryItemIdentifier == real.identifier)
        #expect(blocks <= 9)
    }

    @Test func `a short identifier takes two blocks`() {
        var memory = TagMemory(bytes: [0x91, 0x00, 0x05, 0x1C], blockCount: 28, dsfid: 0x06)
        #expect(ReadPlan(after: memory) == .read(1..<2))
        memory.bytes += [0xBE, 0x99, 0x1A, 0x14]
        #expect(ReadPlan(after: memory) == .enough)
    }

    @Test func `what may be a basic block is read whole`() {
        let memory = TagMemory(bytes: [0x11, 0x06, 0x01, 0x31], blockCount: 28)
        #expect(ReadPlan(after: memory) == .read(1..<9))
        #expect(ReadPlan(after: TagMemory(bytes: memory.bytes, blockCount: 8)) == .read(1..<8))
    }

    /// 21 01 01 31 starts a reference copy in Bibliotheca's order of nibbles (datamodels §5.7), and reads as the
    /// digits 01 as well.
    @Test(arguments: [0x21, 0x71] as [UInt8])
    func `what may be a basic block with exchanged nibbles is read whole`(first: UInt8) {
        var memory = TagMemory(bytes: [first, 0x01, 0x01, 0x31], blockCount: 28)
        #expect(ReadPlan(after: memory) == .read(1..<9))
        memory.dsfid = 0x06
        #expect(ReadPlan(after: memory) == .enough)
    }

    @Test func `no plan runs past the tag or fails on nothing`() {
        #expect(ReadPlan(after: TagMemory(bytes: [])) == .enough)
        #expect(ReadPlan(after: TagMemory(bytes: [0x11], blockSize: 0)) == .enough)
        #expect(ReadPlan(after: TagMemory(bytes: [0x71, 0x7F, 0x00, 0x00], blockCount: 4)) == .read(1..<4))
    }
}
