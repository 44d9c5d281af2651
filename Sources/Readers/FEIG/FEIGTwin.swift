import Tags
import Wire

/// The reader's side of the protocol, as a CPR40, MR102, PRH200 or LR2500 would play it.
///
/// Written from the manuals: silent on a malformed frame, on a foreign address and on a frame style it does not know;
/// status 81 on a request longer than its receive buffer; status 80 on a command it does not have.
package struct FEIGTwin: ReaderTwin {
    /// The model it plays.
    package let device: Device
    /// A condition that lasts, attached to every reply that would be ok: 83 or 84. A detuned antenna's 84 stands on those
    /// too that nobody answered, and on that of an empty buffer.
    package var condition = FEIGStatus.ok
    private var decoder = FEIGDecoder(side: .reader)
    /// Records of the last inventory that did not fit into its reply.
    private var unsent: [FEIGInventory.Record] = []
    private var selected: TagUID?
    private var isFieldOn = true
    /// What it noted by itself, when it is set to scan.
    var buffer = Buffer()
    /// The counter board on its inner bus, when it is a gate's.
    package var people = FEIGPeopleCounters(incoming: 0, outgoing: 0)
    /// Bits 0–2 active, bits 4–6 changed since the host asked last.
    package var inputs: UInt8 = 0
    /// What the host did to the outputs, oldest first, as the data of its commands; the last hundred.
    package var outputs: [[UInt8]] = []
    /// Configuration blocks by their address byte, those that differ from all zeros.
    package var configuration: [UInt8: [UInt8]] = [:]
    /// Blocks of 30 bytes written by 8B, by their number; any other block reads as zeros.
    package var extendedConfiguration: [UInt16: [UInt8]] = [:]

    package init(_ device: Device) {
        self.device = device
    }

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        decoder.append(bytes)
        var replies: [UInt8] = []
        while let found = decoder.next() {
            guard case .frame(let frame) = found, let reply = answer(frame, &air) else { continue }
            replies += reply.frame.bytes
        }
        return replies
    }

    package mutating func lineFellSilent() {
        decoder.lineFellSilent()
        _ = decoder.next()
        decoder.reset()
    }

    private mutating func answer(_ frame: FEIGFrame, _ air: inout any Air) -> FEIGReply? {
        guard device.styles.contains(frame.style) else { return nil }
        guard [FEIGFrame.anyReader, device.address].contains(frame.address) else { return nil }
        var result = Result(.lengthError)
        if frame.bytes.count <= device.receiveBuffer { result = perform(frame.command, frame.payload, &air) }
        let hidden: Set<FEIGStatus> = condition == .radioWarning ? [.ok, .noTag, .noData] : [.ok]
        if hidden.contains(result.status) { result.status = condition }
        return FEIGReply(
            style: frame.style,
            address: device.address,
            command: frame.command,
            status: result.status,
            data: result.data
        )
    }

    /// What a reply carries behind the command.
    struct Result {
        var status: FEIGStatus
        var data: [UInt8]

        init(_ status: FEIGStatus, _ data: [UInt8] = []) {
            self.status = status
            self.data = data
        }
    }

    private mutating func perform(_ command: UInt8, _ data: [UInt8], _ air: inout any Air) -> Result {
        do throws(ParseError) {
            switch FEIGCommandCode(rawValue: command) {
            case .tag where device.scan != nil, .custom where device.scan != nil, .transparent where device.scan != nil:
                return Result(.notAvailable)
            case .ping:
                _ = try FEIGPing(data)
                return Result(.ok)
            case .cpuReset:
                _ = try FEIGCPUReset(data)
                restart(&air)
                return Result(.ok)
            case .softwareVersion:
                _ = try FEIGSoftwareVersion(data)
                return Result(.ok, device.version.bytes)
            case .readerInfo:
                _ = try FEIGReaderInfo(data)
                return Result(.ok, device.info.bytes)
            case .fieldReset:
                _ = try FEIGFieldReset(data)
                resetField(&air)
                return Result(.ok)
            case .fieldOutput:
                isFieldOn = try FEIGFieldOutput(data).antenna != 0
                air.setField(on: isFieldOn)
                return Result(.ok)
            case .tag:
                return try performOnTags(data, &air)
            case .custom where device.hasCustomCommands:
                return perform(try FEIGCustom(data), &air)
            case .transparent:
                return perform(try FEIGTransparent(data), &air)
            case let code?:
                return try performBesides(code, data, &air)
            case nil:
                return Result(.unknownCommand)
            }
        } catch {
            return Result(.lengthError)
        }
    }

    private mutating func restart(_ air: inout any Air) {
        unsent = []
        isFieldOn = true
        resetField(&air)
    }

    private mutating func resetField(_ air: inout any Air) {
        selected = nil
        air.setField(on: false)
        air.setField(on: isFieldOn)
    }
}

extension FEIGTwin {
    private mutating func performOnTags(_ data: [UInt8], _ air: inout any Air) throws(ParseError) -> Result {
        guard let code = data.first.flatMap(FEIGTagCode.init(rawValue:)) else { return Result(.unknownCommand) }
        switch code {
        case .inventory:
            return inventory(try FEIGInventory(data).mode, &air)
        case .stayQuiet, .select, .resetToReady, .lockAFI, .lockDSFID:
            return perform(try FEIGTagOrder(data), &air)
        case .writeAFI, .writeDSFID:
            let command = try FEIGTagSetting(data)
            return exchange(
                code == .writeAFI ? .writeAFI(command.value) : .writeDSFID(command.value),
                command.address,
                &air
            )
        case .lockBlocks:
            let command = try FEIGLockBlocks(data)
            return perBlock(Int(command.first), Int(command.count), command.address, &air) { .lockBlock($0) }
        case .readBlocks:
            return perform(try FEIGReadBlocks(data), &air)
        case .writeBlocks:
            return perform(try FEIGWriteBlocks(data), &air)
        case .systemInformation:
            return exchange(.systemInformation, try FEIGSystemInformation(data).address, &air)
        case .blockSecurity:
            let command = try FEIGBlockSecurity(data)
            return exchange(
                .blockSecurity(first: Int(command.first), count: Int(command.count)),
                command.address,
                &air
            )
        }
    }

    /// With "only new tags" the reader silences what it reports; without, it starts every inventory with fresh tags.
    private mutating func inventory(_ mode: FEIGInventory.Mode, _ air: inout any Air) -> Result {
        if case .more = mode {
            guard !unsent.isEmpty else { return Result(.noTag) }
        } else {
            if !device.onlyNewTags { resetField(&air) }
            let tags = air.inventory(afi: nil)
            unsent = tags.map { .iso15693(dsfid: $0.dsfid, uid: $0.uid) }
            if device.onlyNewTags {
                for tag in tags { _ = air.exchange(.stayQuiet, with: tag.uid) }
            }
        }
        guard !unsent.isEmpty else { return Result(.noTag) }
        if unsent.count > device.mostTags {
            let reply = FEIGInventory.Reply(records: Array(unsent.prefix(device.mostTags)))
            unsent = []
            return Result(.overflow, reply.bytes)
        }
        let portion = unsent.prefix(device.tagsPerReply)
        unsent.removeFirst(portion.count)
        return Result(unsent.isEmpty ? .ok : .moreData, FEIGInventory.Reply(records: Array(portion)).bytes)
    }

    private mutating func perform(_ order: FEIGTagOrder, _ air: inout any Air) -> Result {
        switch order.order {
        case .stayQuiet:
            // A tag told to keep quiet does not answer: the reader cannot know whether it heard.
            guard case .uid(let uid) = order.address.target else { return Result(.parameterOutOfRange) }
            _ = air.exchange(.stayQuiet, with: uid)
            return Result(.ok)
        case .select:
            guard case .uid(let uid) = order.address.target else { return Result(.parameterOutOfRange) }
            let result = exchange(.select, order.address, &air)
            if result.status == .ok { selected = uid }
            return result
        case .resetToReady:
            return exchange(.resetToReady, order.address, &air)
        case .lockAFI:
            return exchange(.lockAFI, order.address, &air)
        default:
            return exchange(.lockDSFID, order.address, &air)
        }
    }

    private mutating func perform(_ command: FEIGReadBlocks, _ air: inout any Air) -> Result {
        let result = exchange(
            .readMultipleBlocks(
                first: Int(command.first),
                count: Int(command.count),
                withSecurity: command.address.withSecurity
            ),
            command.address,
            &air
        )
        guard result.data.count > 2, result.status == .ok else { return result }
        let bytes = Int(result.data[0]) * Int(result.data[1])
        return bytes > Device.mostBlockBytes ? Result(.parameterOutOfRange) : result
    }

    /// Blocks are written one by one; the reply names the block at which it stopped.
    private mutating func perform(_ command: FEIGWriteBlocks, _ air: inout any Air) -> Result {
        let size = Int(command.blockSize)
        guard size > 0, !command.data.isEmpty, command.data.count <= Device.mostBlockBytes else {
            return Result(.parameterOutOfRange)
        }
        let first = Int(command.first)
        return perBlock(first, command.data.count / size, command.address, &air) { block in
            let start = (block - first) * size
            return .writeSingleBlock(block, data: Array(command.data[start..<(start + size)]))
        }
    }

    private mutating func perBlock(
        _ first: Int,
        _ count: Int,
        _ address: FEIGTagAddress,
        _ air: inout any Air,
        _ request: (Int) -> ISO15693.Request
    ) -> Result {
        for block in first..<(first + count) {
            let result = exchange(request(block), address, &air)
            switch result.status {
            case .ok: continue
            case .noTag where block > first: return Result(.writeError, [UInt8(clamping: block)])
            case .tagError: return Result(.tagError, result.data + [UInt8(clamping: block)])
            default: return result
            }
        }
        return Result(.ok)
    }

    private mutating func perform(_ command: FEIGCustom, _ air: inout any Air) -> Result {
        let custom = ISO15693.CustomRequest(
            manufacturer: command.manufacturer,
            code: command.custom,
            parameters: command.parameters
        )
        if command.custom == 0xA5, command.address.target == .any,
            let frame = ISO15693.RequestFrame(toEveryone: .custom(custom))
        {
            // Chips with the bit set answer alike and at once: no collision.
            return Result(air.send(frame.onAir) == .silence ? .noTag : .ok)
        }
        var result = exchange(.custom(custom), command.address, &air)
        // An EAS alarm says only whether a tag sent the sequence.
        if command.custom == 0xA5, result.status == .ok { result.data = [] }
        return result
    }

    private mutating func perform(_ command: FEIGTransparent, _ air: inout any Air) -> Result {
        var heard = air.send(ISO15693.FrameCheck.sealing(command.request))
        switch command.mode {
        case .read, .write: break
        case .writeWithOption(let delay):
            air.wait(.nanoseconds(590 * Int64(delay)))
            heard = air.endOfFrame()
        case .inventory(let delay):
            guard let question = try? ISO15693.InventoryRequest(command.request) else {
                return Result(.parameterOutOfRange)
            }
            if question.slots == .sixteen { return slots(of: command, from: heard, delay, &air) }
        }
        switch heard {
        case .silence:
            return Result(.noTag)
        case .collision:
            return Result(.collision)
        case .frame(let answer):
            let bits = (answer.first ?? 0) & 1 == 0 ? Int(command.responseBits) : 32
            return answer.count * 8 == bits ? Result(.ok, answer) : Result(.tagDataFalse)
        }
    }

    /// The answers of the length asked for, slot by slot; a slot with any other is passed over (M-MR200).
    private func slots(
        of command: FEIGTransparent,
        from first: AirAnswer,
        _ delay: UInt16,
        _ air: inout any Air
    ) -> Result {
        var heard = first
        var data: [UInt8] = []
        for slot in 0..<16 {
            if slot > 0 {
                air.wait(.nanoseconds(590 * Int64(delay)))
                heard = air.endOfFrame()
            }
            if case .frame(let answer) = heard, answer.count * 8 == Int(command.responseBits) { data += answer }
        }
        return data.isEmpty ? Result(.noTag) : Result(.ok, data)
    }

    /// The one tag a command is for: the one addressed, the one selected, or the only one in the field.
    private mutating func uid(_ address: FEIGTagAddress, _ air: inout any Air) -> (uid: TagUID?, status: FEIGStatus) {
        switch address.target {
        case .uid(let uid): return (uid, .ok)
        case .selected: return (selected, selected == nil ? .noTag : .ok)
        case .any:
            let tags = air.inventory(afi: nil)
            guard tags.count <= 1 else { return (nil, .collision) }
            return (tags.first?.uid, tags.isEmpty ? .noTag : .ok)
        }
    }

    private mutating func exchange(
        _ request: ISO15693.Request,
        _ address: FEIGTagAddress,
        _ air: inout any Air
    ) -> Result {
        let (target, status) = uid(address, &air)
        guard let target else { return Result(status) }
        guard let response = air.exchange(request, with: target) else { return Result(.noTag) }
        switch response {
        case .done:
            return Result(.ok)
        case .data(let bytes):
            return Result(.ok, bytes)
        case .blocks(let blocks):
            let size = UInt8(clamping: blocks.first?.data.count ?? 0)
            return Result(.ok, FEIGReadBlocks.Reply(blockSize: size, blocks: blocks).bytes)
        case .blockSecurity(let states):
            return Result(.ok, FEIGBlockSecurity.Reply(status: states).bytes)
        case .systemInformation(let information):
            return Result(.ok, device.retell(information).bytes)
        case .error(let error):
            return Result(.tagError, FEIGTagRefusal(error: error.code).bytes)
        }
    }
}
