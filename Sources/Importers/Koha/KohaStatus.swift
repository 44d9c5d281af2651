import Library

/// What Koha's status columns say together, in our one vocabulary.
///
/// Koha keeps each state in a column of its own. Where several are set, the one that best explains why the item is or
/// is not on its shelf wins: withdrawn, claimed returned, missing, lost, on loan, in transit, on hold shelf, in
/// process, damaged, not for loan.
enum KohaStatus {
    static func status(of draft: ItemDraft) -> (ItemStatus, text: String?) {
        var words = ""
        for (name, field) in columns {
            guard let value = isSet(draft, field) else { continue }
            words += words.isEmpty ? "\(name) \(value)" : ", \(name) \(value)"
        }
        return words.isEmpty ? (.available, nil) : (decide(draft), words)
    }

    /// The status columns by the words we give them.
    private static let columns: [(name: String, field: ItemField)] = [
        ("withdrawn", .withdrawn), ("return claim", .claimedReturned), ("lost", .lost), ("due", .onLoan),
        ("transit", .transit), ("hold", .hold), ("damaged", .damaged), ("not for loan", .notForLoan),
    ]

    private static func decide(_ draft: ItemDraft) -> ItemStatus {
        if isSet(draft, .withdrawn) != nil { return .withdrawn }
        if isSet(draft, .claimedReturned) != nil { return .claimedReturned }
        if let lost = isSet(draft, .lost) { return lostStatus(lost) }
        if isSet(draft, .onLoan) != nil { return .onLoan }
        if isSet(draft, .transit) != nil { return .inTransit }
        switch draft[.hold] {
        case "W", "w", "waiting": return .onHoldShelf
        case "T", "t", "in transit": return .inTransit
        case "P", "p", "processing": return .onHoldShelf
        default: break
        }
        let notForLoan = isSet(draft, .notForLoan)
        // Koha uses negative values for items that are not ready yet: -1 is "ordered".
        if let notForLoan, notForLoan.hasPrefix("-") { return .inProcess }
        if isSet(draft, .damaged) != nil { return .damaged }
        return notForLoan == nil ? .available : .notForLoan
    }

    /// Koha's authorised values LOST: 4 is "missing" out of the box; sites that export the words are read by them.
    private static func lostStatus(_ value: String) -> ItemStatus {
        let word = value.lowercased()
        if word == "4" || word.contains("missing") || word.contains("trace") { return .missing }
        return word.contains("claim") ? .claimedReturned : .lost
    }

    /// The value of a status column unless it says no: empty, `0`, a date of zeros or without digits (`  -  -  `, as
    /// Sierra writes a loan that is none), `NULL`, `false`, `N`.
    private static func isSet(_ draft: ItemDraft, _ field: ItemField) -> String? {
        guard let value = draft[field], value != "0" else { return nil }
        guard value.utf8.contains(where: saysSomething) else { return nil }
        switch value.lowercased() {
        case "null", "\\n", "false": return nil
        // Of transfers the place is told, and a branch's code may be `NO`.
        case "no", "n", "f": return field == .transit && value == value.uppercased() ? value : nil
        default: return value.hasPrefix("0000-") ? nil : value
        }
    }

    /// Letters and digits but 0.
    private static func saysSomething(_ byte: UInt8) -> Bool {
        byte &- 0x31 < 9 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
    }
}
