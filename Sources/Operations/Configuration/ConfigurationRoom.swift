package import Library

/// By which configuration the service works, and what of a changed one it could not take.
package actor ConfigurationRoom {
    /// What came of reading the file last.
    package private(set) var report: ConfigurationReport

    package init(_ report: ConfigurationReport = ConfigurationReport()) {
        self.report = report
    }

    /// Takes the outcome of reading the file.
    package func note(_ report: ConfigurationReport) {
        self.report = report
    }
}

/// What came of reading the configuration file, at the start or since.
package struct ConfigurationReport: Hashable, Sendable {
    /// `nil` in a simulated branch.
    package var file: String?
    /// When the configuration in force was read.
    package var readAt: Moment?
    /// Settings of the file that differ from those in force and take effect at the next start, as they stand in the
    /// file, a reader with its name: `[http] port`, `[[reader]] gate-1`.
    package var waiting: [String]
    /// Mistakes for which the file, as it is now, was not taken; the configuration before it stays in force.
    package var refused: [String]

    package init(file: String? = nil, readAt: Moment? = nil, waiting: [String] = [], refused: [String] = []) {
        self.file = file
        self.readAt = readAt
        self.waiting = waiting
        self.refused = refused
    }

    /// In one line, for those who look at the service from outside; `nil` when there is nothing to do.
    package var summary: String? {
        if !refused.isEmpty { return "configuration file refused, the one before it is in force" }
        return waiting.isEmpty ? nil : "restart for \(waiting.joined(separator: ", "))"
    }
}
