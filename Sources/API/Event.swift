/// Something that moved, as it goes out on `GET /v1/events` (server-sent events; the event name is the case).
package enum Event: Codable, Hashable, Sendable {
    case reader(ReaderStatus)
    case sweep(SweepSummary)
    case finding(Finding)
    case alarm(Alarm)
    case security(SecurityResult)

    /// The name on the stream.
    package var name: String {
        switch self {
        case .reader: "reader"
        case .sweep: "sweep"
        case .finding: "finding"
        case .alarm: "alarm"
        case .security: "security"
        }
    }
}
