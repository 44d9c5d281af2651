import Library

extension TableReader {
    /// Hands out every row that is complete as an item or a rejection; `prepare` sets right what the system expresses
    /// in a way of its own, `status` reads its status columns.
    mutating func rows(
        settings: ImportSettings,
        prepare: (inout ItemDraft) -> Void = { _ in },
        status: (ItemDraft) -> (ItemStatus, text: String?),
        row: (ImportRow) throws -> Void
    ) throws {
        while let event = try next() {
            switch event {
            case .notice(let text): try row(.notice(text))
            case .rejected(let rejected): try row(.rejected(rejected))
            case .draft(var draft, let line):
                prepare(&draft)
                let (status, text) = status(draft)
                switch draft.item(status: status, statusText: text, settings: settings) {
                case .success(let item): try row(.item(item, line: line))
                case .failure(let flaw):
                    try row(.rejected(RejectedRow(line: line, cause: flaw.cause, text: rowText)))
                }
            }
        }
    }
}

extension [String: ItemField] {
    /// The column names of a system with those of a site's map, which come first: field name to column name.
    func adding(_ columns: [String: String]) -> [String: ItemField] {
        var names = self
        for (field, column) in columns {
            guard let field = ItemField(name: field) else { continue }
            names = names.filter { $0.value != field }
            names[ColumnName.plain(column)] = field
        }
        return names
    }
}
