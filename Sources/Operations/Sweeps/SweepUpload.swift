package import Library
import Tags

/// What came of a log that was uploaded to a sweep.
package struct SweepUpload: Hashable, Sendable {
    /// Lines with a sighting.
    package private(set) var read = 0
    /// Of these the ones that were not in the sweep yet.
    package var new = 0
    /// Sightings from before the sweep began: a wand that repeats an old buffer.
    package private(set) var tooOld = 0
    /// Sightings more than a day ahead of now: a clock that is wrong.
    package private(set) var tooNew = 0
    /// Lines that were no sighting, those beyond the kept ones included.
    package private(set) var rejectedCount = 0
    /// The first lines that were no sighting.
    package private(set) var rejected: [SightingLog.Rejection] = []
    /// The line taken last, when it counts.
    private(set) var last: SightingLog.Line?

    private static let rejectionsKept = 100

    /// Takes a line; sightings outside `bounds` count for nothing.
    mutating func take(_ line: SightingLog.Line, bounds: (first: Moment, last: Moment)) {
        last = nil
        switch line {
        case .nothing: return
        case .rejected(let rejection):
            rejectedCount += 1
            if rejected.count < Self.rejectionsKept { rejected.append(rejection) }
        case .barcode:
            read += 1
            last = line
        case .sighting(let sighting):
            read += 1
            if sighting.at < bounds.first {
                tooOld += 1
            } else if sighting.at > bounds.last {
                tooNew += 1
            } else {
                last = line
            }
        }
    }
}

/// What a reader has told of in a sweep, for lists that do not say when.
///
/// Such a line counts from when it comes. The same list once more would look like a second walk that heard just what
/// the first one did, and a walk that adds nothing makes it certain that what is silent is missing.
struct ListedBefore {
    private var tags: Set<TagUID>
    private var barcodes: Set<String>

    init(_ heard: [(uid: TagUID, barcode: String?)]) {
        tags = Set(heard.map(\.uid))
        barcodes = Set(heard.compactMap(\.barcode))
    }

    /// Whether it is new; a tag may have been listed by its item's barcode before it was read for the first time.
    mutating func insert(_ sighting: Sighting) -> Bool {
        if let barcode = sighting.barcode, !barcodes.insert(barcode).inserted { return false }
        return tags.insert(sighting.uid).inserted
    }
}
