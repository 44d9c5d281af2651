package import FoundationEssentials

/// How complete a sweep was: items that stand there though nobody heard them, with a range that holds in 95 % of sweeps.
package struct CompletenessSummary: Codable, Hashable, Sendable {
    package var likely: Double
    package var low: Int
    package var high: Int
    /// Expected items in stretches that were visited at least twice: the range is about these.
    package var judged: Int
    /// Items not heard where there was one visit or none: nothing can be said of them.
    package var untold: Int
    /// Stretches to sweep again; none when another walk would not help.
    package var thinSpots: [ThinSpot]

    package struct ThinSpot: Codable, Hashable, Sendable {
        package var from: String
        package var to: String
        package var items: Int
        package var seen: Int
        package var centimetres: Int
        /// `not visited`, `visited once`, or what another walk would likely bring.
        package var reason: String

        package init(from: String, to: String, items: Int, seen: Int, centimetres: Int, reason: String) {
            self.from = from
            self.to = to
            self.items = items
            self.seen = seen
            self.centimetres = centimetres
            self.reason = reason
        }
    }

    package init(likely: Double, low: Int, high: Int, judged: Int, untold: Int, thinSpots: [ThinSpot]) {
        self.likely = likely
        self.low = low
        self.high = high
        self.judged = judged
        self.untold = untold
        self.thinSpots = thinSpots
    }
}

/// One step of putting a shelf in order.
package struct Move: Codable, Hashable, Sendable {
    /// Its place in the list, counted from 1.
    package var number: Int
    package var item: Item
    package var standsAfter: Item?
    package var standsBefore: Item?
    package var putAfter: Item?
    package var putBefore: Item?
    /// About how many places it has to go; negative towards the beginning of the shelf.
    package var places: Int
    /// Shelves by their tags, when they differ.
    package var fromShelf: String?
    package var toShelf: String?
    package var isDone: Bool

    package struct Item: Codable, Hashable, Sendable {
        package var barcode: String
        package var callNumber: String?
        package var title: String?

        package init(barcode: String, callNumber: String?, title: String?) {
            self.barcode = barcode
            self.callNumber = callNumber
            self.title = title
        }
    }

    package init(
        number: Int,
        item: Item,
        standsAfter: Item?,
        standsBefore: Item?,
        putAfter: Item?,
        putBefore: Item?,
        places: Int,
        fromShelf: String?,
        toShelf: String?,
        isDone: Bool
    ) {
        self.number = number
        self.item = item
        self.standsAfter = standsAfter
        self.standsBefore = standsBefore
        self.putAfter = putAfter
        self.putBefore = putBefore
        self.places = places
        self.fromShelf = fromShelf
        self.toShelf = toShelf
        self.isDone = isDone
    }
}

/// Whether a move was done: `POST /v1/sweeps/{id}/moves/{barcode}`.
package struct MoveMark: Codable, Hashable, Sendable {
    package var done: Bool

    package init(done: Bool) {
        self.done = done
    }
}

/// Everything a sweep came to: `GET /v1/sweeps/{id}/report`.
package struct SweepReport: Codable, Hashable, Sendable {
    package var sweep: SweepSummary
    package var findings: [Finding]
    package var moves: [Move]
    package var progress: [Day]

    package struct Day: Codable, Hashable, Sendable {
        /// `2026-03-02`.
        package var day: String
        /// Expected items heard for the first time.
        package var seen: Int

        package init(day: String, seen: Int) {
            self.day = day
            self.seen = seen
        }
    }

    package init(sweep: SweepSummary, findings: [Finding], moves: [Move], progress: [Day]) {
        self.sweep = sweep
        self.findings = findings
        self.moves = moves
        self.progress = progress
    }
}

/// What came of an uploaded log: `POST /v1/sweeps/{id}/sightings?name=wand-3` with the file as body.
package struct UploadReport: Codable, Hashable, Sendable {
    package var read: Int
    /// Sightings that were not there yet.
    package var new: Int
    /// From before the sweep began: they do not count.
    package var tooOld: Int
    /// More than a day ahead of the daemon's clock: they do not count.
    package var tooNew: Int
    package var rejectedCount: Int
    /// The first lines that were no sighting, at most 100.
    package var rejected: [Line]

    package struct Line: Codable, Hashable, Sendable {
        package var line: Int
        package var cause: String

        package init(line: Int, cause: String) {
            self.line = line
            self.cause = cause
        }
    }

    package init(read: Int, new: Int, tooOld: Int, tooNew: Int, rejectedCount: Int, rejected: [Line]) {
        self.read = read
        self.new = new
        self.tooOld = tooOld
        self.tooNew = tooNew
        self.rejectedCount = rejectedCount
        self.rejected = rejected
    }
}

/// Rules for a replay; what is left out is as the site has it.
package struct SweepReplayRequest: Codable, Hashable, Sendable {
    /// Places to each side that speak for a place, 1 to 1000.
    package var reach: Int?
    /// Visits a neighbour must have been heard on, 1 to 12.
    package var passes: Int?
    /// How sure to be before an item is called missing, 0 to 1.
    package var certainty: Double?
    /// Seconds that part two visits, 1 to 3600.
    package var visitGap: Int?
    package var checksOrder: Bool?
    /// By class name: `act`, `look`, `note` or `hidden`.
    package var severities: [String: String]?

    package init(
        reach: Int? = nil,
        passes: Int? = nil,
        certainty: Double? = nil,
        visitGap: Int? = nil,
        checksOrder: Bool? = nil,
        severities: [String: String]? = nil
    ) {
        self.reach = reach
        self.passes = passes
        self.certainty = certainty
        self.visitGap = visitGap
        self.checksOrder = checksOrder
        self.severities = severities
    }
}

/// A file for a library system: `POST /v1/sweeps/{id}/write-backs`.
package struct WriteBackRequest: Codable, Hashable, Sendable {
    /// `koha-fields`, `koha-barcodes`, `evergreen`, `folio` or `barcodes`.
    package var route: String
    /// Nothing is kept of a dry run, which is what one gets without saying otherwise.
    package var dryRun: Bool?

    package init(route: String, dryRun: Bool? = nil) {
        self.route = route
        self.dryRun = dryRun
    }
}

package struct WriteBackReport: Codable, Hashable, Sendable {
    package var route: String
    package var dryRun: Bool
    package var fileName: String
    package var file: String
    /// What to know before the file is used.
    package var notice: String?
    package var written: Int
    /// Items left out, each with the reason.
    package var leftOut: [Line]

    package struct Line: Codable, Hashable, Sendable {
        package var barcode: String
        package var result: String

        package init(barcode: String, result: String) {
            self.barcode = barcode
            self.result = result
        }
    }

    package init(
        route: String,
        dryRun: Bool,
        fileName: String,
        file: String,
        notice: String?,
        written: Int,
        leftOut: [Line]
    ) {
        self.route = route
        self.dryRun = dryRun
        self.fileName = fileName
        self.file = file
        self.notice = notice
        self.written = written
        self.leftOut = leftOut
    }
}

/// A library system that may be told of a sweep itself, and how: `GET /v1/sweeps/{id}/write-backs/systems`.
package struct WriteBackSystem: Codable, Hashable, Sendable {
    /// `koha-fields`, `folio` or `sip2`.
    package var route: String
    /// Its name in the configuration; absent for the one over SIP2.
    package var system: String?
    /// Where it is.
    package var place: String
    /// Whether each item has to be named, because telling has side effects there.
    package var wantsItems: Bool
    /// What to know before anything is sent.
    package var notice: String?

    package init(route: String, system: String?, place: String, wantsItems: Bool, notice: String?) {
        self.route = route
        self.system = system
        self.place = place
        self.wantsItems = wantsItems
        self.notice = notice
    }
}

/// Telling the library system itself: `POST /v1/sweeps/{id}/write-backs/live`, a portion at a time.
package struct LiveWriteBackRequest: Codable, Hashable, Sendable {
    /// `koha-fields`, `folio` or `sip2`.
    package var route: String
    /// Which of several systems, by its name in the configuration.
    package var system: String?
    /// Only these items; `sip2` wants them named.
    package var items: [String]?
    /// Nothing is sent on a dry run, which is what one gets without saying otherwise.
    package var dryRun: Bool?

    package init(route: String, system: String? = nil, items: [String]? = nil, dryRun: Bool? = nil) {
        self.route = route
        self.system = system
        self.items = items
        self.dryRun = dryRun
    }
}

/// What came of a portion, and how far the whole sweep is; ask again until nothing remains.
package struct LiveWriteBackReport: Codable, Hashable, Sendable {
    package var route: String
    package var system: String
    package var dryRun: Bool
    /// What to know before anything is sent.
    package var notice: String?
    /// What came of this portion.
    package var results: [WriteBackLine]
    /// Items that are not told at all, at most 1000.
    package var leftOut: [WriteBackLine]
    /// What goes next, on a dry run.
    package var next: [String]
    package var done: Int
    package var refused: Int
    /// Nobody knows whether these were done; they are not sent again.
    package var uncertain: Int
    package var remaining: Int
    /// Why it stopped before its end.
    package var trouble: String?

    package init(
        route: String,
        system: String,
        dryRun: Bool,
        notice: String?,
        results: [WriteBackLine],
        leftOut: [WriteBackLine],
        next: [String],
        done: Int,
        refused: Int,
        uncertain: Int,
        remaining: Int,
        trouble: String?
    ) {
        self.route = route
        self.system = system
        self.dryRun = dryRun
        self.notice = notice
        self.results = results
        self.leftOut = leftOut
        self.next = next
        self.done = done
        self.refused = refused
        self.uncertain = uncertain
        self.remaining = remaining
        self.trouble = trouble
    }
}

/// What was told of one item, and what came of it: `GET /v1/sweeps/{id}/write-backs`.
package struct WriteBackLine: Codable, Hashable, Sendable {
    package var barcode: String
    /// `written`, `left out`, `sent`, `done`, `refused` or `uncertain`.
    package var state: String
    package var result: String
    package var route: String?
    package var at: Date?

    package init(barcode: String, state: String, result: String, route: String? = nil, at: Date? = nil) {
        self.barcode = barcode
        self.state = state
        self.result = result
        self.route = route
        self.at = at
    }
}

/// Changes of status since the snapshot, without a patron: `POST /v1/status-changes`.
package struct StatusChangeRequest: Codable, Hashable, Sendable {
    package var barcode: String
    /// `available`, `on loan`, …
    package var status: String
    /// Now when left out.
    package var at: Date?

    package init(barcode: String, status: String, at: Date? = nil) {
        self.barcode = barcode
        self.status = status
        self.at = at
    }
}
