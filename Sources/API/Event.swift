package import FoundationEssentials

/// Something that moved, as it goes out on `GET /v1/events` (server-sent events).
///
/// The event's name says the case and its `data:` is the case's value alone, so a page can read it without knowing
/// Swift.
package enum Event: Hashable, Sendable {
    case reader(ReaderStatus)
    case pad(PadContent)
    case sweep(SweepSummary)
    case finding(Finding)
    case alarm(Alarm)
    case security(SecurityResult)
    case divergences(DivergenceNote)
    case parked(ParkedItem)
    case trouble(GateTroubleNote)
    case sought(Sought)
    case guide(Guide)
    case ils(LibrarySystemNote)

    /// The name on the stream.
    package var name: String {
        switch self {
        case .reader: "reader"
        case .pad: "pad"
        case .sweep: "sweep"
        case .finding: "finding"
        case .alarm: "alarm"
        case .security: "security"
        case .divergences: "divergences"
        case .parked: "parked"
        case .trouble: "trouble"
        case .sought: "sought"
        case .guide: "guide"
        case .ils: "ils"
        }
    }
}

extension Event {
    /// Every event by its name on the stream, with what its `data:` is.
    package static var kinds: [(name: String, data: any Codable.Type)] {
        [
            ("reader", ReaderStatus.self), ("pad", PadContent.self), ("sweep", SweepSummary.self),
            ("finding", Finding.self), ("alarm", Alarm.self), ("security", SecurityResult.self),
            ("divergences", DivergenceNote.self), ("parked", ParkedItem.self), ("trouble", GateTroubleNote.self),
            ("sought", Sought.self), ("guide", Guide.self), ("ils", LibrarySystemNote.self),
        ]
    }
}

extension Event: Encodable {
    /// The case's value alone, without its name.
    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .reader(let status): try status.encode(to: encoder)
        case .pad(let content): try content.encode(to: encoder)
        case .sweep(let summary): try summary.encode(to: encoder)
        case .finding(let finding): try finding.encode(to: encoder)
        case .alarm(let alarm): try alarm.encode(to: encoder)
        case .security(let result): try result.encode(to: encoder)
        case .divergences(let note): try note.encode(to: encoder)
        case .parked(let item): try item.encode(to: encoder)
        case .trouble(let note): try note.encode(to: encoder)
        case .sought(let sought): try sought.encode(to: encoder)
        case .guide(let guide): try guide.encode(to: encoder)
        case .ils(let note): try note.encode(to: encoder)
        }
    }

    /// The event of this name; `nil` when the name is not known, as from a newer daemon.
    package init?(name: String, data: Data) throws {
        switch name {
        case "reader": self = .reader(try JSON.decode(from: data))
        case "pad": self = .pad(try JSON.decode(from: data))
        case "sweep": self = .sweep(try JSON.decode(from: data))
        case "finding": self = .finding(try JSON.decode(from: data))
        case "alarm": self = .alarm(try JSON.decode(from: data))
        case "security": self = .security(try JSON.decode(from: data))
        case "divergences": self = .divergences(try JSON.decode(from: data))
        case "parked": self = .parked(try JSON.decode(from: data))
        case "trouble": self = .trouble(try JSON.decode(from: data))
        case "sought": self = .sought(try JSON.decode(from: data))
        case "guide": self = .guide(try JSON.decode(from: data))
        case "ils": self = .ils(try JSON.decode(from: data))
        default: return nil
        }
    }
}
