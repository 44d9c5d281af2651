import Library

/// Symphony tells the status of an item by its current location: CHECKEDOUT, MISSING, HOLDS.
///
/// A current location that is none of these words is a place: the item stands there for a while. So is one that says
/// no more than that what stands there is not lent, such as REFERENCE.
enum SymphonyStatus {
    static func status(of draft: ItemDraft) -> (ItemStatus, text: String?) {
        guard let current = draft[.status] else { return (.available, nil) }
        return (StatusWords.status(current.spaced) ?? .available, current)
    }

    /// Puts the current location in its place: as location when it is one, as status when it is one.
    static func place(_ current: String?, home: String?, in draft: inout ItemDraft) {
        draft[.permanentLocation] = home
        draft[.location] = home
        guard let current, current != home else { return }
        switch StatusWords.status(current.spaced) {
        case nil, .notForLoan?: draft[.location] = current
        case _?: draft[.status] = current
        }
    }
}

extension String {
    /// `LOST-ASSUM`, `ON_ORDER` as words.
    fileprivate var spaced: String {
        String(map { $0 == "-" || $0 == "_" ? " " : $0 })
    }
}
