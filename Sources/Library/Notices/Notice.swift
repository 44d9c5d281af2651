/// Something that staff or a technician should hear of although they look at no screen.
///
/// Never a title, never a barcode, never a person: a notice leaves the house by mail and chat.
package struct Notice: Hashable, Sendable {
    /// What it is about; a channel takes some of them.
    package enum Event: String, Hashable, Sendable, CaseIterable {
        /// A gate rang.
        case alarm
        /// Something does not work, as a doctor says.
        case trouble
        /// What did not work works again.
        case recovery
        /// An item's security did not become what it should be.
        case security
        /// A sweep is over.
        case sweep
        /// What happened on a day or in a week.
        case summary
    }

    package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
        case note, warning, failure

        package static func < (left: Level, right: Level) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    package var event: Event
    package var level: Level
    /// The gate, reader or other thing it is about.
    package var subject: String
    package var text: String
    /// What to do; `nil` where there is nothing.
    package var remedy: String?
    package var at: Moment

    package init(_ event: Event, _ level: Level, subject: String, text: String, remedy: String? = nil, at: Moment) {
        self.event = event
        self.level = level
        self.subject = subject
        self.text = text
        self.remedy = remedy
        self.at = at
    }
}
