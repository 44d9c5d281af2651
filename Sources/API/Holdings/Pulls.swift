package import FoundationEssentials

/// A library system that items are pulled from: `GET /v1/holdings/pulls`.
package struct PullStatus: Codable, Hashable, Sendable {
    /// Its name in the configuration.
    package var name: String
    /// `koha`, `folio`.
    package var system: String
    /// When the last pull began; `nil` while there was none since the daemon started.
    package var startedAt: Date?
    /// `nil` while a pull is running, and while there was none since the daemon started.
    package var endedAt: Date?
    /// Items that came with the last pull; `nil` when it failed or there was none.
    package var items: Int?
    /// Whether the last pull was of everything, and not of changes alone.
    package var full: Bool?
    /// Why the last pull failed.
    package var cause: String?
    /// `nil` when it is pulled by hand alone.
    package var nextAt: Date?

    package init(
        name: String,
        system: String,
        startedAt: Date?,
        endedAt: Date?,
        items: Int?,
        full: Bool?,
        cause: String?,
        nextAt: Date?
    ) {
        self.name = name
        self.system = system
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.items = items
        self.full = full
        self.cause = cause
        self.nextAt = nextAt
    }
}

/// What a pull brought: `POST /v1/holdings/pulls?name=koha&full=true`.
package struct PullAnswer: Codable, Hashable, Sendable {
    /// The system's name in the configuration.
    package var name: String
    /// Whether everything was pulled, and not only changes.
    package var full: Bool
    /// What came of the items; its snapshot is `nil` when nothing had changed.
    package var report: ImportReport

    package init(name: String, full: Bool, report: ImportReport) {
        self.name = name
        self.full = full
        self.report = report
    }
}
