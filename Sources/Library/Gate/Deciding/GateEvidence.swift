/// On what a gate's decision stands. Words are made when somebody reads them, not while the siren waits.
package struct GateEvidence: Hashable, Sendable {
    /// Which rule decided.
    package enum Ground: Hashable, Sendable {
        /// The tag is named in the gate's settings.
        case named
        /// Only the tag's number was heard, and what stands in its memory nobody knows.
        case neverRead
        /// Its memory was read, and no item number that we understand stands there.
        case noLibraryItem
        /// The item has leave to go out for a time: see ``GatePass``.
        case pass
        /// The truth table.
        case table(TagsSay, ItemStanding)
    }

    /// The rule that decided; what it does not ask for is not told either.
    package var ground: Ground
    /// Application family identifier as heard; `nil` when only the tag's number was.
    package var afi: UInt8?
    /// What was known of tag and item when it was judged.
    package var facts: GateFacts
    /// When it was judged: the ages in the words count back from here.
    package var at: Moment
}

extension GateEvidence: CustomStringConvertible {
    /// Lower case, no period: `AFI 07, status available, holdings 40 s old: armed; not on loan`.
    package var description: String {
        switch ground {
        case .named: "named in the gate's settings"
        case .neverRead: "its memory was never read"
        case .noLibraryItem: "read, no item number that we understand"
        case .pass: "its pass ends in \(Self.words(facts.passUntil.map { $0.since(at) } ?? .zero))"
        case .table(let tags, let item): "\(known): \(SecurityTable.reason(tags, item))"
        }
    }

    private var known: String {
        var parts = [afi.map { "AFI \(SecurityPolicy.text($0))" } ?? "AFI not read"]
        if facts.parts > 1, facts.part > 0 { parts.append("part \(facts.part) of \(facts.parts)") }
        if let status = facts.status { parts.append("status \(status.rawValue)") }
        if let knownAt = facts.knownAt {
            let age = Self.words(GatePolicy.age(of: knownAt, at: at))
            switch facts.source {
            case .snapshot: parts.append("holdings \(age) old")
            case .device: parts.append("told by our own device \(age) ago")
            case .live: parts.append("library system asked \(age) ago")
            }
        }
        if let returned = facts.returnedAt {
            parts.append("returned \(Self.words(GatePolicy.age(of: returned, at: at))) ago")
        }
        if let until = facts.passUntil, until <= at {
            parts.append("its pass ended \(Self.words(at.since(until))) ago")
        }
        return parts.joined(separator: ", ")
    }

    /// `40 s`, `12 min`, `7 h`, `3 d`.
    static func words(_ age: Duration) -> String {
        let seconds = max(0, age.components.seconds)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}
