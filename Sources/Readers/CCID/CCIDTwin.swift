import Tags
import Wire

/// The reader's side, as one of four readers plays it.
package struct CCIDTwin: ReaderTwin {
    /// The four kinds of reader this driver knows how to ask.
    package enum Model: Hashable, Sendable {
        /// ACR1552U.
        case transparent
        /// uTrust 372x.
        case identiv
        /// OMNIKEY 5x21.
        case omnikey
        /// Reads and writes blocks, their number in P2 or in P1.
        case storage(CardDialect.BlockAddress)
    }

    /// Decides which commands it takes and where it looks for a block number.
    package let model: Model
    /// Times the reader asks for patience before it answers a transfer or escape.
    package var timeExtensions = 0
    private var decoder = CCIDDecoder()
    /// The tag it shows as a card, and whether it is powered.
    private var card: TagUID?
    private var isSession = false
    private var isReady = false

    package init(_ model: Model) {
        self.model = model
    }

    package mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        decoder.append(bytes)
        var replies: [UInt8] = []
        while let found = decoder.next() {
            guard case .frame(let message) = found, message.kind.rawValue < 0x80 else { continue }
            replies += answer(message, &air).flatMap(\.bytes)
        }
        return replies
    }

    package mutating func lineFellSilent() {
        decoder.reset()
    }

    private mutating func answer(_ message: CCIDMessage, _ air: inout any Air) -> [CCIDMessage] {
        var messages: [CCIDMessage] = []
        func reply(_ kind: CCIDMessage.Kind, _ outcome: CCIDStatus.Outcome, _ data: [UInt8] = []) -> CCIDMessage {
            let status = CCIDStatus(card: cardState(air), outcome: outcome)
            return CCIDMessage(kind, sequence: message.sequence, specific: status.specific, data: data)
        }
        switch message.kind {
        case .powerOn:
            card = model == .transparent ? nil : find(&air)
            guard card != nil else { return [reply(.dataBlock, .failed(.mute))] }
            return [reply(.dataBlock, .done, StorageCardATR(standard: 0x0B).bytes)]
        case .powerOff:
            card = nil
            return [reply(.status, .done)]
        case .slotStatus:
            if let known = card, air.exchange(.resetToReady, with: known) == nil { card = nil }
            let status = CCIDStatus(
                card: card != nil ? .active : find(&air) == nil ? .absent : .present,
                outcome: .done
            )
            return [CCIDMessage(.status, sequence: message.sequence, specific: status.specific)]
        case .escape:
            guard model == .transparent else { return [reply(.escapeReply, .failed(.notSupported))] }
            messages = (0..<timeExtensions).map { _ in reply(.escapeReply, .timeExtension) }
            return messages + [reply(.escapeReply, .done, perform(message.data, &air).bytes)]
        case .transfer:
            guard card != nil else { return [reply(.dataBlock, .failed(.mute))] }
            messages = (0..<timeExtensions).map { _ in reply(.dataBlock, .timeExtension) }
            return messages + [reply(.dataBlock, .done, perform(message.data, &air).bytes)]
        default:
            return [reply(.status, .failed(.notSupported))]
        }
    }

    private func cardState(_ air: any Air) -> CCIDStatus.Card { card == nil ? .absent : .active }

    private func find(_ air: inout any Air) -> TagUID? { air.inventory().first?.uid }

    private mutating func perform(_ bytes: [UInt8], _ air: inout any Air) -> CardAnswer {
        guard let command = try? CardCommand(bytes) else { return CardAnswer(status: 0x6700) }
        if model == .transparent {
            guard let question = try? TransparentSession.question(command) else { return CardAnswer(status: 0x6A81) }
            let reply = perform(question, &air)
            // As captured: beside the report an object for what a card would say of itself, which is nothing here.
            let isSwitch = if case .switchProtocol = question { reply.status == TransparentReply.ok } else { false }
            return CardAnswer(data: reply.bytes + (isSwitch ? [0x8F, 0x01, 0x00] : []))
        }
        guard let card else { return CardAnswer(status: 0x6401) }
        return perform(command, on: card, &air)
    }
}

// MARK: - Transparent session

extension CCIDTwin {
    private mutating func perform(_ question: TransparentSession.Question, _ air: inout any Air) -> TransparentReply {
        switch question {
        case .manage(let step):
            switch step {
            case .begin: isSession = true
            case .end:
                isSession = false
                isReady = false
            case .fieldOff: air.setField(on: false)
            case .fieldOn: air.setField(on: true)
            }
            return TransparentReply()
        case .switchProtocol(let wanted):
            isReady = isSession && wanted == [0x02, 0x03]
            return isReady ? TransparentReply() : TransparentReply(status: 0x6A81, failedObject: 1)
        case .exchange(let content, let wait):
            guard isReady else { return TransparentReply(status: 0x6A81, failedObject: 1) }
            return exchange(content, wait: wait ?? 0, &air)
        }
    }

    /// By itself the reader waits too briefly for a tag that programs: the write is done and its answer missed.
    private func exchange(_ content: [UInt8], wait: UInt32, _ air: inout any Air) -> TransparentReply {
        let isWrite = (try? ISO15693.RequestFrame(content))?.request.isWrite == true
        switch air.send(ISO15693.FrameCheck.sealing(content)) {
        case .silence: return TransparentReply(status: TransparentReply.tagMute, failedObject: 1)
        case .collision: return TransparentReply(radio: 0x02, heard: [])
        case .frame(let frame):
            if isWrite, wait < 20_000 { return TransparentReply(status: TransparentReply.tagMute, failedObject: 1) }
            guard let heard = try? ISO15693.FrameCheck.opening(frame) else {
                return TransparentReply(radio: 0x01, heard: [])
            }
            return TransparentReply(heard: heard)
        }
    }
}

// MARK: - Cards

extension CCIDTwin {
    /// Refused as not supported by the card.
    private static let refusal = CardAnswer(status: 0x6A81)

    private func perform(_ command: CardCommand, on card: TagUID, _ air: inout any Air) -> CardAnswer {
        switch (command.instruction, model) {
        // The two orders there are.
        case (0xCA, .identiv): CardAnswer(data: card.bytes)
        case (0xCA, _): CardAnswer(data: card.onAir)
        case (0xFC, .identiv): identiv(command.data, card, &air)
        case (0x30, .omnikey): omnikey(command, card, &air)
        case (0xB0, .omnikey), (0xB0, .storage): readBlock(command, card, &air)
        case (0xD6, .omnikey), (0xD6, .storage): writeBlock(command, card, &air)
        default: Self.refusal
        }
    }

    private func tell(_ request: ISO15693.Request, _ card: TagUID, _ air: inout any Air) -> CardAnswer {
        switch air.exchange(request, with: card) {
        case nil: CardAnswer(status: 0x6401)
        case .error: CardAnswer(status: 0x6581)
        case .done, .data: CardAnswer()
        case .blocks(let blocks)?: CardAnswer(data: blocks.flatMap(\.data))
        case .blockSecurity(let status)?: CardAnswer(data: status)
        case .systemInformation(let information)?: CardAnswer(data: information.content)
        }
    }

    private func identiv(_ data: [UInt8], _ card: TagUID, _ air: inout any Air) -> CardAnswer {
        let rest = Array(data.dropFirst(2))
        guard data.count >= 2 else { return CardAnswer(status: 0x6700) }
        let block = Int(data[1])
        let count = rest.first.map { Int($0) + 1 } ?? 1
        return switch data[0] {
        case 0x20: tell(.readSingleBlock(block, withSecurity: false), card, &air)
        case 0x21: tell(.writeSingleBlock(block, data: rest), card, &air)
        case 0x22: tell(.lockBlock(block), card, &air)
        case 0x23: tell(.readMultipleBlocks(first: block, count: count, withSecurity: false), card, &air)
        case 0x27: tell(.writeAFI(data[1]), card, &air)
        case 0x29: tell(.writeDSFID(data[1]), card, &air)
        case 0x2B: tell(.systemInformation, card, &air)
        case 0x2C: tell(.blockSecurity(first: block, count: count), card, &air)
        default: Self.refusal
        }
    }

    private func omnikey(_ command: CardCommand, _ card: TagUID, _ air: inout any Air) -> CardAnswer {
        if command.first == 0x00, command.second == 0x01, command.data.count == 4 {
            switch command.data[1] {
            case 0x02: return tell(.writeAFI(command.data[3]), card, &air)
            case 0x03: return tell(.writeDSFID(command.data[3]), card, &air)
            default: return Self.refusal
            }
        }
        guard case .systemInformation(let told)? = air.exchange(.systemInformation, with: card) else {
            return CardAnswer(status: 0x6401)
        }
        let data: [UInt8?] =
            switch CardCommand.Told(rawValue: command.first) {
            case .afi: [told.afi]
            case .dsfid: [told.dsfid]
            case .size:
                [
                    told.geometry.map { UInt8(clamping: $0.blockCount - 1) },
                    told.geometry.map { UInt8(clamping: $0.blockSize - 1) },
                ]
            case .icReference: [told.icReference]
            case nil: [nil]
            }
        let known = data.compactMap(\.self)
        return known.count == data.count ? CardAnswer(data: known) : Self.refusal
    }

    /// The block a command means; `nil` when the number stands where this reader does not look for it.
    private func block(_ command: CardCommand) -> Int? {
        if case .storage(.first) = model { return command.second == 0 ? Int(command.first) : nil }
        return command.first == 0 ? Int(command.second) : nil
    }

    private func readBlock(_ command: CardCommand, _ card: TagUID, _ air: inout any Air) -> CardAnswer {
        guard let block = block(command) else { return CardAnswer(status: 0x6A82) }
        return tell(.readSingleBlock(block, withSecurity: false), card, &air)
    }

    private func writeBlock(_ command: CardCommand, _ card: TagUID, _ air: inout any Air) -> CardAnswer {
        guard let block = block(command) else { return CardAnswer(status: 0x6A82) }
        return tell(.writeSingleBlock(block, data: command.data), card, &air)
    }
}

extension ISO15693.SystemInformation {
    /// The answer's parameters, information flags first.
    fileprivate var content: [UInt8] {
        var writer = ByteWriter()
        write(to: &writer, wide: false)
        return writer.bytes
    }
}
