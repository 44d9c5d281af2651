import Readers
import Tags

/// Where a simulated reader's antenna is.
package enum ReaderKind: Hashable, Sendable {
    /// A flat antenna; books are laid on it.
    case pad
    /// A hand antenna that is led along the shelf and hears this many millimetres far.
    case wand(reach: Double)
    /// A pair of antennas beside the door.
    case gate
}

/// One reader of the branch: its device, its antenna, and who is in front of it.
struct ReaderZone: Sendable {
    let kind: ReaderKind
    var twin: any ReaderTwin
    var field: RadioField
    /// Tags put on the pad, or walking through the gate, in the order of coming.
    var visitors: [Visitor] = []
    /// The wand's place along the shelf; `nil` while it hangs in its holder.
    var position: Double?
    /// Tags that have this antenna's power.
    var awake: Set<TagUID> = []

    struct Visitor: Hashable, Sendable {
        var uid: TagUID
        var coupling: Double
    }
}
