import API
import Foundation
import Library
import Operations

extension API.SweepReport {
    init(_ outcome: SweepOutcome) {
        self.init(
            sweep: SweepSummary(outcome.view, completeness: outcome.completeness),
            findings: outcome.findings.filter { $0.severity > .hidden }.map { Finding($0) },
            moves: outcome.moves.enumerated().map { Move($1, number: $0 + 1, done: outcome.done) },
            progress: outcome.progress.map { Day(day: $0.day, seen: $0.seen) }
        )
    }
}

extension Move {
    init(_ move: ShelfMove, number: Int, done: Set<String>) {
        self.init(
            number: number,
            item: Item(move.item),
            standsAfter: move.standsBetween.after.map { Item($0) },
            standsBefore: move.standsBetween.before.map { Item($0) },
            putAfter: move.belongsBetween.after.map { Item($0) },
            putBefore: move.belongsBetween.before.map { Item($0) },
            places: move.places,
            fromShelf: move.shelves?.from,
            toShelf: move.shelves?.to,
            isDone: done.contains(move.item.barcode)
        )
    }
}

extension Move.Item {
    init(_ item: Library.Item) {
        self.init(barcode: item.barcode, callNumber: item.callNumber, title: item.title)
    }
}

extension CompletenessSummary {
    /// Thin spots shown at most: a person walks no more.
    private static let spotsShown = 500

    init(_ completeness: Completeness) {
        self.init(
            likely: completeness.unheard.likely,
            low: completeness.unheard.range.lowerBound,
            high: completeness.unheard.range.upperBound,
            judged: completeness.judged,
            untold: completeness.untold,
            thinSpots: completeness.thinSpots.prefix(Self.spotsShown).map { spot in
                ThinSpot(
                    from: spot.from,
                    to: spot.to,
                    items: spot.places.count,
                    seen: spot.seen,
                    centimetres: spot.centimetres,
                    reason: spot.reason.words
                )
            }
        )
    }
}

extension Library.ThinSpot.Reason {
    fileprivate var words: String {
        switch self {
        case .notVisited: "not visited"
        case .visitedOnce: "visited once: nothing can be said of what was not heard"
        case .wouldGain(let gain): "another walk would bring some \(max(1, Int(gain.rounded()))) more"
        }
    }
}

extension UploadReport {
    init(_ upload: SweepUpload) {
        self.init(
            read: upload.read,
            new: upload.new,
            tooOld: upload.tooOld,
            tooNew: upload.tooNew,
            rejectedCount: upload.rejectedCount,
            rejected: upload.rejected.map { Line(line: $0.line, cause: $0.cause) }
        )
    }
}

extension WriteBackReport {
    /// Items left out that are shown at most.
    private static let shown = 1000

    init(_ file: WriteBack, route: WriteBackRoute, dryRun: Bool) {
        self.init(
            route: route.rawValue,
            dryRun: dryRun,
            fileName: route.fileName,
            file: file.text,
            notice: route.notice,
            written: file.results.count { $0.isWritten },
            leftOut: file.results.filter { !$0.isWritten }.prefix(Self.shown).map {
                Line(barcode: $0.barcode, result: $0.result)
            }
        )
    }
}

extension FindPlace {
    init(_ place: FindingPlace) {
        self.init(
            item: place.item.map { Move.Item($0) } ?? Move.Item(barcode: place.barcode, callNumber: nil, title: nil),
            location: place.item?.location ?? place.item?.permanentLocation,
            before: place.before.map { Move.Item($0) },
            behind: place.behind.map { Move.Item($0) },
            lastSeen: place.lastSeen.map { ItemSeen($0) },
            isTagKnown: place.isTagKnown
        )
    }
}

extension ItemSeen {
    init(_ sighting: ItemSighting) {
        self.init(
            sweep: Int(sighting.sweep),
            reader: sighting.reader,
            first: Date(sighting.first),
            last: Date(sighting.last),
            sightings: sighting.sightings
        )
    }
}

extension Sought {
    init(_ ring: SoughtRing) {
        let tone = ring.list.purpose.tone
        self.init(
            list: ring.list.name,
            purpose: ring.list.purpose.rawValue,
            barcode: ring.barcode,
            callNumber: ring.item?.callNumber,
            title: ring.item?.title,
            reader: ring.reader,
            hertz: tone.hertz,
            beeps: tone.beeps
        )
    }
}

extension Guide {
    init(_ reading: GuideReading) {
        self.init(barcode: reading.barcode, strength: reading.strength, reader: reading.reader)
    }
}

extension SweepPlan {
    /// What a request says of who sweeps and with what; `readers` are the service's own.
    init(_ request: SweepRequest, readers known: [String]) throws {
        let wanted = Set(request.readers ?? [])
        if let stranger = wanted.subtracting(known).min() {
            let names = known.sorted().joined(separator: ", ")
            throw Problem.invalid(
                "readers",
                found: "'\(stranger)'",
                wanted: names.isEmpty ? "none: there are no readers" : "among \(names)"
            )
        }
        let given = { (text: String?) in text.flatMap { $0.isEmpty ? nil : String($0.prefix(100)) } }
        self.init(
            project: given(request.project),
            assignee: given(request.assignee),
            readers: wanted,
            background: request.background ?? false
        )
    }
}
