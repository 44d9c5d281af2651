import Wire

extension FEIGReader {
    /// Newer readers know 72, older ones 71: what the model is thought to know comes first, the other one if refused.
    package mutating func switchOutput(
        _ output: ReaderOutput,
        _ signal: ReaderSignal,
        for time: Duration
    ) async throws(ReaderError) {
        let steps = FEIGTime.steps(time)
        let new = FEIGSetOutput(output, signal, time: steps)
        if model.outputs == .new, !lacksNewOutputs, let new {
            if try await isKnown(new) { return }
            lacksNewOutputs = true
        }
        guard let old = FEIGSetOutputOld(output, signal, time: steps, on: model) else {
            throw .unsupported("\(output) on \(model.name)")
        }
        if !lacksOldOutputs {
            if try await isKnown(old) { return }
            lacksOldOutputs = true
        }
        guard model.outputs != .new, let new, try await isKnown(new) else {
            throw .unsupported("\(output) on \(model.name)")
        }
    }

    /// Sends a command; whether the reader has it at all. Another refusal is thrown.
    private mutating func isKnown(_ command: some FEIGCommand) async throws(ReaderError) -> Bool {
        let answer = try await line.ask(command, within: FEIGLine.ownLimit)
        if answer.status == .unknownCommand { return false }
        _ = try answer.required(type(of: command).code)
        return true
    }

    package mutating func readInputs() async throws(ReaderError) -> ReaderInputs {
        try await line.ask(FEIGGetInput(), within: FEIGLine.ownLimit).required(.getInput).inputs
    }

    /// At most 255 records; what more there is comes after ``clearBuffer()``.
    package mutating func readBuffer() async throws(ReaderError) -> BufferedTags {
        let answer = try await line.ask(FEIGReadBuffer(dataSets: 0xFF))
        if answer.status == .noData || answer.status == .noTag { return BufferedTags(tags: []) }
        if answer.status == .radioWarning, answer.data.isEmpty {
            return BufferedTags(tags: [], warnings: [answer.status.meaning])
        }
        return try answer.required(.readBuffer).tags(with: answer.status)
    }

    /// Never repeated by itself: a second 32 would forget records nobody has read.
    package mutating func clearBuffer() async throws(ReaderError) {
        let answer = try await line.ask(FEIGClearBuffer(), mayRepeat: false)
        if answer.status != .noData { _ = try answer.required(.clearBuffer) }
    }

    package mutating func readPeopleCount() async throws(ReaderError) -> PeopleCount {
        let counters = try await askInside(FEIGGetPeopleCounter())
        return PeopleCount(lanes: counters.lanes)
    }

    package mutating func resetPeopleCount() async throws(ReaderError) {
        _ = try await askInside(FEIGSetPeopleCounter(FEIGPeopleCounters(incoming: 0, outgoing: 0)))
    }

    /// Asks the people counter on the gate's inner bus, address 01.
    private mutating func askInside<Command: FEIGCommand>(
        _ command: Command
    ) async throws(ReaderError) -> Command.Reply {
        let frame = FEIGFrame(style: .advanced, address: 1, command: Command.code.rawValue, payload: command.bytes)
        let outer = try await line.ask(FEIGPiggyback(frame)).required(.piggyback)
        let reply: FEIGReply
        do throws(ParseError) {
            reply = try FEIGReply(outer.inner)
        } catch {
            throw .malformed(error)
        }
        guard reply.command == Command.code.rawValue else {
            throw .malformed(
                .invalid(
                    field: "inner command",
                    offset: 4,
                    found: Hex.string(reply.command),
                    wanted: Hex.string(Command.code.rawValue)
                )
            )
        }
        return try FEIGAnswer<Command.Reply>(reply, from: model.name).required(Command.code)
    }
}

/// The unit of times in output commands.
enum FEIGTime {
    /// Steps of 100 ms, at least one; `.zero` means without end.
    static func steps(_ time: Duration) -> UInt16 {
        guard time > .zero else { return 0xFFFF }
        let (seconds, attoseconds) = time.components
        guard seconds < 6553 else { return 0xFFFE }
        return UInt16(clamping: max(1, seconds * 10 + attoseconds / 100_000_000_000_000_000))
    }
}
