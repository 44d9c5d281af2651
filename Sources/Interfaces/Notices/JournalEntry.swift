package import Library

/// A notice as an entry of the system's journal, with fields of its own to filter by (systemd.journal-fields(7)).
package struct JournalEntry: Hashable, Sendable {
    /// In the order in which they are sent; names in capitals, our own begin with `PRESSMARK_`.
    package var fields: [(name: String, value: String)]

    /// Failure, warning and note become the priorities 3 (error), 4 (warning) and 5 (notice) of syslog.
    package init(_ notice: Notice) {
        let priority =
            switch notice.level {
            case .failure: "3"
            case .warning: "4"
            case .note: "5"
            }
        fields = [
            ("MESSAGE", "\(notice.subject): \(notice.text)"), ("PRIORITY", priority),
            ("SYSLOG_IDENTIFIER", "pressmark-notice"), ("PRESSMARK_EVENT", notice.event.rawValue),
            ("PRESSMARK_LEVEL", notice.level.rawValue), ("PRESSMARK_SUBJECT", notice.subject),
        ]
        if let remedy = notice.remedy { fields.append(("PRESSMARK_REMEDY", remedy)) }
    }

    package static func == (left: JournalEntry, right: JournalEntry) -> Bool {
        left.fields.elementsEqual(right.fields) { $0.name == $1.name && $0.value == $1.value }
    }

    package func hash(into hasher: inout Hasher) {
        for field in fields { hasher.combine(field.value) }
    }
}
