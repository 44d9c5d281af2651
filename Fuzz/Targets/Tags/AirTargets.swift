import Tags
import Wire

/// ISO 15693 frames, from both ends.
enum AirTargets {
    static let list = [
        FuzzTarget("request", .air, longest: 64) { input in
            guard let frame = try? ISO15693.RequestFrame(input) else { return }
            promise(frame.bytes == input, "a request is written in two ways")
            promise((try? ISO15693.RequestFrame(onAir: frame.onAir)) == frame, "check bytes")
        },
        FuzzTarget("response", .air, longest: 160, run: response),
        FuzzTarget("system-information", .air, longest: 64) { input in
            let wide = (input.first ?? 0) & 1 == 1
            var reader = ByteReader(input.dropFirst())
            guard let found = try? ISO15693.SystemInformation(parsing: &reader, wide: wide), found.problem == nil else {
                return
            }
            var writer = ByteWriter()
            found.write(to: &writer, wide: wide)
            var again = ByteReader(writer.bytes)
            promise((try? ISO15693.SystemInformation(parsing: &again, wide: wide)) == found, "\(found) is not kept")
        },
        FuzzTarget("inventory", .air, longest: 32) { input in
            roundTrip(ISO15693.InventoryRequest.self, input)
            roundTrip(ISO15693.InventoryAnswer.self, input)
            _ = try? ISO15693.InventoryRequest(onAir: input)
        },
        FuzzTarget("inventory-read", .air, longest: 64) { input in
            guard let choice = input.first, let length = input.dropFirst().first else { return }
            let content = Array(input.dropFirst(2))
            guard let read = try? NXP.InventoryRead(Array(content.prefix(Int(length)))) else { return }
            promise((try? NXP.InventoryRead(read.bytes)) == read, "inventory read is written in two ways")
            let answer = Array(content.dropFirst(Int(length)))
            _ = try? read.answer(onAir: ISO15693.FrameCheck.sealing(answer), slot: Int(choice))
        },
        FuzzTarget("maker-answers", .air, longest: 64) { input in
            guard let choice = input.first else { return }
            let content = Array(input.dropFirst())
            roundTrip(NXP.SystemInformation.self, content)
            makersCommands[Int(choice) % makersCommands.count](.data(content))
        },
    ]

    /// Every maker's command that is told something.
    private static let makersCommands: [@Sendable (ISO15693.Response) -> Void] = [
        answered(NXP.GetSystemInformation.self), answered(NXP.GetRandomNumber.self), answered(NXP.ReadSignature.self),
        answered(NXP.ReadEPC.self), answered(NXP.ReadConfiguration.self), answered(NXP.GetBlockProtection.self),
        answered(NXP.EASAlarm.self), answered(ST.GetRandomNumber.self), answered(ST.FastReadMultipleBlocks.self),
        answered(ST.ReadConfiguration.self),
    ]

    /// The same bytes are always understood as the same.
    private static func answered<Command: CustomCommand>(
        _ command: Command.Type
    ) -> @Sendable (ISO15693.Response) -> Void {
        { response in
            guard let answer = try? Command.answer(from: response) else { return }
            promise((try? Command.answer(from: response)) == answer, "\(answer) is understood in two ways")
        }
    }

    /// Requests with every kind of answer: blocks with and without security, wide ones, a maker's.
    private static let questions: [ISO15693.RequestFrame] = [
        "222003DDA3B1140104E000", "222303DDA3B1140104E0011A", "222103DDA3B1140104E005DEADBEEF", "222B03DDA3B1140104E0",
        "0A2B", "023B7F", "423300010300", "423D00010300", "022C001B", "02A504", "02B204", "4223001F", "0223001F",
    ].compactMap { try? ISO15693.RequestFrame(Hex.bytes($0)) }

    private static func response(_ input: [UInt8]) {
        guard let choice = input.first, let size = input.dropFirst().first else { return }
        let question = questions[Int(choice) % questions.count]
        let content = Array(input.dropFirst(2))
        let blockSize = size == 0 ? nil : Int(size)
        guard let answer = try? ISO15693.Response(content: content, answering: question, blockSize: blockSize) else {
            return
        }
        if case .systemInformation(let information) = answer, information.problem != nil { return }
        let wide = question.header.flags.contains(.protocolExtension)
        let written = answer.content(answering: question.request, protocolExtension: wide)
        let again = try? ISO15693.Response(content: written, answering: question, blockSize: blockSize)
        promise(again == answer, "\(answer) became \(again.map { "\($0)" } ?? "nothing")")
    }
}
