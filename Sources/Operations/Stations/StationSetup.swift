package import Readers
package import Tags
package import Wire

/// What a reader is there for; its station works accordingly.
package enum StationRole: String, Hashable, Sendable, CaseIterable {
    /// Items lie on it and their security is changed there.
    case pad
    /// It is carried along the shelves.
    case wand
    /// Items are carried through it.
    case gate
}

/// A reader as the site configured it.
package struct StationSetup: Sendable {
    /// As the site calls it, `pad-1`; no two stations have the same.
    package var name: String
    /// What the reader is there for.
    package var role: StationRole
    /// The type that opens the reader on its line.
    package var driver: any ReaderDriver.Type
    /// Where the reader is, in words: `serial /dev/ttyUSB0`.
    package var place: String
    /// Opens the line to the reader, afresh at each attempt.
    package var openLink: @Sendable () async throws(LinkError) -> any Link & ~Copyable
    /// Rest between two looks at the field.
    package var interval: Duration
    /// Whether the reader scans by itself and is asked what it has noted (FEIG buffered read mode).
    package var isBuffered = false
    /// The one AFI that the reader's own filter lets through; `nil` when it tells every tag.
    package var reportsAFI: UInt8?
    /// Whether a gate's counter of people is asked, where its reader has one.
    package var countsPeople = true
    /// After how long a silence a gate's reader counts as dead; `nil` for the standard.
    package var patience: Duration?
    /// How the site reads tags.
    package var reading = ReadingRules.standard

    package init(
        name: String,
        role: StationRole,
        driver: any ReaderDriver.Type,
        place: String,
        interval: Duration,
        openLink: @escaping @Sendable () async throws(LinkError) -> any Link & ~Copyable
    ) {
        self.name = name
        self.role = role
        self.driver = driver
        self.place = place
        self.interval = interval
        self.openLink = openLink
    }

    /// The same reader, with tags read by these rules.
    func obeying(_ rules: ReadingRules) -> StationSetup {
        var setup = self
        setup.reading = rules
        return setup
    }
}
