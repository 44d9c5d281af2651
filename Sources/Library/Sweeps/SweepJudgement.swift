/// The holdings that a sweep is judged by.
package struct SweepHoldings: Hashable, Sendable {
    /// The snapshot's number.
    package var snapshot: Int64
    /// When its import was complete.
    package var importedAt: Moment
    /// What changed in the library system since then may not be in it.
    package var mayLackSince: Moment
    /// Whether they were kept with the sweep at its end; else they are those of now, and the next import changes them.
    package var isKept: Bool

    package init(snapshot: Int64, importedAt: Moment, mayLackSince: Moment, isKept: Bool) {
        self.snapshot = snapshot
        self.importedAt = importedAt
        self.mayLackSince = mayLackSince
        self.isKept = isKept
    }

    /// The holdings that are in use.
    package init(_ snapshot: SnapshotInfo) {
        self.init(
            snapshot: snapshot.number,
            importedAt: snapshot.importedAt,
            mayLackSince: snapshot.mayLackSince,
            isKept: false
        )
    }
}

/// One of the items that decide what a finished sweep came to.
package enum JudgedItem: Hashable, Sendable {
    /// It should have been standing there; with those further barcodes alone that mean it on this shelf.
    case expected(ShelvedItem)
    /// It was heard by this barcode of its, and was not expected.
    case stranger(ShelvedItem, heardAs: String)
    /// This barcode was heard, and the holdings did not know it.
    case unknown(String)
}

/// What a finished sweep is judged by: the holdings as they were at its end, as far as it has to do with them.
package struct SweepJudgement: Sendable {
    /// Where the items come from.
    package let holdings: SweepHoldings
    /// The items that were expected, in shelf order.
    package private(set) var shelf = ExpectedShelf()
    /// Items that were heard though not expected, by the barcode that was heard.
    package private(set) var strangers: [String: ShelvedItem] = [:]
    /// Barcodes that were heard and that the holdings did not know.
    package private(set) var unknown: Set<String> = []

    package init(_ holdings: SweepHoldings) {
        self.holdings = holdings
    }

    /// Takes the items in the order of ``SweepReconciliation/judgedItems``.
    package mutating func take(_ item: JudgedItem) {
        switch item {
        case .expected(let shelved): shelf.add(shelved)
        case .stranger(let shelved, heardAs: let barcode): strangers[barcode] = shelved
        case .unknown(let barcode): unknown.insert(barcode)
        }
    }

    /// Whether it says what the holdings had under a barcode that was not expected.
    package func knows(_ barcode: String) -> Bool {
        strangers[barcode] != nil || unknown.contains(barcode)
    }
}
