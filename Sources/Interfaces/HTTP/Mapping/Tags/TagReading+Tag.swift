import API
import Library
import Operations
import Tags
import Wire

extension TagReading {
    init(_ tag: TagOnReader, policy: SecurityPolicy, items: [String: Item]) {
        let memory = tag.memory
        let barcode = tag.content?.primaryItemIdentifier
        self.init(
            uid: tag.uid.description,
            chip: tag.chip?.name,
            dsfid: memory?.dsfid,
            afi: memory?.afi,
            blockSize: memory?.blockSize ?? tag.chip?.geometry?.blockSize ?? 4,
            blockCount: memory?.blockCount,
            memory: Hex.string(memory?.bytes ?? []),
            lockedBlocks: memory.flatMap { memory in
                memory.locked.isEmpty ? nil : memory.locked.indices.filter { memory.locked[$0] }
            },
            model: tag.content?.model ?? "unread",
            barcode: barcode,
            title: barcode.flatMap { items[$0]?.title },
            security: policy.security(afi: memory?.afi).word,
            problem: tag.problem
        )
    }
}

extension TagSecurity {
    /// The word on the wire.
    var word: String {
        switch self {
        case .armed: "armed"
        case .disarmed: "disarmed"
        case .other: "other value"
        case .unread: "unreadable"
        }
    }
}
