package import Wire

/// What a reader in notification mode sends by itself over its own connection to the host (M-U500; captured gates).
package enum FEIGNotification: Hashable, Sendable {
    /// The reply to a 22 nobody sent.
    case tags(FEIGReadBuffer.Reply)
    /// A 22 that brings no records: status 92 when the buffer is empty, another one for why the reader gives none.
    case nothing(FEIGStatus)
    /// A sign of life, 6E; never acknowledged.
    case keepAlive([UInt8])
    /// Something newer readers may send; kept for the log.
    case other(command: UInt8, data: [UInt8])

    /// Throws when the records of a 22 cannot be read; one whose status carries no answer has none.
    package init(_ reply: FEIGReply) throws(ParseError) {
        switch FEIGCommandCode(rawValue: reply.command) {
        case .readBuffer where reply.status.carriesAnswer: self = .tags(try FEIGReadBuffer.Reply(reply.data))
        case .readBuffer: self = .nothing(reply.status)
        case .diagnostic: self = .keepAlive(reply.data)
        default: self = .other(command: reply.command, data: reply.data)
        }
    }
}

/// The host's end of a notification connection: bytes in, events and answers out.
///
/// Whether the peer may connect at all, its address tells; that is decided before the first byte comes here.
package struct FEIGNotificationListener: Sendable {
    /// What a portion of bytes leads to.
    package enum Action: Hashable, Sendable {
        case tags(BufferedTags)
        case keepAlive
        /// Bytes for the reader.
        case send([UInt8])
        /// For the log: what came and was not understood; an LR5400 and its like push events, 2B, unless they are set
        /// to records.
        case ignored(String)
    }

    private var decoder = FEIGDecoder(side: .host)
    private let acknowledges: Bool

    /// - Parameter acknowledges: whether the reader wants each frame of tags answered with 32, as its configuration
    ///   (CFG49, MODE bit 7) says; it repeats them otherwise.
    package init(acknowledges: Bool) {
        self.acknowledges = acknowledges
    }

    /// Takes bytes in any portions.
    package mutating func take(_ bytes: [UInt8]) -> [Action] {
        decoder.append(bytes)
        return takeFound()
    }

    /// Nothing came for a while: a push that was torn is let go, or its announced length would swallow the next ones.
    package mutating func lineFellSilent() -> [Action] {
        guard decoder.isMidFrame else { return [] }
        decoder.lineFellSilent()
        return takeFound()
    }

    private mutating func takeFound() -> [Action] {
        var actions: [Action] = []
        while let found = decoder.next() {
            switch found {
            case .frame(let frame):
                actions += self.actions(for: frame)
            case .damaged(_, let stored, let computed):
                actions.append(
                    .ignored("\(ParseError.checksum(field: "notification", stored: stored, computed: computed))")
                )
            case .garbage(let bytes):
                actions.append(.ignored("notification: found \(bytes.count) bytes outside a frame"))
            }
        }
        return actions
    }

    private func actions(for frame: FEIGFrame) -> [Action] {
        do throws(ParseError) {
            let reply = try FEIGReply(frame)
            switch try FEIGNotification(reply) {
            case .tags(let buffer):
                return [.tags(buffer.tags(with: reply.status))] + acknowledgement(of: frame)
            case .nothing(let status) where status == .noData:
                return []
            case .nothing(let status):
                let found = "\(Hex.string(status.code)), \(status.meaning)"
                return [.ignored("notification: found status \(found), wanted tags")]
            case .keepAlive:
                return [.keepAlive]
            case .other(let command, _) where command == FEIGClearBuffer.code.rawValue:
                return []
            case .other(let command, _):
                return [.ignored("notification: found command \(Hex.string(command)), wanted 22 or 6E")]
            }
        } catch {
            // The checksum was right, so a repetition would bring the same, and nothing behind it.
            let isRecords = frame.command == FEIGReadBuffer.code.rawValue
            return [.ignored("notification: \(error)")] + (isRecords ? acknowledgement(of: frame) : [])
        }
    }

    private func acknowledgement(of frame: FEIGFrame) -> [Action] {
        guard acknowledges else { return [] }
        let command = FEIGClearBuffer.code.rawValue
        return [.send(FEIGFrame(style: frame.style, address: frame.address, command: command).bytes)]
    }
}
