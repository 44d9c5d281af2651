package import Tags

/// One thing people do in a branch, as far as antennas notice it.
package enum BranchAction: Hashable, Sendable {
    case placeOnPad(reader: String, TagUID)
    case clearPad(reader: String)
    /// In millimetres from the shelf's left end; `nil` hangs the wand up.
    case moveWand(reader: String, to: Double?)
    /// Enters the gate, or is heard better or worse inside it.
    case passGate(reader: String, TagUID, coupling: Double)
    case leaveGate(reader: String, TagUID)
    case putBack(TagUID)
    case takeAway(TagUID)
    case pullDuringNextWrite(TagUID)
}

extension Branch {
    /// Does what the action says.
    package func perform(_ action: BranchAction) throws(BranchError) {
        switch action {
        case .placeOnPad(let reader, let uid): try placeOnPad(reader, uid)
        case .clearPad(let reader): try clearPad(reader)
        case .moveWand(let reader, let position): try moveWand(to: position, reader: reader)
        case .passGate(let reader, let uid, let coupling): try enterGate(reader, uid, coupling: coupling)
        case .leaveGate(let reader, let uid): try leaveGate(reader, uid)
        case .putBack(let uid): try putBack(uid)
        case .takeAway(let uid): try takeAway(uid)
        case .pullDuringNextWrite(let uid): try pullDuringNextWrite(uid)
        }
    }
}
