import Readers
import Tags
import Wire

/// What stands in the frames of the smaller families, and recordings of any reader.
enum MessageTargets {
    static let list = [
        FuzzTarget("3m-commands", .readers, longest: 96) { input in
            guard let choice = input.first else { return }
            let content = Array(input.dropFirst())
            commands[Int(choice) % commands.count].check(content)
            roundTrip(ThreeMTagOrder.self, content)
            roundTrip(ThreeMSetupVersion.self, content)
            guard let blocks = try? ThreeMReadBlocks.Reply(content) else { return }
            promise(blocks.blocks.count <= content.count, "\(blocks.blocks.count) blocks of \(content.count) bytes")
        },
        FuzzTarget("rl866-values", .readers, longest: 96) { input in
            roundTrip(RL866Inventory.self, input)
            roundTrip(RL866Connect.self, input)
            roundTrip(RL866Access.self, input)
            roundTrip(RL866Access.Reply.self, input)
            roundTrip(RL866SystemInformation.self, input)
            roundTrip(RL866Inventory.Reply.self, input)
            guard let reply = try? RL866Inventory.Reply(input) else { return }
            promise(reply.tags.count <= input.count / 8, "\(reply.tags.count) tags of \(input.count) bytes")
        },
        FuzzTarget("card-history", .readers, longest: 48) { input in
            guard let history = StorageCardATR(input) else { return }
            promise(StorageCardATR(history.bytes) == history, "\(history) is not kept")
        },
        FuzzTarget("metratec-answers", .readers, run: metratec),
        FuzzTarget("trf-answers", .readers, longest: 96) { input in
            let reply = TRFReply.bracket(String(decoding: input, as: UTF8.self))
            if let answer = reply.answer {
                promise(answer.count <= input.count / 2, "\(answer.count) bytes of \(input.count)")
            }
            guard case .frame(let frame)? = reply.slot else { return }
            promise(frame.count == 12, "an answer of \(frame.count) bytes to an inventory")
        },
        FuzzTarget("transcript", .readers, run: transcript),
    ]

    private static let commands: [any ThreeMCommand.Type] = [
        ThreeMInventory.self, ThreeMVersion.self, ThreeMStartUp.self, ThreeMReadBlocks.self, ThreeMWriteBlocks.self,
        ThreeMTagInformation.self, ThreeMPassThrough.self,
    ]

    /// An answer is heard as it was said; an inventory has no more tags than lines, and none that is no tag of ours.
    private static func metratec(_ input: [UInt8]) {
        let lines = input.split(separator: 0x0D).map { String(decoding: $0, as: UTF8.self) }
        let answer = MetraTecAnswer(lines)
        if let inventory = answer.inventory {
            promise(inventory.uids.count < lines.count, "\(inventory.uids.count) tags in \(lines.count) lines")
            promise(inventory.uids.allSatisfy { $0.rawValue >> 56 == 0xE0 }, "\(inventory.uids)")
        }
        if case .answer(let content)? = answer.request {
            promise(content.count <= input.count / 2, "\(content.count) bytes of \(input.count)")
        }
        guard !lines.isEmpty, input.allSatisfy({ $0 == 0x0D || (0x20...0x7E).contains($0) }) else { return }
        var decoder = MetraTecDecoder()
        decoder.append(answer.text)
        promise(decoder.next() == .frame(answer), "\(answer) is not heard")
    }

    /// What was sent and received is written back the same, and a call is asked as it was told.
    private static func transcript(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        do throws(ParseError) {
            let transcript = try Transcript(parsing: text)
            let again = try Transcript(parsing: transcript.text)
            promise(again.lines.count == transcript.lines.count, "\(again.lines.count) lines")
            promise(bytes(again) == bytes(transcript), "\(transcript.text) is not kept")
            for (call, _) in transcript.calls {
                // A request that no driver would build is read, and cannot be told.
                guard let told = ReaderCall(call.text) else { continue }
                promise(told == call, "\(call) is asked as \(call.text)")
            }
        } catch {
            promise("\(error)".hasPrefix("transcript line "), "\(error) names no line")
        }
    }

    private static func bytes(_ transcript: Transcript) -> [Transcript.Line] {
        transcript.lines.filter { line in
            if case .comment = line { false } else { true }
        }
    }
}

extension ThreeMCommand {
    /// Reads the bytes as this command and as its reply.
    fileprivate static func check(_ content: [UInt8]) {
        roundTrip(Self.self, content)
        roundTrip(Reply.self, content)
    }
}
