import Tags
import Wire

extension FEIGTwin {
    /// What a reader that scans by itself notes of each tag.
    package struct Scan: Hashable, Sendable {
        /// TR-DATA1 of its replies: which fields each record has.
        package var fields: FEIGReadBuffer.Fields
        /// Blocks it reads from block 0 on.
        package var blocks: Int

        package init(fields: FEIGReadBuffer.Fields, blocks: Int) {
            self.fields = fields
            self.blocks = blocks
        }
    }

    /// Records noted, how many of them the host has read, and the tags that are still in the field.
    struct Buffer: Sendable {
        var records: [FEIGBufferRecord] = []
        var delivered = 0
        var present: Set<TagUID> = []
        /// Records more than these are lost.
        static let room = 300
    }

    /// Commands beside the work on tags.
    mutating func performBesides(
        _ code: FEIGCommandCode,
        _ data: [UInt8],
        _ air: inout any Air
    ) throws(ParseError) -> Result {
        switch code {
        case .readBuffer, .clearBuffer, .initialiseBuffer, .bufferInfo:
            guard let scan = device.scan else { return Result(.notAvailable) }
            return try performOnBuffer(code, data, scan, &air)
        case .setOutput where device.hasNewOutputs:
            note(output: try FEIGSetOutput(data).bytes)
            return Result(.ok)
        case .setOutputOld where !device.hasNewOutputs:
            note(output: try FEIGSetOutputOld(data).bytes)
            return Result(.ok)
        case .getInput:
            _ = try FEIGGetInput(data)
            defer { inputs &= 0x07 }
            return Result(.ok, [inputs])
        case .diagnostic:
            _ = try FEIGDiagnostic(data)
            return Result(.ok, [0, 0])
        case .readConfiguration, .writeConfiguration, .saveConfiguration, .readConfigurationExtended,
            .writeConfigurationExtended:
            return try configure(code, data)
        case .piggyback where device.hasPeopleCounter:
            return try performInside(try FEIGPiggyback(data).inner)
        default:
            return Result(.unknownCommand)
        }
    }

    private mutating func note(output: [UInt8]) {
        outputs.append(output)
        if outputs.count > 100 { outputs.removeFirst() }
    }

    private mutating func performOnBuffer(
        _ code: FEIGCommandCode,
        _ data: [UInt8],
        _ scan: Scan,
        _ air: inout any Air
    ) throws(ParseError) -> Result {
        switch code {
        case .readBuffer:
            let wanted = Int(try FEIGReadBuffer(data).dataSets)
            let hadRoom = look(scan, &air)
            guard !buffer.records.isEmpty else { return Result(.noData) }
            let reply = reply(scan, mostRecords: wanted)
            buffer.delivered = reply.records.count
            return Result(hadRoom ? .ok : .overflow, reply.bytes)
        case .clearBuffer:
            _ = try FEIGClearBuffer(data)
            buffer.records.removeFirst(min(buffer.delivered, buffer.records.count))
            buffer.delivered = 0
            return Result(.ok)
        case .initialiseBuffer:
            _ = try FEIGInitialiseBuffer(data)
            buffer = Buffer()
            return Result(.ok)
        default:
            _ = try FEIGBufferInfo(data)
            let length = UInt16(clamping: buffer.records.count)
            return Result(.ok, FEIGBufferInfo.Reply(size: UInt16(Buffer.room), start: 0, length: length).bytes)
        }
    }

    /// The records that fit into one reply.
    private func reply(_ scan: Scan, mostRecords: Int) -> FEIGReadBuffer.Reply {
        var reply = FEIGReadBuffer.Reply(fields: scan.fields, records: [])
        for record in buffer.records.prefix(mostRecords) {
            reply.records.append(record)
            if reply.bytes.count + FEIGFrame.advancedOverhead + 1 > device.sendBuffer, reply.records.count > 1 {
                reply.records.removeLast()
                break
            }
        }
        return reply
    }

    /// Looks at the field once and notes the tags that came; `false` when one of them found no room.
    private mutating func look(_ scan: Scan, _ air: inout any Air) -> Bool {
        air.setField(on: false)
        air.setField(on: true)
        let found = air.inventory(afi: nil).map(\.uid)
        var hadRoom = true
        for uid in found where !buffer.present.contains(uid) {
            guard buffer.records.count < Buffer.room else {
                hadRoom = false
                continue
            }
            var record = FEIGBufferRecord()
            if scan.fields.contains(.identity) {
                record.identity = FEIGBufferRecord.Identity(type: 0x03, kind: 0, bytes: uid.bytes)
            }
            if scan.fields.contains(.blocks) {
                let request = ISO15693.Request.readMultipleBlocks(first: 0, count: scan.blocks, withSecurity: false)
                guard case .blocks(let blocks)? = air.exchange(request, with: uid) else { continue }
                record.blocks = FEIGBufferRecord.Blocks(
                    size: UInt8(clamping: blocks.first?.data.count ?? 4),
                    data: blocks.flatMap(\.data)
                )
            }
            if scan.fields.contains(.antenna) { record.antenna = 1 }
            buffer.records.append(record)
            buffer.present.insert(uid)
        }
        buffer.present.formIntersection(found)
        return hadRoom
    }

    /// What the reader pushes in notification mode: the reply to a 22 nobody sent; `nil` when nothing came.
    package mutating func notify(air: inout any Air) -> [UInt8]? {
        guard let scan = device.scan else { return nil }
        _ = look(scan, &air)
        guard !buffer.records.isEmpty else { return nil }
        let reply = reply(scan, mostRecords: .max)
        buffer.delivered = reply.records.count
        return FEIGReply(
            style: .advanced,
            address: device.address,
            command: FEIGReadBuffer.code.rawValue,
            status: condition,
            data: reply.bytes
        ).frame.bytes
    }

    private mutating func configure(_ code: FEIGCommandCode, _ data: [UInt8]) throws(ParseError) -> Result {
        switch code {
        case .readConfiguration:
            let address = try FEIGReadConfiguration(data).address
            return Result(.ok, FEIGConfigurationBlock(configuration[address.code] ?? []).bytes)
        case .writeConfiguration:
            let command = try FEIGWriteConfiguration(data)
            configuration[command.address.code] = command.content.parameters
            return Result(.ok)
        case .saveConfiguration:
            let address = try FEIGSaveConfiguration(data).address
            var stored = address
            stored.isStored = true
            configuration[stored.code] = configuration[address.block & 0x3F]
            return Result(.ok)
        case .readConfigurationExtended:
            let command = try FEIGReadExtendedConfiguration(data)
            guard command.count == 1 else { return Result(.parameterOutOfRange) }
            let content = extendedConfiguration[command.address] ?? Array(repeating: 0, count: 30)
            return Result(.ok, FEIGExtendedBlocks(address: command.address, data: content).bytes)
        default:
            let blocks = try FEIGWriteExtendedConfiguration(data).blocks
            guard blocks.blockSize == 30, blocks.data.count == 30 else { return Result(.parameterOutOfRange) }
            extendedConfiguration[blocks.address] = blocks.data
            return Result(.ok)
        }
    }

    /// The counter board's side of the inner bus; it answers only to its address.
    private mutating func performInside(_ frame: FEIGFrame) throws(ParseError) -> Result {
        guard frame.address == 1 else { return Result(.generalError) }
        var answer = FEIGReply(style: .advanced, address: 1, command: frame.command, status: .ok)
        switch FEIGCommandCode(rawValue: frame.command) {
        case .getPeopleCounter:
            _ = try FEIGGetPeopleCounter(frame.payload)
            answer.data = people.bytes
        case .setPeopleCounter:
            people = try FEIGSetPeopleCounter(frame.payload).counters
        default:
            answer.status = .unknownCommand
        }
        return Result(.ok, FEIGPiggyback.Reply(answer.frame).bytes)
    }
}
