import Tags

/// Everything one sweep has heard of one tag.
///
/// Built only from unions, minima and maxima, so that sightings may come in any order and any number of times.
struct TagEvidence: Hashable, Sendable {
    var barcodes: Set<String> = []
    var readers: Set<String> = []
    var passes: Set<Int> = []
    var first: Moment
    var last: Moment
    private(set) var lastAFI: LastAFI?
    /// What is remembered of its memory, newest reading.
    private(set) var record: TagRecord?

    /// The AFI that was read last; of two values at one moment the smaller one, so that 07 wins over C2.
    struct LastAFI: Hashable, Sendable {
        var value: UInt8
        var at: Moment
    }

    init(_ sighting: Sighting, tag: TagRecord?) {
        first = sighting.at
        last = sighting.at
        take(sighting, tag: tag)
    }

    mutating func take(_ sighting: Sighting, tag: TagRecord?) {
        if let barcode = sighting.barcode ?? tag?.barcode { barcodes.insert(barcode) }
        readers.insert(sighting.reader)
        passes.insert(sighting.pass)
        first = min(first, sighting.at)
        last = max(last, sighting.at)
        if let afi = sighting.afi { take(LastAFI(value: afi, at: sighting.at)) }
        if let tag {
            if let afi = tag.afi { take(LastAFI(value: afi, at: tag.readAt)) }
            if record.map({ Self.isNewer(tag, than: $0) }) ?? true { record = tag }
        }
    }

    private mutating func take(_ reading: LastAFI) {
        guard let known = lastAFI else {
            lastAFI = reading
            return
        }
        if (reading.at, known.value) > (known.at, reading.value) { lastAFI = reading }
    }

    private static func isNewer(_ left: TagRecord, than right: TagRecord) -> Bool {
        if left.readAt != right.readAt { return left.readAt > right.readAt }
        return left.tieBreak.lexicographicallyPrecedes(right.tieBreak)
    }

    /// Whether it was read at least once, by this sweep or before.
    var isRead: Bool { !barcodes.isEmpty || record != nil }
}

extension TagRecord {
    /// Orders two readings of one moment, which only a broken clock or a damaged log gives.
    fileprivate var tieBreak: [String] {
        [
            barcode ?? "", model, owner ?? "", "\(setInformation?.total ?? -1)", "\(setInformation?.ordinal ?? -1)",
            "\(afi ?? 0)", afi == nil ? "" : "afi",
        ]
    }
}
