import Testing
import Wire

/// Feeds a decoder the same frames in every way a line may deliver them and wants the same frames out.
///
/// `noise` are bytes of which none can begin a frame of the protocol under test.
func verify<Decoder: FrameDecoder>(
    _ make: () -> Decoder,
    frames: [(bytes: [UInt8], frame: Decoder.Frame)],
    noise: [UInt8],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let stream = frames.flatMap(\.bytes)
    let wanted = frames.map(\.frame)
    func decode(_ portions: [[UInt8]]) -> (frames: [Decoder.Frame], garbage: [UInt8]) {
        var decoder = make()
        var found: [Decoder.Frame] = []
        var garbage: [UInt8] = []
        for portion in portions {
            decoder.append(portion)
            while let next = decoder.next() {
                switch next {
                case .frame(let frame): found.append(frame)
                case .garbage(let bytes): garbage += bytes
                case .damaged(let length, _, _):
                    Issue.record("damaged, \(length) bytes", sourceLocation: sourceLocation)
                }
            }
        }
        return (found, garbage)
    }
    #expect(decode([stream]) == (wanted, []), "all at once", sourceLocation: sourceLocation)
    #expect(decode(stream.map { [$0] }) == (wanted, []), "byte by byte", sourceLocation: sourceLocation)
    for split in stream.indices {
        let portions = [Array(stream[..<split]), Array(stream[split...])]
        #expect(decode(portions) == (wanted, []), "split at \(split)", sourceLocation: sourceLocation)
    }
    let noisy = noise + frames.flatMap { $0.bytes + noise }
    let allNoise = Array(repeating: noise, count: frames.count + 1).flatMap { $0 }
    #expect(decode([noisy]) == (wanted, allNoise), "noise between", sourceLocation: sourceLocation)
    #expect(decode(noisy.map { [$0] }) == (wanted, allNoise), "noise byte by byte", sourceLocation: sourceLocation)
}
