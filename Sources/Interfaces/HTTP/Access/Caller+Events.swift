import Library
import Operations

extension Caller {
    /// Whether an event is for the caller: one about a reader or gate of others is not, and a kiosk hears of its
    /// reader, what lies on it, and what was done to its security alone.
    func hears(_ event: BranchEvent) -> Bool {
        if role == .kiosk {
            switch event {
            case .station, .pad, .security: break
            default: return false
            }
        }
        return event.place.map(scope.contains) ?? true
    }

    /// Whether the token or session that let the caller in would do so still; who needed none may stay.
    func mayStay(by access: AccessRoom) async -> Bool {
        guard let pass else { return true }
        // Of what cannot be looked up now nothing is known: it is looked up again soon.
        return (try? await access.isGood(pass)) ?? true
    }
}

extension BranchEvent {
    /// The reader or gate that an event is about.
    fileprivate var place: String? {
        switch self {
        case .station(let report): report.name
        case .pad(let report): report.reader
        case .alarm(let record): record.alarm.gate
        case .parked(let parking, _): parking.gate
        case .gateTrouble(let trouble): trouble.gate
        case .sought(let ring): ring.reader
        case .guide(let reading): reading.reader
        case .security(let report): report.request.reader
        case .sweep, .finding, .divergences, .librarySystem, .lost: nil
        }
    }
}
