/// What the database knows of one tag's life: when and where it was met, and how writing to it went.
package struct TagLife: Hashable, Sendable {
    /// Writes of one kind to one tag.
    package struct Writes: Hashable, Sendable {
        /// All of them, whatever came of them.
        package var tried = 0
        /// Read back as wanted.
        package var done = 0
        /// Read back, and not as wanted.
        package var failed = 0
        /// The tag was gone before it could be read back.
        package var uncertain = 0
        /// When the newest of them ended; `nil` for never.
        package var lastAt: Moment?
        /// What was wrong when it went wrong last.
        package var lastTrouble: String?

        package init() {}
    }

    /// One time and place at which the tag was met.
    package struct Meeting: Hashable, Sendable {
        /// When that was.
        package var at: Moment
        /// `nil` where it was not written down.
        package var reader: String?

        package init(at: Moment, reader: String?) {
            self.at = at
            self.reader = reader
        }
    }

    /// What its memory said when it was read last; `nil` when it never was, or is a patron card's.
    package var record: TagRecord?
    /// When and where it was met first, by everything that was written down; `nil` when nothing was.
    package var first: Meeting?
    /// When and where it was met last; `nil` when nothing was written down.
    package var last: Meeting?
    /// Of its theft bit: loans, returns, repairs.
    package var security = Writes()
    /// Of its memory: items written, conversions.
    package var memory = Writes()
    /// Wrong bits that were heard on it, and whether one still is.
    package var divergences = 0
    /// Whether the tag says something else than the loans now: a ``Divergence`` of it is open.
    package var isDivergent = false

    package init() {}
}

/// A write to a tag's memory and what came of it.
package enum TagWriteEnd: String, Hashable, Sendable, CaseIterable {
    case done, failed, uncertain
}
