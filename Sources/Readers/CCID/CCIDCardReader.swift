package import Tags
import Wire

/// A PC/SC reader that shows one tag at a time as a card.
package struct CCIDCardReader: ~Copyable, Reader {
    package private(set) var information: ReaderInformation
    var line: CCIDLine
    private var present: TagUID?
    var dialect: CardDialect?

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
        guard try await line.ask(.slotStatus).status.card != .absent else { return Inventory(tags: []) }
        let power = try await line.ask(.powerOn)
        // Whatever is no tag of ours is none at all.
        guard power.status.outcome == .done, StorageCardATR(power.data)?.isISO15693 == true,
            let bytes = try await line.command(.uid, by: .transfer)?.content, let uid = Self.uid(bytes)
        else { return Inventory(tags: []) }
        present = uid
        if dialect == nil { try await learn() }
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

    /// Asks in each dialect for what the tag says of itself; nothing is written.
    private mutating func learn() async throws(ReaderError) {
        let found: CardDialect
        if try await line.command(.identiv([0x2B, 0x00]), by: .transfer)?.content?.isEmpty == false {
            found = .identiv
        } else if try await line.command(.tell(.size), by: .transfer)?.content?.count == 2 {
            found = .omnikey
        } else {
            found = .storage(try await blockAddress())
        }
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
    private mutating func blockAddress() async throws(ReaderError) -> CardDialect.BlockAddress {
        let zero = try await line.command(.read(0, at: .second), by: .transfer)?.content
        let second = try await line.command(.read(1, at: .second), by: .transfer)?.content
        let first = try await line.command(.read(1, at: .first), by: .transfer)?.content
        if second != nil, first == nil { return .second }
        if second == nil, first != nil { return .first }
        if second != nil, second != zero { return .second }
        return first != zero && first != nil ? .first : .unknown
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
