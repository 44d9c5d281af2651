import Library

/// Reads the status words of library systems that name the state of an item in one word or phrase.
enum StatusWords {
    /// What a piece of a status text means, in small letters; the first line that fits decides.
    private static let meanings: [(piece: [UInt8], status: ItemStatus)] = table.map {
        (Array($0.piece.utf8), $0.status)
    }

    private static let table: [(piece: String, status: ItemStatus)] = [
        ("unavailable", .unknown), ("not available", .unknown), ("not in place", .unknown), ("not on shelf", .unknown),
        ("not on the shelf", .unknown),
        ("claim", .claimedReturned), ("cl returned", .claimedReturned), ("clms ret", .claimedReturned),
        ("missing", .missing), ("trace", .missing),
        ("lost", .lost), ("long overdue", .lost), ("longovrdue", .lost), ("billed", .lost),
        ("stolen", .lost),
        ("withdraw", .withdrawn), ("discard", .withdrawn), ("weed", .withdrawn), ("delete", .withdrawn),
        ("transit", .inTransit),
        ("hold", .onHoldShelf), ("reservation shelf", .onHoldShelf), ("pickup", .onHoldShelf),
        ("awaiting delivery", .onHoldShelf),
        ("checked out", .onLoan), ("checkedout", .onLoan), ("on loan", .onLoan), ("onloan", .onLoan),
        ("charged", .onLoan), ("loaned", .onLoan), ("issued", .onLoan), ("overdue", .onLoan), ("renewed", .onLoan),
        ("damage", .damaged),
        ("process", .inProcess), ("order", .inProcess), ("catalog", .inProcess), ("mending", .inProcess),
        ("bindery", .inProcess), ("repair", .inProcess), ("paged", .inProcess),
        ("not for loan", .notForLoan), ("noncirc", .notForLoan), ("non-circ", .notForLoan),
        ("reference", .notForLoan), ("restricted", .notForLoan), ("library use", .notForLoan),
        ("lib use", .notForLoan),
        ("available", .available), ("on shelf", .available), ("on the shelf", .available), ("checked in", .available),
        ("in library", .available), ("in place", .available), ("shelving", .available), ("avail_soon", .available),
        ("avail soon", .available), ("check shel", .available),
        ("unknown", .unknown),
    ]

    /// What a word means that is a status only where nothing else stands beside it: Polaris has In, Out and Held, Alma
    /// a process type Loan, Sierra codes of one letter. Its `o` and `n` are left out: elsewhere they mean other things.
    private static let alone: [(word: [UInt8], status: ItemStatus)] = [
        ("in", .available), ("out", .onLoan), ("out-ill", .onLoan), ("loan", .onLoan), ("held", .onHoldShelf),
        ("transferred", .inTransit), ("!", .onHoldShelf), ("$", .lost), ("m", .missing), ("t", .inTransit),
        ("z", .claimedReturned),
    ].map { (Array($0.utf8), $1) }

    /// Words that say that an item is not lent, though one that says it is stands in them; some systems say no more of
    /// what is on its shelf (Voyager: Not Charged, Discharged).
    private static let notLent = [
        "not charged", "discharged", "not checked out", "not on loan", "not loaned", "not issued", "not overdue",
    ].map { Array($0.utf8) }

    /// The status that the words name; `nil` when they name none we know.
    static func status(_ words: String) -> ItemStatus? {
        let text = PlainText.smallLetters(words)
        let isNotLent = notLent.contains { PlainText.contains(text, $0) }
        let named = meanings.first { meaning in
            !(isNotLent && meaning.status == .onLoan) && PlainText.contains(text, meaning.piece)
        }
        return named?.status ?? (isNotLent ? .available : nil)
    }

    /// The state of an item whose export has a status column and perhaps a due date and single signs.
    ///
    /// A hyphen alone says as much as nothing: Sierra has it for what is on its shelf.
    static func status(of draft: ItemDraft) -> (ItemStatus, text: String?) {
        let (signs, words) = KohaStatus.status(of: draft)
        guard let named = draft[.status], named != "-" else { return (signs, words) }
        let text = words.map { "\(named), \($0)" } ?? named
        let letters = PlainText.smallLetters(named)
        let status = status(named) ?? alone.first { $0.word == letters }?.status ?? .unknown
        return (status == .available || status == .unknown ? (signs == .available ? status : signs) : status, text)
    }
}
