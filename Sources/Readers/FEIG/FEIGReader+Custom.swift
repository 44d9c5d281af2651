import Tags
import Wire

/// How long a tag's answer to a maker's command is, which BF must be told beforehand.
private struct CustomAnswer {
    var manufacturer: UInt8
    var code: UInt8
    /// Bytes between flags and checksum.
    var dataBytes: Int

    /// NXP's commands (SLIX and SLIX2 data sheets); another maker's are refused until a library needs them.
    private static let table = [
        CustomAnswer(manufacturer: 0x04, code: 0xA2, dataBytes: 0),
        CustomAnswer(manufacturer: 0x04, code: 0xA3, dataBytes: 0),
        CustomAnswer(manufacturer: 0x04, code: 0xA4, dataBytes: 0),
        CustomAnswer(manufacturer: 0x04, code: 0xA5, dataBytes: 32),
        CustomAnswer(manufacturer: 0x04, code: 0xA6, dataBytes: 0),
        CustomAnswer(manufacturer: 0x04, code: 0xA7, dataBytes: 0),
        CustomAnswer(manufacturer: 0x04, code: 0xAB, dataBytes: 7),
        CustomAnswer(manufacturer: 0x04, code: 0xB2, dataBytes: 2),
        CustomAnswer(manufacturer: 0x04, code: 0xB3, dataBytes: 0),
        CustomAnswer(manufacturer: 0x04, code: 0xB4, dataBytes: 0),
        CustomAnswer(manufacturer: 0x04, code: 0xBD, dataBytes: 32),
    ]

    static func of(_ request: ISO15693.CustomRequest) -> CustomAnswer? {
        table.first { $0.manufacturer == request.manufacturer && $0.code == request.code }
    }
}

extension FEIGReader {
    /// The EAS commands B1 knows (M-MR101): set, reset, lock, alarm.
    private static let easCodes: ClosedRange<UInt8> = 0xA2...0xA5
    /// 20 ms until the reader fetches the answer to a write with the option flag.
    private static let optionDelay: UInt16 = 0x846A

    /// A maker's command: the EAS commands go through B1, the others and all on a reader without B1 through BF.
    mutating func perform(
        _ request: ISO15693.CustomRequest,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        guard request.manufacturer == tag.manufacturer else {
            throw .unsupported("command \(Hex.string(request.code)) of another maker's chip to tag \(tag)")
        }
        let isPlainEAS = request.manufacturer == 0x04 && Self.easCodes.contains(request.code) && !request.option
        guard isPlainEAS, !lacksCustomCommands else { return try await performTransparently(request, with: tag) }
        let command = FEIGCustom(
            manufacturer: request.manufacturer,
            custom: request.code,
            address: FEIGTagAddress(.uid(tag)),
            parameters: request.parameters
        )
        do throws(ReaderError) {
            return switch try await ask(command, about: tag, statusTells: request.code == easAlarm) {
            case .answered(let reply): reply.data.isEmpty ? .done : .data(reply.data)
            case .refused(let error): .error(error)
            }
        } catch {
            switch error {
            case .unsupported: lacksCustomCommands = true
            // The alarm's answer has no data, and 84 does not say whether there was one: BF brings the sequence.
            case .refused(code: FEIGStatus.radioWarning.code, meaning: _): break
            default: throw error
            }
            return try await performTransparently(request, with: tag)
        }
    }

    private mutating func performTransparently(
        _ request: ISO15693.CustomRequest,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        let custom = ISO15693.Request.custom(request)
        guard let expected = CustomAnswer.of(request),
            let frame = try? ISO15693.RequestFrame(custom, to: tag, answerOnEndOfFrame: tag.answersWritesOnEndOfFrame)
        else {
            throw .unsupported("custom command \(Hex.string(request.code)) on \(model.name)")
        }
        let mode: FEIGTransparent.Mode =
            if frame.waitsForEndOfFrame {
                .writeWithOption(delay: Self.optionDelay)
            } else {
                request.isWrite ? .write : .read
            }
        let command = FEIGTransparent(
            mode: mode,
            responseBits: UInt16(clamping: (1 + expected.dataBytes + 2) * 8),
            request: frame.bytes
        )
        switch try await ask(command, about: tag, mayRepeat: !request.isIrreversible && !request.isGoodForOnce) {
        case .answered(let reply) where reply.data.isEmpty:
            // 84 stands where nobody answered, too (readers §1.4).
            throw .tagLost(tag)
        case .answered(let reply):
            do throws(ParseError) {
                return try ISO15693.Response(onAir: reply.data, answering: frame)
            } catch {
                throw .malformed(error)
            }
        case .refused(let error):
            return .error(error)
        }
    }
}
