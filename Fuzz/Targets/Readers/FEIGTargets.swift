import Readers
import Wire

/// FEIG readers: the frame decoder, every command and every reply.
enum FEIGTargets {
    static let list = [
        FuzzTarget("feig-frames", .readers, run: frames),
        FuzzTarget("feig-commands", .readers, longest: 96) { input in
            guard let choice = input.first else { return }
            let content = Array(input.dropFirst())
            commands[Int(choice) % commands.count].check(content)
        },
        FuzzTarget("feig-notifications", .readers) { input in
            var listener = FEIGNotificationListener(acknowledges: true)
            let actions = listener.take(input)
            promise(actions.count <= 2 * input.count, "\(actions.count) actions")
        },
        FuzzTarget("feig-control-transfer", .readers, longest: 64) { input in
            guard let reply = try? FEIGControlTransfer.reply(input) else { return }
            promise((try? FEIGReply(reply.frame)) == reply, "a reply is written in two ways")
        },
    ]

    private static let commands: [any FEIGCommand.Type] = [
        FEIGSystemInformation.self, FEIGSoftwareVersion.self, FEIGReaderInfo.self, FEIGTagOrder.self,
        FEIGTagSetting.self, FEIGReadExtendedConfiguration.self, FEIGWriteExtendedConfiguration.self,
        FEIGReadBuffer.self, FEIGClearBuffer.self, FEIGInitialiseBuffer.self, FEIGBufferInfo.self,
        FEIGReadConfiguration.self, FEIGWriteConfiguration.self, FEIGSaveConfiguration.self, FEIGInventory.self,
        FEIGReadBlocks.self, FEIGWriteBlocks.self, FEIGLockBlocks.self, FEIGBlockSecurity.self, FEIGCustom.self,
        FEIGTransparent.self, FEIGSetOutputOld.self, FEIGSetOutput.self, FEIGGetInput.self, FEIGDiagnostic.self,
        FEIGPing.self, FEIGCPUReset.self, FEIGFieldReset.self, FEIGFieldOutput.self, FEIGPiggyback.self,
        FEIGGetPeopleCounter.self, FEIGSetPeopleCounter.self,
    ]

    /// Every byte comes out once, in a frame or as garbage or first byte of a damaged one, whatever the portions.
    private static func frames(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let side = choice & 1 == 0 ? FEIGDecoder.Side.host : .reader
        let stream = input.dropFirst()
        let whole = decode([stream], side)
        let portion = Int(choice >> 1) % 7 + 1
        let portions = stride(from: stream.startIndex, to: stream.endIndex, by: portion).map {
            stream[$0..<min($0 + portion, stream.endIndex)]
        }
        let parts = decode(portions, side)
        promise(whole.frames == parts.frames, "other frames in portions of \(portion)")
        promise(whole.garbage == parts.garbage, "other garbage in portions of \(portion)")
        promise(whole.taken == stream.count, "\(whole.taken) of \(stream.count) bytes")
    }

    private struct Found {
        var frames: [FEIGFrame] = []
        var garbage: [UInt8] = []
        var taken = 0
    }

    private static func decode(_ portions: [ArraySlice<UInt8>], _ side: FEIGDecoder.Side) -> Found {
        var decoder = FEIGDecoder(side: side)
        var found = Found()
        func take(_ result: DecodedFrame<FEIGFrame>) {
            switch result {
            case .frame(let frame):
                found.frames.append(frame)
                found.taken += frame.bytes.count
                _ = try? FEIGReply(frame)
            case .garbage(let bytes):
                found.garbage += bytes
                found.taken += bytes.count
            case .damaged: break
            }
        }
        for portion in portions {
            decoder.append(portion)
            while let result = decoder.next() { take(result) }
        }
        decoder.lineFellSilent()
        while let result = decoder.next() { take(result) }
        return found
    }
}

extension FEIGCommand {
    /// Reads the bytes as this command and as its reply.
    fileprivate static func check(_ content: [UInt8]) {
        roundTrip(Self.self, content)
        roundTrip(Reply.self, content)
        if let reply = try? Reply(content) as? FEIGReadBuffer.Reply {
            promise(reply.tags.tags.count <= content.count, "\(reply.tags.tags.count) tags")
        }
    }
}
