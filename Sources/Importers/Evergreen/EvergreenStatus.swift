import Library

/// What an Evergreen status means, by its name or by the number that stands in `asset.copy.status`.
enum EvergreenStatus {
    static func status(of draft: ItemDraft) -> (ItemStatus, text: String?) {
        var draft = draft
        if let number = draft[.status].flatMap({ Int($0) }), names.indices.contains(number) {
            draft[.status] = names[number]
        }
        return StatusWords.status(of: draft)
    }

    /// Names of the numbers from 0, as each Evergreen begins with them; it calls them unremovable and only to be
    /// translated. Those from 100 on are a site's own.
    private static let names = [
        "Available", "Checked out", "Bindery", "Lost", "Missing", "In process", "In transit", "Reshelving",
        "On holds shelf", "On order", "ILL", "Cataloging", "Reserves", "Discard/Weed", "Damaged",
        "On reservation shelf", "Long Overdue", "Lost and Paid", "Canceled Transit",
    ]
}
