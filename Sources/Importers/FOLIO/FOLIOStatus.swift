import Library

/// The names of FOLIO's item statuses in our one vocabulary.
enum FOLIOStatus {
    /// FOLIO's reference identifier of the damaged status "Damaged".
    static let damaged = "54d1dd76-ea33-4bcb-955b-6b29df4f7930"

    static func status(of draft: ItemDraft) -> (ItemStatus, text: String?) {
        let name = draft[.status]
        let status = name.map(named) ?? .unknown
        guard draft[.damaged] == damaged else { return (status, name) }
        return (status == .available ? .damaged : status, name.map { "\($0), damaged" } ?? "damaged")
    }

    private static func named(_ name: String) -> ItemStatus {
        switch name {
        case "Available": .available
        case "Checked out": .onLoan
        case "In transit": .inTransit
        case "Awaiting pickup", "Awaiting delivery": .onHoldShelf
        case "Paged", "On order", "In process", "In process (non-requestable)", "Order closed": .inProcess
        case "Claimed returned": .claimedReturned
        case "Declared lost", "Aged to lost", "Lost and paid": .lost
        case "Missing", "Long missing": .missing
        case "Restricted": .notForLoan
        case "Withdrawn": .withdrawn
        default: .unknown
        }
    }
}
