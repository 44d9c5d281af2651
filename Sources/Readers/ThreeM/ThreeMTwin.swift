import Tags
import Wire

/// The pad's side of the protocol, written from the specification and, for the 810's start, from captures.
package struct ThreeMTwin: ReaderTwin {
    /// The two generations.
    package enum Model: Hashable, Sendable {
        case model210, model810
    }

    /// Only an 810 answers setup frames and knows the start-up command.
    package let model: Model
    private var decoder = ThreeMDecoder()

    package init(_ model: Model) {
        self.model = model
    }

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        decoder.append(bytes)
        var replies: [UInt8] = []
        while let found = decoder.next() {
            guard case .frame(let frame) = found, let reply = answer(frame, &air) else { continue }
            replies += reply.bytes
        }
        return replies
    }

    package mutating func lineFellSilent() {
        decoder.reset()
    }

    /// Versions as captured (LSS) and as the specification prints one.
    private var version: ThreeMVersion.Reply {
        model == .model810
            ? ThreeMVersion.Reply(major: 5, minor: 0, build: 2) : ThreeMVersion.Reply(major: 3, minor: 2, build: 6)
    }

    private func answer(_ frame: ThreeMFrame, _ air: inout any Air) -> ThreeMFrame? {
        if frame.start == .setup {
            guard model == .model810, frame.command == ThreeMSetupVersion.code,
                (try? ThreeMSetupVersion(frame.fields)) != nil
            else { return nil }
            let reply = ThreeMSetupVersion.Reply(version: version)
            return ThreeMFrame(start: .setup, command: frame.command, fields: reply.bytes)
        }
        let result: Result
        do throws(ParseError) {
            result = try perform(frame, &air)
        } catch {
            result = Result(.parameter)
        }
        return ThreeMFrame(command: frame.command, fields: [result.error.code] + result.data)
    }

    private struct Result {
        var error: ThreeMError
        var data: [UInt8]

        init(_ error: ThreeMError, _ data: [UInt8] = []) {
            self.error = error
            self.data = data
        }
    }

    private func perform(_ frame: ThreeMFrame, _ air: inout any Air) throws(ParseError) -> Result {
        switch ThreeMCode(rawValue: frame.command) {
        case .inventory:
            let command = try ThreeMInventory(frame.fields)
            air.setField(on: false)
            air.setField(on: true)
            let tags = air.inventory(afi: command.afi == 0 ? nil : command.afi).map { tag in
                ThreeMInventory.Tag(dsfid: command.options & 0x02 != 0 ? tag.dsfid : nil, uid: tag.uid)
            }
            let reply = ThreeMInventory.Reply(afi: command.afi, options: command.options, tags: tags)
            return Result(.none, reply.bytes)
        case .version:
            return Result(.none, version.bytes)
        case .startUp where model == .model810:
            _ = try ThreeMStartUp(frame.fields)
            return Result(.none, ThreeMStartUp.captured)
        case .readBlocks:
            return read(try ThreeMReadBlocks(frame.fields), &air)
        case .writeBlocks:
            return write(try ThreeMWriteBlocks(frame.fields), &air)
        case .tagInformation:
            return inform(try ThreeMTagInformation(frame.fields), &air)
        case .passThrough:
            return passThrough(try ThreeMPassThrough(frame.fields), &air)
        case .stayQuiet, .lockAFI, .lockDSFID, .readAFI, .readDSFID, .checkEAS:
            let order = try ThreeMTagOrder(frame.fields)
            return order.value == nil ? perform(frame.command, order, &air) : Result(.parameter)
        case .writeAFI, .writeDSFID, .lockBlock, .writeEAS:
            let order = try ThreeMTagOrder(frame.fields)
            return order.value == nil ? Result(.parameter) : perform(frame.command, order, &air)
        case .startUp, .writeBlock, .writeAndLockBlock, nil:
            return Result(.notImplemented)
        }
    }
}

extension ThreeMTwin {
    private func perform(_ command: UInt8, _ order: ThreeMTagOrder, _ air: inout any Air) -> Result {
        let value = order.value ?? 0
        switch ThreeMCode(rawValue: command) {
        case .stayQuiet:
            _ = air.exchange(.stayQuiet, with: order.uid)
            return Result(.none, order.uid.bytes)
        case .lockAFI: return exchange(.lockAFI, order.uid, &air)
        case .lockDSFID: return exchange(.lockDSFID, order.uid, &air)
        case .writeAFI: return exchange(.writeAFI(value), order.uid, &air)
        case .writeDSFID: return exchange(.writeDSFID(value), order.uid, &air)
        case .lockBlock: return exchange(.lockBlock(Int(value)), order.uid, &air)
        case .readAFI: return tell(order.uid, \.afi, &air)
        case .readDSFID: return tell(order.uid, \.dsfid, &air)
        case .writeEAS:
            return exchange(.custom(eas(value == 0 ? 0xA3 : 0xA2, order.uid)), order.uid, &air)
        default:
            var result = exchange(.custom(eas(0xA5, order.uid)), order.uid, &air)
            // As the specification prints both: 01 behind the UID, 00 where the bit is clear or no tag is there.
            if [.none, .noTag].contains(result.error) { result.data.append(result.error == .none ? 1 : 0) }
            return result
        }
    }

    private func eas(_ code: UInt8, _ uid: TagUID) -> ISO15693.CustomRequest {
        ISO15693.CustomRequest(manufacturer: uid.manufacturer, code: code)
    }

    /// A command whose answer is the UID alone.
    private func exchange(_ request: ISO15693.Request, _ uid: TagUID, _ air: inout any Air) -> Result {
        switch air.exchange(request, with: uid) {
        case nil: Result(.noTag, uid.bytes)
        case .error(let error): Result(Self.error(error), uid.bytes)
        default: Result(.none, uid.bytes)
        }
    }

    private func tell(
        _ uid: TagUID,
        _ field: KeyPath<ISO15693.SystemInformation, UInt8?>,
        _ air: inout any Air
    ) -> Result {
        guard case .systemInformation(let information)? = air.exchange(.systemInformation, with: uid) else {
            return Result(.noTag, uid.bytes)
        }
        guard let value = information[keyPath: field] else { return Result(.notSupportedByTag, uid.bytes) }
        return Result(.none, uid.bytes + [value])
    }

    private func read(_ command: ThreeMReadBlocks, _ air: inout any Air) -> Result {
        var reply = ThreeMReadBlocks.Reply(uid: command.uid, blocks: [])
        for block in Int(command.first)..<(Int(command.first) + Int(command.count)) {
            switch air.exchange(.readSingleBlock(block, withSecurity: true), with: command.uid) {
            case .blocks(let blocks)?:
                guard let found = blocks.first, let number = UInt8(exactly: block), found.data.count == 4 else {
                    return Result(.noSuchBlock, command.uid.bytes)
                }
                reply.blocks.append(
                    ThreeMReadBlocks.Block(number: number, lock: (found.security ?? 0) & 3, data: found.data)
                )
            case .error(let error)?:
                guard !reply.blocks.isEmpty else { return Result(Self.error(error), command.uid.bytes) }
                return Result(.none, reply.bytes)
            default:
                return Result(.noTag, command.uid.bytes)
            }
        }
        return Result(.none, reply.bytes)
    }

    private func write(_ command: ThreeMWriteBlocks, _ air: inout any Air) -> Result {
        let first = Int(command.first)
        for index in 0..<(command.data.count / 4) {
            let data = Array(command.data[(4 * index)..<(4 * index + 4)])
            let failed = [UInt8(clamping: first + index)]
            switch air.exchange(.writeSingleBlock(first + index, data: data), with: command.uid) {
            case .done?: continue
            case .error(let error)?: return Result(Self.error(error), command.uid.bytes + failed)
            default: return Result(index == 0 ? .noTag : .notWritten, command.uid.bytes + failed)
            }
        }
        return Result(.none, command.uid.bytes + [UInt8(clamping: first + command.data.count / 4)])
    }

    private func inform(_ command: ThreeMTagInformation, _ air: inout any Air) -> Result {
        guard let response = air.exchange(.systemInformation, with: command.uid) else {
            return Result(.noTag, command.uid.bytes)
        }
        var reply = ThreeMTagInformation.Reply(uid: command.uid)
        if case .systemInformation(let information) = response {
            if command.wanted.contains(.dsfid) { reply.dsfid = information.dsfid }
            if command.wanted.contains(.afi) { reply.afi = information.afi }
            if command.wanted.contains(.size) { reply.geometry = information.geometry }
            if command.wanted.contains(.ic) { reply.icReference = information.icReference.map(UInt16.init) }
        }
        return Result(.none, reply.bytes)
    }

    private func passThrough(_ command: ThreeMPassThrough, _ air: inout any Air) -> Result {
        var heard = air.send(ISO15693.FrameCheck.sealing(command.request))
        if command.control.contains(.endOfFrameAfterWait), heard == .silence {
            air.wait(.milliseconds(20))
            heard = air.endOfFrame()
        }
        guard case .frame(let frame) = heard, let answer = try? ISO15693.FrameCheck.opening(frame) else {
            return Result(.noTag)
        }
        // The flags of the specification's only example.
        return Result(.none, ThreeMPassThrough.Reply(flags: 0x83, answer: answer).bytes)
    }

    private static func error(_ error: ISO15693.TagError) -> ThreeMError {
        switch error.code {
        case 0x01...0x03: ThreeMError(code: 0x20 + error.code)
        case 0x10: .noSuchBlock
        case 0x11, 0x12: .locked
        default: ThreeMError(code: 0x0F)
        }
    }
}
