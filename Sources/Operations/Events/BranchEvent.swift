package import Library

/// Something that happened in the branch and that somebody may be watching.
package enum BranchEvent: Sendable {
    case station(StationReport)
    /// Something came to a pad, left it, or says something else than before.
    case pad(PadReport)
    case sweep(SweepView)
    case finding(Finding)
    case alarm(GateAlarmRecord)
    /// An item lies at a gate.
    case parked(GateParking, barcode: String?)
    /// A gate does not hear, or hears again.
    case gateTrouble(GateTrouble)
    case security(SecurityReport)
    /// A tag was heard saying the wrong thing, or the right thing again; so many still say the wrong one.
    case divergences(open: Int)
    /// The library system is there again, or is not.
    case librarySystem(isOnline: Bool)
    case sought(SoughtRing)
    case guide(GuideReading)
    /// Told by the hub to one listener alone: it was too slow, and events were lost for it. Whoever keeps a picture
    /// makes it anew.
    case lost
}
