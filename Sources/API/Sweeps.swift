package import FoundationEssentials

/// Which part of the collection to sweep: `POST /v1/sweeps`. Everything left out is not limited.
package struct SweepRequest: Codable, Hashable, Sendable {
    package var branch: String?
    package var location: String?
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
        background: Bool? = nil
    ) {
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
    package enum State: String, Codable, Hashable, Sendable, CaseIterable {
        case running, finished
    }

    package var id: Int
    package var state: State
    /// The scope in words: `REF, QA 76 to QA 77`.
    package var scope: String
    package var startedAt: Date
    package var finishedAt: Date?
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
    package var notSwept: Int?
    /// Lent or taken away since the snapshot.
    package var gone: Int?
    /// Expected items heard for the first time within the last minute.
    package var perMinute: Int?
    package var project: String?
    package var assignee: String?
    package var readers: [String]?
    package var background: Bool?
    /// What it says of what it did not hear, when it is over.
    package var completeness: CompletenessSummary?

    package struct Stretch: Codable, Hashable, Sendable {
        package var from: String
        package var expected: Int
        package var seen: Int
        /// How many of those that were not heard likely stand there; left out where nothing can be said.
        package var unheard: Double?

        package init(from: String, expected: Int, seen: Int, unheard: Double? = nil) {
            self.from = from
            self.expected = expected
            self.seen = seen
            self.unheard = unheard
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
}

/// Something a sweep found, with its reason and what to do.
package struct Finding: Codable, Hashable, Sendable {
    /// Stays the same while the sweep goes on.
    package var id: String
    /// `missing`, `wrong location`, `on shelf but on loan`, …
    package var kind: String
    /// `info`, `notice`, `problem`.
    package var severity: String
    package var barcode: String?
    package var uid: String?
    package var title: String?
    package var callNumber: String?
    /// What speaks for it.
    package var reason: String
    package var advice: String
    package var lastSeen: Date?
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
