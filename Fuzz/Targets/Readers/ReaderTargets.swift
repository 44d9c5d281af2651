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

    /// The same frames come out whether the bytes come at once or in portions.
    private static func frames<Decoder: FrameDecoder>(_ decoder: Decoder, _ input: [UInt8]) {
        let whole = frames(decoder, [input[...]])
        // Text decoders keep no more than a number of frames that nobody takes.
        guard whole.count < 64 else { return }
        let parts = frames(decoder, input.portions(of: input.portionSize))
        promise(parts == whole, "\(whole.count) frames, in portions of \(input.portionSize) \(parts.count)")
    }

    private static func frames<Decoder: FrameDecoder>(
        _ decoder: Decoder,
        _ portions: [ArraySlice<UInt8>]
    ) -> [Decoder.Frame] {
        var decoder = decoder
        var frames: [Decoder.Frame] = []
        for portion in portions {
            decoder.append(portion)
            while let found = decoder.next() {
                if case .frame(let frame) = found { frames.append(frame) }
            }
        }
        return frames
    }
}
