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

    /// How pressing a notice is, the least pressing first.
    package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
        case note, warning, failure

        package static func < (left: Level, right: Level) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// What it is about.
    package var event: Event
    /// A channel takes notices from its own level on, and recoveries and summaries of any.
    package var level: Level
    /// The gate, reader or other thing it is about.
    package var subject: String
    /// What happened, in words for whoever gets the message.
    package var text: String
    /// What to do; `nil` where there is nothing.
    package var remedy: String?
    /// When it happened.
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
