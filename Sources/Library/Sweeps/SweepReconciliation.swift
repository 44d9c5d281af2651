package import Tags

/// Compares what readers hear along a shelf with what should stand there, sighting by sighting.
///
/// The result depends on the set of sightings alone: any order, any repetition and any division into logs give the same
/// report. Each sighting costs the same, however much is known already, and a million items with their tags fit in some
/// 400 MB. One reconciliation belongs to one snapshot of the holdings: when that is replaced, start a new one and give
/// it the whole log again.
package struct SweepReconciliation: Sendable {
    /// Which part of the shelves is looked at; what is heard beyond it is told as such.
    package let scope: SweepScope
    /// The site's rules, as they were when the reconciliation began.
    package let rules: SweepRules

    /// The expected items in shelf order.
    let expected: PackedItems
    /// Places of expected items by a further barcode of theirs.
    private let others: [String: Int]
    /// Tags heard, each at the place that is its number.
    private(set) var tags: [TagEvidence] = []
    private(set) var words = WordList()
    private var tagNumbers: [TagUID: Int32] = [:]
    /// By item number, the expected first and then the strangers: the tags that were heard for it.
    private var carriers: [FewNumbers]
    /// Items heard that were not expected, numbered on from the expected ones.
    private(set) var strangers: [Stranger] = []
    private var strangerNumbers: [String: Int] = [:]
    /// By item number.
    private var histories: [Int: StatusHistory] = [:]
    private var standing: [FindingSubject: Set<FindingKind>] = [:]
    private var counts: [FindingKind: Int] = [:]
    private var seen = 0
    private var unreadTags = 0
    private var strangersHeard = 0
    private(set) var seenByStretch: [Int]

    struct Stranger: Sendable {
        var barcode: String
        /// `nil` when the holdings do not know it.
        var item: ShelvedItem?
    }

    /// `expected` is what the store gives for `scope`, in shelf order; a second item with one barcode is left out.
    package init(
        scope: SweepScope,
        expected: some Sequence<ShelvedItem>,
        rules: SweepRules = SweepRules()
    ) {
        var shelf = ExpectedShelf()
        for item in expected { shelf.add(item) }
        self.init(scope: scope, shelf: shelf, rules: rules)
    }

    /// The same from a shelf that was filled item by item.
    package init(scope: SweepScope, shelf: ExpectedShelf, rules: SweepRules = SweepRules()) {
        self.scope = scope
        self.rules = rules
        expected = shelf.items
        others = shelf.others
        carriers = Array(repeating: FewNumbers(), count: shelf.items.count)
        seenByStretch = Array(repeating: 0, count: min(Self.stretchCount, shelf.items.count))
    }

    /// Takes one sighting, and says which findings it brought up or did away with.
    ///
    /// `tag` is what is remembered of the tag's memory. `item` is what the holdings say of the sighting's barcode or,
    /// when that is not known, of the tag's; `nil` when they do not know it. It need not be given for an item that is
    /// expected.
    package mutating func take(_ sighting: Sighting, tag: TagRecord?, item: ShelvedItem?) -> [FindingChange] {
        let (number, isNew) = tagNumber(sighting.uid)
        // Not the evidence itself: a second owner would have its hearings copied.
        let before = tags[number].substance
        let wasUnread = !isNew && !before.isRead
        hear(sighting, tag: tag, at: number)
        var learned = false
        if let barcode = sighting.barcode ?? tag?.barcode {
            let itemNumber = itemNumber(barcode, of: item?.item)
            learned = learn(item, itemNumber)
            tags[number].items.insert(itemNumber)
            if carriers[itemNumber].isEmpty { count(itemNumber) }
            carriers[itemNumber].insert(number)
        }
        let after = tags[number].substance
        if isNew, !after.isRead { unreadTags += 1 }
        if wasUnread, after.isRead { unreadTags -= 1 }

        // An item with a changed status is judged by when it was heard last.
        let dated = !histories.isEmpty && after.items.numbers.contains { histories[$0] != nil }
        guard isNew || learned || dated || after != before else { return [] }
        var changes = judge(.tag(sighting.uid))
        for item in after.items.numbers { changes += judge(.item(barcode(item))) }
        return changes
    }

    /// Takes a change of status that came after the snapshot, in any order and any number of times.
    package mutating func take(_ change: StatusChange) -> [FindingChange] {
        let number: Int
        if let place = expected.number(of: change.barcode) {
            number = place
        } else {
            number = itemNumber(change.barcode, of: nil)
        }
        histories[number, default: StatusHistory()].take(change)
        return judge(.item(barcode(number)))
    }

    /// Whether the tag was heard, read or not.
    package func hasHeard(_ uid: TagUID) -> Bool { tagNumbers[uid] != nil }

    /// Tags that were heard and read as no item's: blank ones, those that nobody could read, and patron cards among them.
    package var tagsWithoutItem: [TagUID] { tags.compactMap { $0.items.isEmpty ? $0.uid : nil } }

    /// Forgets a tag as if it had never been heard, and says which findings that did away with or brought up: for what
    /// turns out to be none of a sweep's business.
    package mutating func forget(_ uid: TagUID) -> [FindingChange] {
        guard let place = tagNumbers.removeValue(forKey: uid) else { return [] }
        let number = Int(place)
        let forgotten = tags[number]
        let items = forgotten.items.numbers
        if !forgotten.isRead { unreadTags -= 1 }
        for item in items {
            carriers[item].remove(number)
            if carriers[item].isEmpty { count(item, by: -1) }
        }
        // The last tag takes its number: numbers have no gap.
        let last = tags.removeLast()
        if last.uid != uid {
            for item in last.items.numbers {
                carriers[item].remove(tags.count)
                carriers[item].insert(number)
            }
            tagNumbers[last.uid] = place
            tags[number] = last
        }
        var changes = judge(.tag(uid))
        for item in items { changes += judge(.item(barcode(item))) }
        return changes
    }

    private mutating func tagNumber(_ uid: TagUID) -> (number: Int, isNew: Bool) {
        if let number = tagNumbers[uid] { return (Int(number), false) }
        tagNumbers[uid] = Int32(tags.count)
        tags.append(TagEvidence(uid: uid))
        return (tags.count - 1, true)
    }

    private mutating func hear(_ sighting: Sighting, tag: TagRecord?, at number: Int) {
        let hearing = Hearing(
            reader: words.number(of: sighting.reader),
            pass: sighting.pass,
            at: sighting.at,
            signal: sighting.signal
        )
        tags[number].hearings.add(hearing, gap: rules.visitGap)
        if let afi = sighting.afi { tags[number].take(afi: afi, at: sighting.at) }
        guard let tag else { return }
        // What a pad or gate read after it was heard here says nothing of the shelf: it was lent meanwhile.
        if let afi = tag.afi, tag.readAt <= sighting.at { tags[number].take(afi: afi, at: tag.readAt) }
        tags[number].take(tag, words: &words)
    }

    /// - Parameter item: what the holdings say of the barcode, when they were asked.
    private mutating func itemNumber(_ barcode: String, of item: Item?) -> Int {
        if let place = expected.number(of: barcode) { return place }
        // A barcode of one's own goes before a further one of somebody else.
        if item?.barcode != barcode, let place = others[barcode] { return place }
        if let number = strangerNumbers[barcode] { return number }
        let number = expected.count + strangers.count
        strangerNumbers[barcode] = number
        strangers.append(Stranger(barcode: barcode))
        carriers.append(FewNumbers())
        return number
    }

    /// Whether the barcode was heard or told of, and means none of the expected items.
    package func isStranger(_ barcode: String) -> Bool { strangerNumbers[barcode] != nil }

    /// Takes what the holdings say of an item that was heard though not expected, when it was not given with the
    /// sighting; `barcode` is what was heard, which may be another one of the item's.
    package mutating func learn(_ item: ShelvedItem, as barcode: String) -> [FindingChange] {
        guard let number = strangerNumbers[barcode], learn(item, number) else { return [] }
        return judge(.item(barcode))
    }

    private mutating func learn(_ item: ShelvedItem?, _ number: Int) -> Bool {
        guard let item, number >= expected.count, strangers[number - expected.count].item == nil else { return false }
        strangers[number - expected.count].item = item
        return true
    }

    /// Counts an item that is heard now and was not before, or by -1 one of which nothing is left.
    private mutating func count(_ number: Int, by change: Int = 1) {
        guard number < expected.count else {
            strangersHeard += change
            return
        }
        seen += change
        seenByStretch[stretch(of: number)] += change
    }

    /// Brings the standing findings of one subject up to date.
    private mutating func judge(_ subject: FindingSubject) -> [FindingChange] {
        let verdicts = verdicts(on: subject).filter { rules.severity(of: $0.kind) != .hidden }
        guard !verdicts.isEmpty || standing[subject] != nil else { return [] }
        let now = Set(verdicts.map(\.kind))
        let before = standing[subject] ?? []
        guard now != before else { return [] }
        standing[subject] = now.isEmpty ? nil : now
        var changes: [FindingChange] = []
        for kind in FindingKind.allCases where before.contains(kind) && !now.contains(kind) {
            counts[kind, default: 1] -= 1
            changes.append(.gone(Finding.ID(kind: kind, subject: subject)))
        }
        for verdict in verdicts where !before.contains(verdict.kind) {
            counts[verdict.kind, default: 0] += 1
            changes.append(.appeared(finding(verdict, on: subject)))
        }
        return changes
    }

    /// Where the sweep stands while it goes on; costs the same at any size.
    package var summary: SweepSummary {
        SweepSummary(
            expected: expected.count,
            seen: seen,
            missing: 0,
            notSwept: 0,
            awaited: expected.count - seen,
            others: strangersHeard,
            tags: tags.count,
            unreadTags: unreadTags,
            findings: counts.filter { $0.value > 0 }
        )
    }

    /// The findings that stand while the sweep goes on: nothing is missing yet, no set incomplete.
    package var findings: [Finding] {
        sorted(
            standing.keys.flatMap { subject in
                verdicts(on: subject)
                    .filter { rules.severity(of: $0.kind) != .hidden }
                    .map { finding($0, on: subject) }
            }
        )
    }
}

extension SweepReconciliation {
    /// All that the holdings have to say on this sweep: the expected items in shelf order, and what else was heard.
    package var judgedItems: some Sequence<JudgedItem> {
        var further: [Int: [String]] = [:]
        for (barcode, place) in others { further[place, default: []].append(barcode) }
        let names = further.mapValues { $0.sorted() }
        return (0..<expected.count + strangers.count).lazy
            .filter { number in number < expected.count || isHeard(number) }
            .map { number in judgedItem(number, names[number] ?? []) }
    }

    private func judgedItem(_ number: Int, _ further: [String]) -> JudgedItem {
        if number < expected.count {
            var shelved = expected[number]
            shelved.item.otherBarcodes = further
            return .expected(shelved)
        }
        let stranger = strangers[number - expected.count]
        guard let item = stranger.item else { return .unknown(stranger.barcode) }
        return .stranger(item, heardAs: stranger.barcode)
    }

    /// The item's number; `nil` when nothing was heard or told of it and it is not expected.
    func number(of barcode: String) -> Int? {
        expected.number(of: barcode) ?? strangerNumbers[barcode] ?? others[barcode]
    }

    func number(of uid: TagUID) -> Int? {
        tagNumbers[uid].map(Int.init)
    }

    func barcode(_ number: Int) -> String {
        number < expected.count ? expected.barcode(number) : strangers[number - expected.count].barcode
    }

    /// The item as the holdings have it, without changes of status.
    func item(_ number: Int) -> ShelvedItem? {
        number < expected.count ? expected[number] : strangers[number - expected.count].item
    }

    func isHeard(_ number: Int) -> Bool { !carriers[number].isEmpty }

    /// What was heard for the item, by the tags' UIDs.
    func evidence(_ number: Int) -> [TagEvidence] {
        carriers[number].numbers.map { tags[$0] }.sorted { $0.uid < $1.uid }
    }

    func history(_ number: Int) -> StatusHistory? { histories[number] }

    /// Numbers of all items that were heard.
    var heardItems: [Int] { carriers.indices.filter { !carriers[$0].isEmpty } }
}

/// The items that a sweep expects, filled in shelf order one by one, so that a million of them never stand in memory
/// at full length.
package struct ExpectedShelf: Sendable {
    private(set) var items = PackedItems()
    /// Places by a further barcode, where one item alone has it.
    private(set) var others: [String: Int] = [:]
    private var claimedTwice: Set<String> = []

    package init() {}

    /// Items filled in so far, those left out not among them.
    package var count: Int { items.count }

    /// Further barcodes by which one item of the shelf alone is known.
    package var furtherBarcodes: [String] { Array(others.keys) }

    /// Takes back further barcodes: those that an item of the holdings, on this shelf or not, has for its own.
    package mutating func drop(furtherBarcodes barcodes: some Sequence<String>) {
        for barcode in barcodes { others[barcode] = nil }
    }

    /// A second item with one barcode is left out.
    package mutating func add(_ item: ShelvedItem) {
        guard let place = items.add(item) else { return }
        for other in item.item.otherBarcodes where other != item.item.barcode {
            if !claimedTwice.contains(other), others.updateValue(place, forKey: other) != nil {
                others[other] = nil
                claimedTwice.insert(other)
            }
        }
    }
}
