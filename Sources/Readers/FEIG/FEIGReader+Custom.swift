import Tags
import Wire

/// How long a tag's answer to a maker's command is, which BF must be told beforehand, and whether it writes.
private struct CustomAnswer {
    var manufacturer: UInt8
    var code: UInt8
    /// Bytes between flags and checksum.
    var dataBytes: Int
    var writes: Bool

    /// NXP's commands (SLIX and SLIX2 data sheets); other makers' are added when a library needs them.
    static let table = [
        CustomAnswer(manufacturer: 0x04, code: 0xA2, dataBytes: 0, writes: true),
        CustomAnswer(manufacturer: 0x04, code: 0xA3, dataBytes: 0, writes: true),
        CustomAnswer(manufacturer: 0x04, code: 0xA4, dataBytes: 0, writes: true),
        CustomAnswer(manufacturer: 0x04, code: 0xA5, dataBytes: 32, writes: false),
        CustomAnswer(manufacturer: 0x04, code: 0xA6, dataBytes: 0, writes: true),
        CustomAnswer(manufacturer: 0x04, code: 0xA7, dataBytes: 0, writes: true),
        CustomAnswer(manufacturer: 0x04, code: 0xAB, dataBytes: 7, writes: false),
        CustomAnswer(manufacturer: 0x04, code: 0xB2, dataBytes: 2, writes: false),
        CustomAnswer(manufacturer: 0x04, code: 0xB3, dataBytes: 0, writes: false),
        CustomAnswer(manufacturer: 0x04, code: 0xB4, dataBytes: 0, writes: true),
        CustomAnswer(manufacturer: 0x04, code: 0xBD, dataBytes: 32, writes: false),
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
            return switch try await ask(command, about: tag) {
            case .answered(let reply): .data(reply.data)
            case .refused(let error): .error(error)
            }
        } catch {
            guard case .unsupported = error else { throw error }
            lacksCustomCommands = true
            return try await performTransparently(request, with: tag)
        }
    }

    private mutating func performTransparently(
        _ request: ISO15693.CustomRequest,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        guard let expected = CustomAnswer.of(request) else {
            throw .unsupported("custom command \(Hex.string(request.code)) on \(model.name)")
        }
        // Flags: one sub-carrier, high data rate, addressed (ISO 15693-3).
        let flags: UInt8 = request.option ? 0x62 : 0x22
        let command = FEIGTransparent(
            mode: !expected.writes ? .read : request.option ? .writeWithOption(delay: Self.optionDelay) : .write,
            responseBits: UInt16(clamping: (1 + expected.dataBytes + 2) * 8),
            request: [flags, request.code, request.manufacturer] + tag.onAir + request.parameters
        )
        switch try await ask(command, about: tag, mayRepeat: !expected.writes) {
        case .answered(let reply): return try Self.response(fromAir: reply.data)
        case .refused(let error): return .error(error)
        }
    }

    /// A tag's answer as it came over the air: flags, data, checksum.
    private static func response(fromAir bytes: [UInt8]) throws(ReaderError) -> ISO15693.Response {
        do throws(ParseError) {
            var reader = ByteReader(bytes)
            let flags = try reader.byte("response flags")
            let data = Array(try reader.bytes(reader.remaining - 2, "response data"))
            let stored = try reader.uint16LittleEndian("response checksum")
            let computed = CRC16.air.value(bytes.dropLast(2))
            guard stored == computed else {
                throw .checksum(field: "response checksum", stored: stored, computed: computed)
            }
            guard flags & 1 == 0 else { return .error(ISO15693.TagError(code: data.first ?? 0x0F)) }
            return .data(data)
        } catch {
            throw .malformed(error)
        }
    }
}
