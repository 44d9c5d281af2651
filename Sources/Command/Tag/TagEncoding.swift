import Tags
import Wire

/// What is to be written on a tag, in the words of `tag encode --json`.
///
/// Bytes are hexadecimal in tag byte order; blocks are numbered from 0.
struct TagEncoding {
    var content: TagContent
    var model: String
    /// What the tag holds now; zeros for a new one.
    var over: TagMemory
    /// What the tag said before; `nil` for a new one.
    var before: LibraryTag?
    var plan: WritePlan
    var dsfid: UInt8
    var afi: UInt8

    /// Blocks that keep their bytes.
    var leftAlone: [Int] {
        let written = Set(plan.writes.map(\.block))
        return (0..<over.geometry.blockCount).filter { !written.contains($0) }
    }

    /// Blocks that hold something now and nothing afterwards.
    var cleared: [Int] {
        Set(plan.writes.map(\.block)).sorted().filter { block in
            result.bytes(ofBlock: block).allSatisfy { $0 == 0 } && over.bytes(ofBlock: block).contains { $0 != 0 }
        }
    }

    private var result: TagMemory { TagMemory(bytes: plan.result, blockSize: over.blockSize) }
}

extension TagEncoding: Encodable {
    enum Key: String, CodingKey {
        case model, primaryItemIdentifier, hex, blockSize, blockCount, dsfid, afi, writes, leftAlone, cleared, lock
        case interruption, before
    }

    private struct Write: Encodable {
        let block: Int
        let bytes: String
    }

    private struct Before: Encodable {
        let model: String
        let primaryItemIdentifier: String?
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(model, forKey: .model)
        try object.encode(content.primaryItemIdentifier, forKey: .primaryItemIdentifier)
        try object.encode(Hex.string(plan.result), forKey: .hex)
        try object.encode(over.blockSize, forKey: .blockSize)
        try object.encode(over.geometry.blockCount, forKey: .blockCount)
        try object.encode(Hex.string(dsfid), forKey: .dsfid)
        try object.encode(Hex.string(afi), forKey: .afi)
        try object.encode(plan.writes.map { Write(block: $0.block, bytes: Hex.string($0.bytes)) }, forKey: .writes)
        try object.encode(leftAlone, forKey: .leftAlone)
        try object.encode(cleared, forKey: .cleared)
        try object.encode(plan.blocksToLock, forKey: .lock)
        try object.encode(String(describing: plan.interruption), forKey: .interruption)
        try object.encode(
            before.map { Before(model: $0.model, primaryItemIdentifier: $0.primaryItemIdentifier) },
            forKey: .before
        )
    }
}
