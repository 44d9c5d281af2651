import GRDB
package import Library

/// What finished sweeps are judged by: the items of then, some 300 bytes each, kept with the sweep.
extension Store {
    /// Items written at a time: others wait for their turn to write some tens of milliseconds, not seconds.
    private static let portion = 5000

    /// Marks the sweep as over and keeps what it is judged by; on the disk, whole or not at all, when it returns.
    ///
    /// A sweep that is over already stays as it is. Seconds for each million items. `nil` when there is no such sweep.
    package func finish(
        _ sweep: Sweep.ID,
        at moment: Moment,
        by holdings: SweepHoldings,
        items: some Sequence<JudgedItem>
    ) throws(StoreError) -> Sweep? {
        let found = try self.sweep(sweep)
        guard found?.isOpen == true else { return found }
        try write(.bulk) { database in
            try database.execute(sql: "DELETE FROM sweepItem WHERE sweep = ?", arguments: [sweep])
        }
        try add(items, to: sweep, from: 1)
        return try write { database in
            try database.execute(
                sql: "INSERT INTO sweepHoldings (sweep, snapshot, importedAt, mayLackSince) VALUES (?, ?, ?, ?)",
                arguments: [
                    sweep, holdings.snapshot, holdings.importedAt.milliseconds, holdings.mayLackSince.milliseconds,
                ]
            )
            return try Self.finish(sweep, at: moment, database)
        }
    }

    /// What a finished sweep is judged by; `nil` for one that goes on, or was finished before this was kept.
    ///
    /// Seconds for each million items.
    package func judgement(of sweep: Sweep.ID) throws(StoreError) -> SweepJudgement? {
        try read { database -> SweepJudgement? in
            let select = "SELECT snapshot, importedAt, mayLackSince FROM sweepHoldings WHERE sweep = ?"
            guard let kept = try Row.fetchOne(database, sql: select, arguments: [sweep]) else { return nil }
            let holdings = SweepHoldings(
                snapshot: try kept.number(0).orDamaged("sweep judged by no snapshot"),
                importedAt: try kept.moment(1).orDamaged("sweep judged by a snapshot without moment"),
                mayLackSince: try kept.moment(2).orDamaged("sweep judged by a snapshot without moment"),
                isKept: true
            )
            var judgement = SweepJudgement(holdings)
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT \(ShelvedItem.columns), role FROM sweepItem WHERE sweep = ? ORDER BY number",
                arguments: [sweep]
            )
            while let row = try rows.next() { judgement.take(try JudgedItem(row: row)) }
            return judgement
        }
    }

    /// Adds what came to a finished sweep late: items that were not heard before its end.
    package func addJudgedItems(_ items: [JudgedItem], to sweep: Sweep.ID) throws(StoreError) {
        guard !items.isEmpty else { return }
        let last = try read { database in
            try Int.fetchOne(database, sql: "SELECT MAX(number) FROM sweepItem WHERE sweep = ?", arguments: [sweep])
        }
        try add(items, to: sweep, from: (last ?? 0) + 1)
    }

    private func add(_ items: some Sequence<JudgedItem>, to sweep: Sweep.ID, from first: Int) throws(StoreError) {
        var portion: [String: PackedRows] = [:]
        var number = first
        for item in items {
            let stored = item.stored
            portion[item.role, default: PackedRows()].append(stored.item, key: stored.key, line: number)
            number += 1
            guard (number - first).isMultiple(of: Self.portion) else { continue }
            try put(portion, to: sweep)
            portion.removeAll()
        }
        try put(portion, to: sweep)
    }

    private func put(_ portion: [String: PackedRows], to sweep: Sweep.ID) throws(StoreError) {
        try write(.bulk) { database in
            for (role, items) in portion {
                let sql = PackedRows.statement(
                    into: "sweepItem",
                    numberedBy: "number",
                    fixed: [("sweep", "\(sweep)"), ("role", "'\(role)'")]
                )
                try items.write(by: database.makeStatement(sql: sql), in: database)
            }
        }
    }
}

extension JudgedItem {
    fileprivate var role: String {
        switch self {
        case .expected: "expected"
        case .stranger: "stranger"
        case .unknown: "unknown"
        }
    }

    /// As its row has it: a stranger's other barcode is the one it was heard by, where that is not its own.
    fileprivate var stored: ShelvedItem {
        switch self {
        case .expected(let shelved): return shelved
        case .stranger(let shelved, heardAs: let barcode):
            var stored = shelved
            stored.item.otherBarcodes = barcode == shelved.item.barcode ? [] : [barcode]
            return stored
        case .unknown(let barcode): return ShelvedItem(item: Item(barcode: barcode, status: .unknown), key: nil)
        }
    }

    /// The role stands behind ``ShelvedItem/columns``.
    fileprivate init(row: Row) throws {
        let shelved = try ShelvedItem(row: row)
        switch row.text(22) {
        case "expected": self = .expected(shelved)
        case "stranger": self = .stranger(shelved, heardAs: shelved.item.otherBarcodes.first ?? shelved.item.barcode)
        case "unknown": self = .unknown(shelved.item.barcode)
        default: throw StoreError.damaged(detail: "item of a sweep in an unknown role")
        }
    }
}
