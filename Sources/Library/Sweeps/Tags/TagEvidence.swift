import Tags

/// Everything one sweep has heard of one tag.
///
/// Built only from unions, minima and maxima, so that sightings may come in any order and any number of times. Small,
/// since there may be a million: words stand as numbers in the sweep's ``WordList``.
struct TagEvidence: Hashable, Sendable {
    let uid: TagUID
    /// Numbers of the items it was read as.
    var items: FewNumbers = FewNumbers()
    var hearings: [Hearing] = []
    private var afiAt = Int64.min
    /// The newest of its readings.
    private var readAt = Int64.min
    private var afi = Self.none
    private var modelNumber = Self.none
    private var ownerNumber = Self.none
    private var total = Self.none
    private var ordinal = Self.none
    private var hasBarcode = false

    private static let none = UInt16.max

    init(uid: TagUID) {
        self.uid = uid
    }

    /// The AFI that was read last; of two values at one moment the smaller one, so that 07 wins over C2.
    var lastAFI: UInt8? { afi == Self.none ? nil : UInt8(truncatingIfNeeded: afi) }

    /// Whether its memory was read, whatever stood in it.
    var hasReading: Bool { modelNumber != Self.none }
    var model: UInt16? { modelNumber == Self.none ? nil : modelNumber }
    var owner: UInt16? { ownerNumber == Self.none ? nil : ownerNumber }
    var setInformation: SetInformation? {
        total == Self.none ? nil : SetInformation(total: Int(total), ordinal: Int(ordinal))
    }

    mutating func take(afi value: UInt8, at moment: Moment) {
        let isNewer = (moment.milliseconds, afi) > (afiAt, UInt16(value))
        guard afi == Self.none || isNewer else { return }
        afi = UInt16(value)
        afiAt = moment.milliseconds
    }

    /// What stands in its memory, whenever that was read; its AFI is for who knows where the tag was then.
    mutating func take(_ tag: TagRecord, words: inout WordList) {
        var new = self
        new.readAt = tag.readAt.milliseconds
        new.modelNumber = words.number(of: tag.model)
        new.ownerNumber = tag.owner.map { words.number(of: $0) } ?? Self.none
        new.total = tag.setInformation.map { min(UInt16(clamping: $0.total), Self.none - 1) } ?? Self.none
        new.ordinal = tag.setInformation.map { min(UInt16(clamping: $0.ordinal), Self.none - 1) } ?? Self.none
        new.hasBarcode = tag.barcode != nil
        if !hasReading || new.isNewer(than: self, words) { self = new }
    }

    /// Of two readings of one moment, which only a broken clock or a damaged log gives, their words decide.
    private func isNewer(than other: TagEvidence, _ words: WordList) -> Bool {
        if readAt != other.readAt { return readAt > other.readAt }
        return reading(words).lexicographicallyPrecedes(other.reading(words))
    }

    private func reading(_ words: WordList) -> [String] {
        [hasBarcode ? "1" : "0", words[modelNumber], owner.map { words[$0] } ?? "", "\(total)", "\(ordinal)"]
    }

    /// What findings are made of: its items, its security and its memory.
    var substance: Substance {
        Substance(items: items, afi: afi, model: modelNumber, owner: ownerNumber, total: total, ordinal: ordinal)
    }

    struct Substance: Hashable {
        var items: FewNumbers
        var afi: UInt16
        var model: UInt16
        var owner: UInt16
        var total: UInt16
        var ordinal: UInt16

        var isRead: Bool { !items.isEmpty || model != TagEvidence.none }
    }

    /// Whether it was read at least once, by this sweep or before.
    var isRead: Bool { !items.isEmpty || hasReading }

    /// When it was heard first and last.
    var span: (first: Moment, last: Moment) {
        (
            Moment(milliseconds: hearings.map(\.first).min() ?? 0),
            Moment(milliseconds: hearings.map(\.last).max() ?? 0)
        )
    }
}

/// A set of item or tag numbers that nearly always has one member.
struct FewNumbers: Hashable, Sendable {
    private var one: Int32 = -1
    /// Sorted; the smallest stands in `one`.
    private var more: [Int32] = []

    var isEmpty: Bool { one < 0 }
    var count: Int { one < 0 ? 0 : 1 + more.count }
    var numbers: [Int] { one < 0 ? [] : [Int(one)] + more.map(Int.init) }

    /// Returns whether it was new.
    @discardableResult
    mutating func insert(_ number: Int) -> Bool {
        let number = Int32(clamping: number)
        guard one >= 0 else {
            one = number
            return true
        }
        guard number != one, !more.contains(number) else { return false }
        more.append(max(number, one))
        one = min(number, one)
        more.sort()
        return true
    }

    /// Nothing happens when it is not there.
    mutating func remove(_ number: Int) {
        let left = numbers.filter { $0 != number }
        self = FewNumbers()
        for number in left { insert(number) }
    }
}

/// Words that come again and again, each kept once: readers, owners, data models.
struct WordList: Hashable, Sendable {
    private var words: [String] = []
    private var numbers: [String: UInt16] = [:]

    /// The 65 535th word and all after it share one number: no site has so many readers or owners.
    mutating func number(of word: String) -> UInt16 {
        if let number = numbers[word] { return number }
        guard words.count < UInt16.max else { return UInt16.max - 1 }
        let number = UInt16(words.count)
        numbers[word] = number
        words.append(word)
        return number
    }

    subscript(number: UInt16) -> String {
        words.indices.contains(Int(number)) ? words[Int(number)] : ""
    }
}
