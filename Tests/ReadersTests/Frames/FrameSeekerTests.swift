import Readers
import Synchronization
import Testing
import Wire

/// A mark, a length and a checksum as FEIG's have; counts the bytes that its frames are read from.
private struct CountedFrame: SizedFrame {
    static let read = Mutex(0)
    static let longest = 0xFFFF
    static let checksum = FrameChecksum.crc(.feig, uncovered: 0, lowFirst: true)

    var content: [UInt8]

    var bytes: [UInt8] {
        let length = UInt16(content.count + 5)
        let covered = [0x02, UInt8(length >> 8), UInt8(length & 0xFF)] + content
        let value = CRC16.feig.value(covered)
        return covered + [UInt8(value & 0xFF), UInt8(value >> 8)]
    }

    init(content: [UInt8]) {
        self.content = content
    }

    init(parsing reader: inout ByteReader) throws(ParseError) {
        let count = reader.remaining
        Self.read.withLock { $0 += count }
        try reader.skip(3, "head")
        content = Array(try reader.bytes(reader.remaining - 2, "content"))
        try reader.skip(2, "checksum")
    }

    static func length(of pending: ArraySlice<UInt8>) -> FrameLength {
        let head = pending.startIndex
        guard pending[head] == 0x02 else { return .impossible }
        guard pending.count >= 3 else { return .undecided }
        let length = Int(pending[head + 1]) << 8 | Int(pending[head + 2])
        return length >= 5 ? .bytes(length) : .impossible
    }
}

struct FrameSeekerTests {
    @Test func `bytes chosen to begin a long frame at every third place are not read for each of them`() {
        // 10926 of them are complete, together 358 million bytes.
        let chosen = [[UInt8]](repeating: [0x02, 0x80, 0x00], count: 21_845).flatMap { $0 }
        let hidden = CountedFrame(content: [1, 2, 3, 4])
        var decoder = SizedDecoder<CountedFrame>()
        decoder.append(chosen + hidden.bytes)
        var frames: [CountedFrame] = []
        var garbage = 0
        var damaged = 0
        func takeAll() {
            while let found = decoder.next() {
                switch found {
                case .frame(let frame): frames.append(frame)
                case .garbage(let bytes): garbage += bytes.count
                case .damaged: damaged += 1
                }
            }
        }
        takeAll()
        decoder.lineFellSilent()
        takeAll()
        #expect(frames == [hidden])
        #expect(garbage == chosen.count)
        #expect(damaged == 10_926)
        #expect(CountedFrame.read.withLock { $0 } == hidden.bytes.count)
    }
}
