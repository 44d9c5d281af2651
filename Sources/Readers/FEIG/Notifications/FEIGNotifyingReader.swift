package import Tags
package import Wire

/// A FEIG gate in notification mode: it calls us and tells what it hears; nothing can be asked of it.
///
/// A look at its field is what it told since the last one. What stands in its records answers for the tag's memory.
package struct FEIGNotifyingReader: ~Copyable, Reader {
    package let information: ReaderInformation
    private var link: any Link & ~Copyable
    private var listener: FEIGNotificationListener
    /// Blocks of the tags told last, in tag order, from block 0.
    private var memories: [TagUID: BufferedTag] = [:]
    /// Looks in a row in which the gate said nothing at all, not even that it is alive.
    private var silentLooks = 0
    /// Why the connection broke while tags were in hand that nobody had been told of yet.
    private var broken: LinkError?

    /// How long one look waits for news.
    private static let look = Duration.seconds(1)
    /// Gates send a sign of life every few seconds; the longest setting seen is a minute. After so much silence the
    /// gate has to call again; whoever watches it may tell staff much sooner.
    private static let mostSilentLooks = 90

    init(link: consuming any Link & ~Copyable, acknowledges: Bool) {
        self.link = link
        listener = FEIGNotificationListener(acknowledges: acknowledges)
        information = ReaderInformation(model: "FEIG gate in notification mode", firmware: "not told", abilities: [])
    }

    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        guard afi == nil else { throw .unsupported("inventory by AFI on \(information.model)") }
        var inventory = Inventory(tags: [])
        var known: Set<TagUID> = []
        let news = try await news()
        inventory.isSilent = silentLooks > 0
        for action in news {
            switch action {
            case .tags(let buffered):
                inventory.incomplete = inventory.incomplete || buffered.incomplete
                inventory.warnings += buffered.warnings
                for tag in buffered.tags {
                    guard let uid = tag.uid else { continue }
                    memories[uid] = tag
                    if known.insert(uid).inserted {
                        inventory.tags.append(DetectedTag(uid: uid, antenna: tag.antenna))
                    }
                }
            case .send(let bytes):
                if let warning = await acknowledge(bytes) { inventory.warnings.append(warning) }
            case .ignored(let what): inventory.warnings.append(what)
            case .keepAlive: break
            }
        }
        if memories.count > 256 { memories = memories.filter { known.contains($0.key) } }
        return inventory
    }

    /// Blocks the gate sent along with the tag; everything else is refused as unsupported.
    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        let (first, count): (Int, Int)
        switch request {
        case .readSingleBlock(let block, withSecurity: false): (first, count) = (block, 1)
        case .readMultipleBlocks(let start, let blocks, withSecurity: false): (first, count) = (start, blocks)
        default: throw .unsupported("tag command \(Hex.string(request.code)) on \(information.model)")
        }
        guard let told = memories[tag], told.blockSize > 0, !told.memory.isEmpty else {
            throw .unsupported("reading a tag on \(information.model)")
        }
        let size = told.blockSize
        let end = min(first + count, told.memory.count / size)
        guard first < end else { return .error(ISO15693.TagError(code: 0x10)) }
        return .blocks(
            (first..<end).map { ISO15693.Block(data: Array(told.memory[($0 * size)..<(($0 + 1) * size)])) }
        )
    }

    /// There is nothing to ask: its signs of life are counted while it is listened to.
    package mutating func ping() async throws(ReaderError) {
        if silentLooks >= Self.mostSilentLooks { throw .noReply(command: "keep-alive") }
    }

    package mutating func resetField() async throws(ReaderError) {
        throw .unsupported("field reset on \(information.model)")
    }

    private mutating func news() async throws(ReaderError) -> [FEIGNotificationListener.Action] {
        if let broken { throw .link(broken) }
        do throws(LinkError) {
            let bytes = try await link.receive(within: Self.look)
            silentLooks = 0
            return listener.take(bytes)
        } catch .timedOut {
            silentLooks += 1
            guard silentLooks < Self.mostSilentLooks else { throw .noReply(command: "keep-alive") }
            return listener.lineFellSilent()
        } catch {
            throw .link(error)
        }
    }

    /// A gate that has hung up cannot be answered; what it said before counts, and the next look tells that it is gone.
    ///
    /// One that did not take the answer in time is still there: nothing that it says is a reply to us, so that none can
    /// come late; it repeats its tags and is answered then. Returns what to warn of.
    private mutating func acknowledge(_ bytes: [UInt8]) async -> String? {
        do throws(LinkError) {
            try await link.send(bytes)
            return nil
        } catch .timedOut {
            return "acknowledgement: not taken by the gate in time, it will tell these tags again"
        } catch {
            broken = error
            return nil
        }
    }
}

/// FEIG gates that call us. The same devices and documents as ``FEIGDriver``, the other way round: the reader opens the
/// connection, to an address and port set in it (CFG49), and sends what it hears unasked.
///
/// Who may call is decided by address before the first byte comes here.
package enum FEIGNotificationDriver: ReaderDriver {
    package static let identity = DriverIdentity(
        name: "feig-notify",
        vendor: "FEIG ELECTRONIC",
        models: ["MR200", "LR200", "LR1002", "LR2500", "LRM2500"],
        usbDevices: [],
        line: FEIGDriver.identity.line
    )

    /// The caller is taken at its word. Every frame of tags is acknowledged: to a gate that did not ask for it 32 only
    /// says that its buffer may be emptied.
    package static func open(
        _ link: consuming any Link & ~Copyable
    ) async throws(ReaderError) -> any Reader & ~Copyable {
        FEIGNotifyingReader(link: link, acknowledges: true)
    }

    package static func twin() -> any ReaderTwin { FEIGTwin(.gate) }
}
