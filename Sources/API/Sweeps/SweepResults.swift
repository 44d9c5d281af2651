package import FoundationEssentials

/// How complete a sweep was: items that stand there though nobody heard them, with a range that holds in 95 % of
/// sweeps.
package struct CompletenessSummary: Codable, Hashable, Sendable {
    /// Unheard items that likely stand there, in the stretches that are judged; a mean, so not a whole number.
    package var likely: Double
    /// Lower end of the range that holds in 95 % of sweeps.
    package var low: Int
    /// Upper end of the range that holds in 95 % of sweeps.
    package var high: Int
    /// Expected items in stretches that were visited at least twice: the range is about these.
    package var judged: Int
    /// Items not heard where there was one visit or none: nothing can be said of them.
    package var untold: Int
    /// Stretches to sweep again; none when another walk would not help.
    package var thinSpots: [ThinSpot]

    /// A stretch of the shelf that should be swept again.
    package struct ThinSpot: Codable, Hashable, Sendable {
        /// Call number of its first item; empty when it has none.
        package var from: String
        /// Call number of its last item; empty when it has none.
        package var to: String
        /// Expected items in it, heard or not.
        package var items: Int
        /// Of these the ones that were heard.
        package var seen: Int
        /// About how long it is, at 2.5 cm for a book; at least 1.
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
    /// The item to take out.
    package var item: Item
    /// What it stands behind now; `nil` at the beginning of what was heard.
    package var standsAfter: Item?
    /// What it stands in front of now; `nil` at the end of what was heard.
    package var standsBefore: Item?
    /// What to put it behind; `nil` at the beginning.
    package var putAfter: Item?
    /// What to put it in front of; `nil` at the end.
    package var putBefore: Item?
    /// About how many places it has to go; negative towards the beginning of the shelf.
    package var places: Int
    /// Shelves by their tags, when they differ.
    package var fromShelf: String?
    /// The shelf it belongs to; `nil` where shelf tags do not tell, or it is the one it stands on.
    package var toShelf: String?
    /// Whether somebody has ticked it off.
    package var isDone: Bool

    /// An item as one looks for it on the shelf.
    package struct Item: Codable, Hashable, Sendable {
        /// As the holdings file it.
        package var barcode: String
        /// As printed on the spine; `nil` when the holdings have none.
        package var callNumber: String?
        /// `nil` when the holdings have none.
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
    /// `false` takes the tick away.
    package var done: Bool

    package init(done: Bool) {
        self.done = done
    }
}

/// Everything a sweep came to: `GET /v1/sweeps/{id}/report`.
package struct SweepReport: Codable, Hashable, Sendable {
    /// How far it is, and its completeness even while it goes on.
    package var sweep: SweepSummary
    /// The most pressing first; classes that the site hides are left out.
    package var findings: [Finding]
    /// The fewest moves that put the shelf in order, in the order of walking; empty where the order is not checked.
    package var moves: [Move]
    /// In order of days; days on which nothing new was heard are left out.
    package var progress: [Day]

    /// How far the sweep came on one day, which ends at midnight UTC.
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
    /// Lines with a sighting, those that do not count included.
    package var read: Int
    /// Sightings that were not there yet.
    package var new: Int
    /// From before the sweep began: they do not count.
    package var tooOld: Int
    /// More than a day ahead of the daemon's clock: they do not count.
    package var tooNew: Int
    /// Lines that were no sighting, all of them.
    package var rejectedCount: Int
    /// The first lines that were no sighting, at most 100.
    package var rejected: [Line]

    /// A line of the log that was no sighting.
    package struct Line: Codable, Hashable, Sendable {
        /// Counted from 1.
        package var line: Int
        /// Why it was not taken; lower case, no period.
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
    /// Good passes over an item's neighbourhood before it may be missing, 1 to 12.
    package var passes: Int?
    /// How sure to be before an item is called missing, 0 to 1.
    package var certainty: Double?
    /// Seconds that part two visits, 1 to 3600.
    package var visitGap: Int?
    /// Whether the order of the shelf is checked, which is where moves come from.
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

/// The file for a library system, and what stands in it: the answer to `POST /v1/sweeps/{id}/write-backs`.
package struct WriteBackReport: Codable, Hashable, Sendable {
    /// As it was asked for.
    package var route: String
    /// Whether nothing is kept of it.
    package var dryRun: Bool
    /// What to call the file: `koha-item-fields.json`.
    package var fileName: String
    /// The file's whole text.
    package var file: String
    /// What to know before the file is used.
    package var notice: String?
    /// Items that stand in the file.
    package var written: Int
    /// Items left out, each with the reason.
    package var leftOut: [Line]

    /// An item that does not stand in the file.
    package struct Line: Codable, Hashable, Sendable {
        /// As the holdings file it.
        package var barcode: String
        /// Why it was left out; lower case, no period.
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
    /// As it was asked for: `koha-fields`, `folio` or `sip2`.
    package var route: String
    /// Which system is told: its name and address, over SIP2 its address alone.
    package var system: String
    /// Whether nothing was sent.
    package var dryRun: Bool
    /// What to know before anything is sent.
    package var notice: String?
    /// What came of this portion.
    package var results: [WriteBackLine]
    /// Items that are not told at all, at most 1000.
    package var leftOut: [WriteBackLine]
    /// What goes next, on a dry run.
    package var next: [String]
    /// Items that it took, with this portion or before.
    package var done: Int
    /// Items that the library system did not take, with this portion or before.
    package var refused: Int
    /// Nobody knows whether these were done; they are not sent again.
    package var uncertain: Int
    /// Items that are still to be sent; 0 when all is told.
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
    /// As the holdings file it.
    package var barcode: String
    /// `written`, `left out`, `sent`, `done`, `refused` or `uncertain`.
    package var state: String
    /// What the library system said, or why the item was left out; lower case, no period.
    package var result: String
    /// `koha-fields`, `sip2`, …; left out in a ``LiveWriteBackReport``, which names its own.
    package var route: String?
    /// When it was written down; left out in a ``LiveWriteBackReport``.
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
    /// Of the item that was lent, brought back or found; not empty.
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
