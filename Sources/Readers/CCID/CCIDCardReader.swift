package import Tags
import Wire

/// A PC/SC reader that shows one tag at a time as a card.
package struct CCIDCardReader: ~Copyable, Reader {
    package private(set) var information: ReaderInformation
    var line: CCIDLine
    private var present: TagUID?
    var dialect: CardDialect?
    /// The tag that was asked last for the reader's dialect, while it lies there.
    private var taught: TagUID?

    /// How often a card is asked before its silence counts as a refusal.
    private static let attempts = 3

    init(line: consuming CCIDLine, information: ReaderInformation) {
        self.line = line
        self.information = information
    }

    package mutating func ping() async throws(ReaderError) {
        _ = try await line.ask(.slotStatus)
    }

    /// The card is switched off; the next look switches it on again.
    package mutating func resetField() async throws(ReaderError) {
        present = nil
        _ = try await line.ask(.powerOff)
    }

    package mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        guard afi == nil else { throw .unsupported("inventory by AFI on \(information.model)") }
        present = nil
        guard try await line.ask(.slotStatus).status.card != .absent else {
            taught = nil
            return Inventory(tags: [])
        }
        let power = try await line.ask(.powerOn)
        // Whatever is no tag of ours is none at all.
        guard power.status.outcome == .done, StorageCardATR(power.data)?.isISO15693 == true,
            let bytes = try await line.command(.uid, by: .transfer)?.content, let uid = Self.uid(bytes)
        else { return Inventory(tags: []) }
        present = uid
        if !isDialectCertain, taught != uid {
            do throws(ReaderError) {
                try await learn(from: uid)
            } catch .tagLost {
                return Inventory(tags: [])
            }
        }
        return Inventory(tags: [DetectedTag(uid: uid)])
    }

    package mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        if present != tag { _ = try await inventory(afi: nil) }
        guard present == tag, let dialect else { throw .tagLost(tag) }
        switch dialect {
        case .identiv: return try await exchangeIdentiv(request, tag)
        case .omnikey: return try await exchangeOmnikey(request, tag)
        case .storage(let address): return try await exchangeStorage(request, tag, address)
        }
    }

    /// Eight bytes in either order: a UID begins with E0.
    private static func uid(_ bytes: [UInt8]) -> TagUID? {
        guard let uid = TagUID(bytes) else { return nil }
        return uid.rawValue >> 56 == 0xE0 ? uid : TagUID(onAir: bytes).flatMap { $0.rawValue >> 56 == 0xE0 ? $0 : nil }
    }

    /// Whether a tag has answered in words that only such a reader takes. Reading blocks alone proves nothing: the tag
    /// may not know what it was asked, or its answers were lost, so that the next tag is asked again.
    private var isDialectCertain: Bool {
        switch dialect {
        case .identiv, .omnikey: true
        case .storage, nil: false
        }
    }

    /// Asks in each dialect for what the tag says of itself; nothing is written.
    private mutating func learn(from tag: TagUID) async throws(ReaderError) {
        let found: CardDialect
        if try await ask(.identiv([0x2B, 0x00]), tag)?.isEmpty == false {
            found = .identiv
        } else if try await ask(.tell(.size), tag)?.count == 2 {
            found = .omnikey
        } else {
            let address = try await blockAddress(by: tag)
            // A tag whose blocks are all alike, as a blank one's, says nothing against what another has shown.
            if address == .unknown, case .storage(let known)? = dialect {
                found = .storage(known)
            } else {
                found = .storage(address)
            }
        }
        taught = tag
        dialect = found
        information.abilities = found.abilities
        information.model =
            switch found {
            case .identiv: "Identiv uTrust 372x"
            case .omnikey: "OMNIKEY 5x21"
            case .storage: information.model
            }
    }

    /// Reads blocks 0 and 1 in both ways: the way in which they differ, or which alone works, is the reader's.
    private mutating func blockAddress(by tag: TagUID) async throws(ReaderError) -> CardDialect.BlockAddress {
        let zero = try await ask(.read(0, at: .second), tag)
        let second = try await ask(.read(1, at: .second), tag)
        let first = try await ask(.read(1, at: .first), tag)
        if second != nil, first == nil { return .second }
        if second == nil, first != nil { return .first }
        if second != nil, second != zero { return .second }
        return first != zero && first != nil ? .first : .unknown
    }

    /// What may be said twice to the tag in the slot; `nil` when the tag is there and refused.
    ///
    /// A reader says the same of a tag that refused and of one whose answer it did not hear: it is asked three times.
    mutating func ask(_ question: CardCommand, _ tag: TagUID) async throws(ReaderError) -> [UInt8]? {
        for _ in 0..<Self.attempts {
            if let content = try await tell(question, tag) { return content }
        }
        return nil
    }

    /// A command about the tag in the slot; `nil` when the tag is there and refused.
    mutating func tell(_ command: CardCommand, _ tag: TagUID) async throws(ReaderError) -> [UInt8]? {
        let answer: CardAnswer?
        do throws(ReaderError) {
            answer = try await line.command(command, by: .transfer)
        } catch {
            present = nil
            throw error
        }
        if let content = answer?.content { return content }
        guard try await line.ask(.slotStatus).status.card == .active else {
            present = nil
            throw .tagLost(tag)
        }
        return nil
    }

    func number(_ value: Int) throws(ReaderError) -> UInt8 {
        guard let byte = UInt8(exactly: value) else { throw .unsupported("block \(value) on \(information.model)") }
        return byte
    }

    func refused(_ request: ISO15693.Request) -> ReaderError {
        .unsupported("tag command \(Hex.string(request.code)) on \(information.model)")
    }
}
