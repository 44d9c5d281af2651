import Tags
import Wire

/// Gathers the replies to one inventory: what to do next is decided here, without a line.
struct FEIGInventoryRound {
    enum Step: Hashable {
        /// Fetch the rest the reader announced.
        case fetchMore
        /// Look once more without putting the tags back to ready.
        case lookAgain
        /// Put the tags back to ready and look once more.
        case resetAndLook
        case finished(Inventory)
        case refused(FEIGStatus)
    }

    private var inventory = Inventory(tags: [])
    private var known: Set<TagUID> = []
    /// What this look has told so far, of tags of any kind: a reader that only repeats itself has no more.
    private var told: Set<[UInt8]> = []
    private var fetches = 0
    private var failures = 0
    private var hadRadioError = false

    /// Rounds of "more data" after which the reader is not believed any longer: 64 replies hold 1600 tags.
    private static let mostFetches = 64
    private static let mostFailures = 3

    /// Whether any tag was reported, and so may be silent until the field is reset.
    var hasReported: Bool { !known.isEmpty }

    mutating func take(_ status: FEIGStatus, _ reply: FEIGInventory.Reply?) -> Step {
        let before = told.count
        if let reply { add(reply) }
        if let warning = status.warning, !inventory.warnings.contains(warning) { inventory.warnings.append(warning) }
        switch status {
        case .moreData:
            fetches += 1
            guard fetches < Self.mostFetches, told.count > before else { return finishedIncomplete() }
            return .fetchMore
        case .radioError where !hadRadioError:
            hadRadioError = true
            told = []
            return .lookAgain
        case .overflow:
            return finishedIncomplete()
        case _ where status.carriesAnswer, .noTag, .noData:
            return .finished(inventory)
        case _ where status.isPassing:
            failures += 1
            told = []
            return failures < Self.mostFailures ? .resetAndLook : .refused(status)
        default:
            return .refused(status)
        }
    }

    private mutating func finishedIncomplete() -> Step {
        inventory.incomplete = true
        return .finished(inventory)
    }

    private mutating func add(_ reply: FEIGInventory.Reply) {
        told.formUnion(reply.records.map(\.bytes))
        if !reply.unread.isEmpty { told.insert(reply.unread) }
        for case .iso15693(let dsfid, let uid) in reply.records where known.insert(uid).inserted {
            inventory.tags.append(DetectedTag(uid: uid, dsfid: dsfid))
        }
        if let type = reply.unread.first {
            inventory.incomplete = true
            inventory.warnings.append("tag type \(type) is unknown, the rest of the reply was not read")
        }
    }
}
