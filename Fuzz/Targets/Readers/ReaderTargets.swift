import Readers
import Wire

/// The smaller reader families: their frames in any portions, and what stands in them.
enum ReaderTargets {
    static let list = [
        FuzzTarget("rl866-frames", .readers, longest: 512) { frames(RL866Decoder(), $0) },
        FuzzTarget("3m-frames", .readers, longest: 512) { frames(ThreeMDecoder(), $0) },
        FuzzTarget("jmy-frames", .readers, longest: 512) { frames(JMYDecoder(), $0) },
        FuzzTarget("ccid-frames", .readers, longest: 512) { frames(CCIDDecoder(), $0) },
        FuzzTarget("trf-text", .readers, longest: 512) { input in
            frames(TRFDecoder(), input)
            if let request = try? TRFRequest(text: input) {
                promise((try? TRFRequest(text: request.text)) == request, "another request")
            }
        },
        FuzzTarget("metratec-text", .readers, longest: 512) { frames(MetraTecDecoder(), $0) },
        FuzzTarget("reader-values", .readers, longest: 96) { input in
            roundTrip(JMYFrame.self, input)
            roundTrip(JMYTags.self, input)
            roundTrip(CCIDMessage.self, input)
            roundTrip(CardAnswer.self, input)
            roundTrip(DataObject.self, input)
            if let command = try? CardCommand(input) { _ = try? TransparentSession.question(command) }
            if let reply = try? TransparentReply(input) { _ = reply.bytes }
            _ = StorageCardATR(input)
            _ = try? JMYProduct(input)
        },
    ]

    /// The same frames come out whether the bytes come at once or singly.
    private static func frames<Decoder: FrameDecoder>(_ decoder: Decoder, _ input: [UInt8]) {
        var whole = decoder
        whole.append(input)
        var frames: [Decoder.Frame] = []
        while let found = whole.next() {
            if case .frame(let frame) = found { frames.append(frame) }
        }
        var single = decoder
        var others: [Decoder.Frame] = []
        for byte in input {
            single.append(CollectionOfOne(byte))
            while let found = single.next() {
                if case .frame(let frame) = found { others.append(frame) }
            }
        }
        // Text decoders keep no more than a number of pieces that nobody takes.
        if frames.count < 64 { promise(frames == others, "\(frames.count) and \(others.count) frames") }
    }
}
