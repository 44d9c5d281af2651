package import Tags

/// What the gates must know of every item and tag, packed into plain numbers: some 30 bytes for an item with its tag.
///
/// Barcodes stand in it as 64-bit numbers made of them, so that five million take some 60 MB, tags another 110 MB;
/// two barcodes of a stock that size share a number with a chance of one in a million. Looking up allocates nothing.
package struct GateIndex: Sendable {
    private var items: PackedTable<ItemEntry>
    private var tags: PackedTable<TagEntry>
    /// The item's own barcode number for each further barcode of it.
    private var others: PackedTable<UInt64>
    /// Up to when the snapshot knows of loans; `nil` before the first.
    package private(set) var holdingsAt: Moment?
    /// The same by the clock as it goes now, which may have been set back since.
    private var holdingsNow: Moment?
    /// The last change in the security journal that the snapshot knows of; `nil` where nobody noted it.
    private let changesBefore: SecurityRecord.ID?
    /// What devices of ours were told since, by barcode number: a few thousand at most.
    private var recent: [UInt64: Recent] = [:]
    private var passes: [UInt64: [GatePass]] = [:]

    /// Loans and returns that are remembered beside the snapshot.
    private static let mostRecent = 50_000

    /// An item's status in a byte.
    struct ItemEntry {
        var status: UInt8
    }

    /// A tag's item and what it says of itself.
    struct TagEntry {
        var barcode: UInt64
        var owner: UInt8
        var tag: UInt8
        var part: UInt16
        var parts: UInt16
    }

    private struct Recent {
        var status: ItemStatus?
        var at: Moment
        var source: GateFacts.Source
        var returnedAt: Moment?
        /// Its place in the security journal; `nil` for what stands in none.
        var change: SecurityRecord.ID?
    }

    /// An empty index with room for so many, for a snapshot that knows of loans up to `holdingsAt`, and of the changes in
    /// the security journal up to `changesBefore`.
    package init(
        items: Int = 0,
        others: Int = 0,
        tags: Int = 0,
        holdingsAt: Moment? = nil,
        changesBefore: SecurityRecord.ID? = nil
    ) {
        self.items = PackedTable(capacity: items, empty: ItemEntry(status: 0))
        self.others = PackedTable(capacity: others, empty: 0)
        self.tags = PackedTable(
            capacity: tags,
            empty: TagEntry(barcode: 0, owner: 0, tag: 0, part: 0, parts: 0)
        )
        self.holdingsAt = holdingsAt
        holdingsNow = holdingsAt
        self.changesBefore = changesBefore
    }

    /// Items of the snapshot; further barcodes of an item do not count.
    package var itemCount: Int { items.count }
    /// Tags whose memory was read at least once, foreign ones included.
    package var tagCount: Int { tags.count }
    /// Memory of the tables, in bytes.
    package var bytes: Int { items.bytes + others.bytes + tags.bytes }

    /// Takes an item of the snapshot.
    package mutating func add(barcode: String, status: ItemStatus) {
        items[Self.number(barcode)] = ItemEntry(status: Self.code(status))
    }

    /// Takes a further barcode of an item of the snapshot; items and their further barcodes come before the tags.
    package mutating func add(otherBarcode: String, of item: String) {
        others[Self.number(otherBarcode)] = Self.number(item)
    }

    /// Takes what is remembered of a tag.
    package mutating func add(_ tag: TagRecord, owner: GateFacts.Owner) {
        tags[tag.uid.rawValue] = TagEntry(
            barcode: tag.barcode.map(item) ?? 0,
            owner: owner.rawValue,
            tag: (tag.barcode == nil ? GateFacts.Tag.foreign : .item).rawValue,
            part: UInt16(clamping: tag.setInformation?.ordinal ?? 0),
            parts: UInt16(clamping: tag.setInformation?.total ?? 0)
        )
    }

    /// A device of ours, or the library system itself, was told how an item stands.
    ///
    /// What is told now is no older than the holdings that are here: a clock that is behind, as after the start of a
    /// machine that has none of its own, would let a loan count for nothing.
    ///
    /// - Parameter change: its place in the security journal: of two changes the later one there counts, in whatever
    ///   order they are told.
    package mutating func learn(
        barcode: String,
        status: ItemStatus?,
        source: GateFacts.Source,
        at moment: Moment,
        change: SecurityRecord.ID? = nil
    ) {
        let number = item(barcode)
        if let change, let known = recent[number]?.change, change < known { return }
        if recent.count >= Self.mostRecent, recent[number] == nil { recent = [:] }
        let returned = status == .available ? moment : recent[number]?.returnedAt
        recent[number] = Recent(
            status: status,
            at: max(moment, holdingsNow ?? moment),
            source: source,
            returnedAt: source == .device ? returned : recent[number]?.returnedAt,
            change: change
        )
    }

    /// The clock was set back by so much, or ahead again where that is negative: what is known keeps its age, or what was
    /// too old for the loans of the moment would be believed once more.
    package mutating func clockWasSetBack(by duration: Duration) {
        holdingsNow = holdingsNow.map { $0 + (.zero - duration) }
        recent = recent.mapValues { told in
            var told = told
            told.at = told.at + (.zero - duration)
            told.returnedAt = told.returnedAt.map { $0 + (.zero - duration) }
            return told
        }
    }

    /// Takes over from an older index what devices told since this one's snapshot was made, and the passes.
    ///
    /// What a clock that had run ahead dated into the time to come is dated now, or no snapshot would ever beat it.
    package mutating func takeOver(from old: GateIndex, at moment: Moment) {
        let latest = max(moment, holdingsNow ?? moment)
        for (number, knowledge) in old.recent where !isKnown(knowledge) {
            // This one may have read more of the journal than the old one was told.
            if let change = knowledge.change, let own = recent[number]?.change, own > change { continue }
            recent[number] = knowledge
            recent[number]?.at = max(min(knowledge.at, latest), holdingsNow ?? knowledge.at)
        }
        passes = old.passes
    }

    /// Whether the snapshot knows what a device was told: by its place in the journal, whatever clocks said meanwhile, or
    /// by the clock where one of both has none.
    private func isKnown(_ told: Recent) -> Bool {
        if let change = told.change, let changesBefore { return change <= changesBefore }
        return holdingsNow.map { told.at < $0 } ?? false
    }

    /// Replaces all passes; those that are over may stay away.
    package mutating func follow(_ passes: [GatePass]) {
        self.passes = Dictionary(grouping: passes) { item($0.barcode) }
    }

    /// Whether the tag's memory was ever read.
    package func knows(_ uid: TagUID) -> Bool { tags[uid.rawValue] != nil }

    /// Whether a tag's memory names the item that a barcode means.
    package func isTag(_ uid: TagUID, of barcode: String) -> Bool { tags[uid.rawValue]?.barcode == item(barcode) }

    /// What is known of a tag at `moment`: how its item stands by what a device was told, unless holdings are younger.
    package func facts(of uid: TagUID, at moment: Moment) -> GateFacts {
        guard let entry = tags[uid.rawValue] else { return .unread }
        let tag = GateFacts.Tag(rawValue: entry.tag) ?? .unread
        guard tag == .item else { return GateFacts(tag: tag) }
        var facts = GateFacts(
            tag: .item,
            owner: GateFacts.Owner(rawValue: entry.owner) ?? .unnamed,
            part: entry.part,
            parts: entry.parts,
            status: items[entry.barcode].flatMap { Self.status($0.status) },
            knownAt: holdingsNow
        )
        if let told = recent[entry.barcode], holdingsNow.map({ told.at >= $0 }) ?? true {
            facts.status = told.status ?? facts.status
            facts.source = told.source
            facts.knownAt = told.at
            facts.returnedAt = told.returnedAt
        }
        for pass in passes[entry.barcode] ?? [] where moment >= pass.from {
            facts.passUntil = max(facts.passUntil ?? pass.until, pass.until)
        }
        return facts
    }

    /// The number of the item that a barcode means: its own barcode before a further one.
    private func item(_ barcode: String) -> UInt64 {
        let number = Self.number(barcode)
        return items[number] == nil ? others[number] ?? number : number
    }

    /// A barcode as a number; never 0, which stands for none (FNV-1a over its bytes, mixed as in SplitMix64).
    static func number(_ barcode: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in barcode.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return max(1, PackedMixing.mixed(hash))
    }

    private static func code(_ status: ItemStatus) -> UInt8 {
        UInt8(clamping: (ItemStatus.allCases.firstIndex(of: status) ?? 0) + 1)
    }

    private static func status(_ code: UInt8) -> ItemStatus? {
        let statuses = Self.statuses
        return code > 0 && Int(code) <= statuses.count ? statuses[Int(code) - 1] : nil
    }

    private static let statuses = ItemStatus.allCases
}
