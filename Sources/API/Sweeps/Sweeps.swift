package import FoundationEssentials

/// Which part of the collection to sweep: `POST /v1/sweeps`. Everything left out is not limited.
package struct SweepRequest: Codable, Hashable, Sendable {
    /// Home branch, written as the library system writes it.
    package var branch: String?
    /// Permanent location, written as the library system writes it.
    package var location: String?
    /// Collection, written as the library system writes it.
    package var collection: String?
    /// First call number; everything filed under it belongs to the range.
    package var from: String?
    /// Last call number; everything filed under it belongs to the range.
    package var to: String?
    /// How the two are filed: `lcc`, `ddc`, …; the site's scheme when left out.
    package var scheme: String?
    /// Name of a list: only its items are expected, wherever they stand.
    package var list: String?
    /// Sweeps of one project are looked at together.
    package var project: String?
    /// What the site calls whoever does this range.
    package var assignee: String?
    /// Only what these readers hear counts; all wands when left out.
    package var readers: [String]?
    /// Whether pads count too.
    package var background: Bool?

    package init(
        branch: String?,
        location: String?,
        from: String?,
        to: String?,
        scheme: String?,
        list: String? = nil,
        project: String? = nil,
        assignee: String? = nil,
        readers: [String]? = nil,
        background: Bool? = nil,
        collection: String? = nil
    ) {
        self.collection = collection
        self.branch = branch
        self.location = location
        self.from = from
        self.to = to
        self.scheme = scheme
        self.list = list
        self.project = project
        self.assignee = assignee
        self.readers = readers
        self.background = background
    }
}

/// A sweep and how far it is.
package struct SweepSummary: Codable, Hashable, Sendable {
    /// Whether it goes on.
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case running, finished
    }

    /// Counted from 1 and never used again.
    package var id: Int
    /// A finished sweep takes sightings that come in late all the same.
    package var state: State
    /// The scope in words: `REF, QA 76 to QA 77`.
    package var scope: String
    /// When it began; sightings from before do not count.
    package var startedAt: Date
    /// `nil` while it goes on.
    package var finishedAt: Date?
    /// Number of the holdings snapshot that was in use at its start; 0 when there was none. What it is judged by is
    /// ``judgedBy``.
    package var snapshot: Int
    /// Items that should stand there.
    package var expected: Int
    /// Expected items heard.
    package var seen: Int
    /// Items heard that are not among the expected.
    package var others: Int
    /// Sightings written down, repeats included.
    package var sightings: Int
    /// Findings by class name.
    package var findings: [String: Int]
    /// The shelf in equal stretches, first to last: expected items and how many of them were heard.
    package var strip: [Stretch]
    /// Of the expected ones, when the sweep is over.
    package var missing: Int?
    /// Of the expected ones not heard, those whose place was not swept well enough to call them missing; `nil` until it
    /// is over.
    package var notSwept: Int?
    /// Lent or taken away since the snapshot.
    package var gone: Int?
    /// Expected items heard for the first time within the last minute.
    package var perMinute: Int?
    /// Tags that were heard, each once by its UID, and whose memory was never read: by no reader of the sweep, nor by
    /// any before it as far as is remembered, so that nobody knows what they are on. A tag that was read and has no item
    /// on it is none of them. Falls as soon as one is read. More than 0 asks for a slower walk; `nil` from a daemon that
    /// does not tell.
    package var unreadTags: Int?
    /// Sweeps of one project are looked at together; `nil` when it belongs to none.
    package var project: String?
    /// What the site calls whoever does this range; `nil` when nobody was named.
    package var assignee: String?
    /// Only what these readers hear counts, in alphabetical order; `nil`: all wands.
    package var readers: [String]?
    /// `true` when what pads hear counts too; `nil` when it does not.
    package var background: Bool?
    /// What it says of what it did not hear; `nil` while it runs, but for `GET /v1/sweeps/{id}/report`.
    package var completeness: CompletenessSummary?
    /// The holdings that it is judged by; `nil` when there are none.
    package var judgedBy: Holdings?

    /// The holdings that a sweep is judged by: those of its end once it is over, and those of now while it goes on.
    package struct Holdings: Codable, Hashable, Sendable {
        /// Number of the snapshot.
        package var snapshot: Int
        /// When it was imported.
        package var importedAt: Date
        /// Whether they were kept at the end of the sweep, so that no later import changes its report. `false` while it
        /// goes on, and for a sweep that was finished before they were kept: it is judged by those of now.
        package var isKept: Bool

        package init(snapshot: Int, importedAt: Date, isKept: Bool) {
            self.snapshot = snapshot
            self.importedAt = importedAt
            self.isKept = isKept
        }

        /// Of which day they are, in UTC: `2026-03-02`.
        package var day: String { importedAt.formatted(.iso8601.year().month().day()) }
    }

    /// One of at most 60 parts of the shelf, as equal as can be.
    package struct Stretch: Codable, Hashable, Sendable {
        /// Call number of its first item; empty when it has none.
        package var from: String
        /// Items that should stand there.
        package var expected: Int
        /// Of these the ones that were heard.
        package var seen: Int
        /// How many of those that were not heard likely stand there; left out where nothing can be said.
        package var unheard: Double?
        /// Of those that were not heard, the ones that are missing; left out while the sweep runs, but for
        /// `GET /v1/sweeps/{id}/report`.
        package var missing: Int?
        /// Items that stand here and belong elsewhere; left out while the sweep runs, but for its report.
        package var misplaced: Int?

        package init(
            from: String,
            expected: Int,
            seen: Int,
            unheard: Double? = nil,
            missing: Int? = nil,
            misplaced: Int? = nil
        ) {
            self.from = from
            self.expected = expected
            self.seen = seen
            self.unheard = unheard
            self.missing = missing
            self.misplaced = misplaced
        }
    }

    package init(
        id: Int,
        state: State,
        scope: String,
        startedAt: Date,
        finishedAt: Date?,
        snapshot: Int,
        expected: Int,
        seen: Int,
        others: Int,
        sightings: Int,
        findings: [String: Int],
        strip: [Stretch]
    ) {
        self.id = id
        self.state = state
        self.scope = scope
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.snapshot = snapshot
        self.expected = expected
        self.seen = seen
        self.others = others
        self.sightings = sightings
        self.findings = findings
        self.strip = strip
    }

    /// Whether it is over and goes by holdings that are not those of its end, since these were not kept.
    package var isJudgedLate: Bool { state == .finished && judgedBy?.isKept == false }

    /// The holdings in words: `judged by the holdings of 2026-03-02, snapshot 3`; empty when there are none. A finished
    /// sweep whose holdings were not kept says so. Reports and the page say the same in their languages.
    package var judgedByWords: String {
        guard let judgedBy else { return "" }
        let holdings = "judged by the holdings of \(judgedBy.day), snapshot \(judgedBy.snapshot)"
        return isJudgedLate ? holdings + ", since those of its end were not kept" : holdings
    }
}

/// Something a sweep found, with its reason and what to do.
package struct Finding: Codable, Hashable, Sendable {
    /// Stays the same while the sweep goes on.
    package var id: String
    /// `missing`, `wrong location`, `on shelf but on loan`, …
    package var kind: String
    /// `info`, `notice`, `problem`.
    package var severity: String
    /// `nil` for a tag whose item is not known.
    package var barcode: String?
    /// The tag it is about, or the first of the item's that was heard; `nil` for an item that was not heard, or seen by
    /// its barcode alone.
    package var uid: String?
    /// As the holdings have it; `nil` when they do not know the item or its title.
    package var title: String?
    /// As printed on the spine, by the holdings; `nil` when they do not tell.
    package var callNumber: String?
    /// What speaks for it.
    package var reason: String
    /// What staff should do; lower case, no period.
    package var advice: String
    /// When it was heard last in this sweep; `nil` where nothing was heard.
    package var lastSeen: Date?
    /// The readers that heard it, with commas between; `nil` where none did.
    package var reader: String?
    /// Left out where nothing was heard, as of a missing item.
    package var evidence: FindingEvidence?

    package init(
        id: String,
        kind: String,
        severity: String,
        barcode: String?,
        uid: String?,
        title: String?,
        callNumber: String?,
        reason: String,
        advice: String,
        lastSeen: Date?,
        reader: String?,
        evidence: FindingEvidence? = nil
    ) {
        self.id = id
        self.kind = kind
        self.severity = severity
        self.barcode = barcode
        self.uid = uid
        self.title = title
        self.callNumber = callNumber
        self.reason = reason
        self.advice = advice
        self.lastSeen = lastSeen
        self.reader = reader
        self.evidence = evidence
    }
}
