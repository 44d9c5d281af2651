package import Tags

/// One thing that a sweep found, with its reason, what speaks for it and what to do.
package struct Finding: Hashable, Sendable, Identifiable {
    /// The same through the whole sweep and at every replay: class and subject.
    package struct ID: Hashable, Sendable {
        /// The class, by which reports group findings.
        package var kind: FindingKind
        /// The item or the tag.
        package var subject: FindingSubject

        package init(kind: FindingKind, subject: FindingSubject) {
            self.kind = kind
            self.subject = subject
        }
    }

    package var id: ID
    /// How much it presses by the site's rules; what they hide is no finding.
    package var severity: Severity
    /// Lower case, no period: what was found and what the holdings say.
    package var reason: String
    /// The item by the holdings, when they know it.
    package var item: Item?
    /// What readers heard that speaks for it.
    package var evidence: FindingEvidence

    package init(id: ID, severity: Severity, reason: String, item: Item?, evidence: FindingEvidence) {
        self.id = id
        self.severity = severity
        self.reason = reason
        self.item = item
        self.evidence = evidence
    }

    /// The class, by which reports group findings.
    package var kind: FindingKind { id.kind }
    /// What staff should do.
    package var remedy: String { id.kind.remedy }
}

extension Finding.ID: CustomStringConvertible {
    package var description: String { "\(kind.rawValue): \(subject)" }
}

/// What a finding is about.
package enum FindingSubject: Hashable, Sendable {
    /// An item, by its barcode.
    case item(String)
    /// A tag whose item is not known, or not one.
    case tag(TagUID)
}

extension FindingSubject: CustomStringConvertible {
    package var description: String {
        switch self {
        case .item(let barcode): "item \(barcode)"
        case .tag(let uid): "tag \(uid)"
        }
    }
}

/// What readers heard that speaks for a finding; empty for what was not heard.
package struct FindingEvidence: Hashable, Sendable {
    /// In the order of their numbers; none for what was seen by its barcode alone.
    package var tags: [TagUID]
    /// Names of the readers that heard it, in the order of the alphabet.
    package var readers: [String]
    /// Walks along the shelf on which it was heard, counted from 1, in ascending order.
    package var passes: [Int]
    /// When it was heard first in this sweep; `nil` when it was not.
    package var first: Moment?
    /// When it was heard last in this sweep; `nil` when it was not.
    package var last: Moment?
    /// Application family identifiers as last read, one for each tag that told it.
    package var afis: [UInt8]

    package init(
        tags: [TagUID] = [],
        readers: [String] = [],
        passes: [Int] = [],
        first: Moment? = nil,
        last: Moment? = nil,
        afis: [UInt8] = []
    ) {
        self.tags = tags
        self.readers = readers
        self.passes = passes
        self.first = first
        self.last = last
        self.afis = afis
    }
}
