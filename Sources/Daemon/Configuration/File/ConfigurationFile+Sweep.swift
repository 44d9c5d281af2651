import Library

/// `[sweep]`, `[sweep.severity]` and `[[shelf]]`.
extension ConfigurationFile {
    static func sweep(
        from top: inout ConfigurationTable,
        scheme: CallNumberScheme,
        order: ShelfOrderRules
    ) -> Configuration.SweepSettings {
        var settings = Configuration.SweepSettings()
        if var sweep = top.subtable("sweep") {
            if let passes = sweep.integer("passes", in: 1...12) { settings.passes = passes }
            if let certainty = sweep.integer("certainty", in: 0...100) { settings.certainty = certainty }
            if let reach = sweep.integer("reach", in: 1...1000) { settings.reach = reach }
            if var severity = sweep.subtable("severity") {
                for kind in FindingKind.allCases {
                    if let word = severity.choice(kind.rawValue, of: Severity.self) { settings.severities[kind] = word }
                }
                severity.finish()
                sweep.merge(severity)
            }
            sweep.finish()
            top.merge(sweep)
        }
        for var table in top.subtables("shelf") {
            if let mark = shelf(from: &table, scheme: scheme, order: order) { settings.shelves.append(mark) }
            table.finish()
            top.merge(table)
        }
        return settings
    }

    /// Filed by the same switches as the items, among which it stands.
    private static func shelf(
        from table: inout ConfigurationTable,
        scheme: CallNumberScheme,
        order: ShelfOrderRules
    ) -> ShelfMark? {
        guard let barcode = table.required("barcode", wanted: "what the shelf's tag says"),
            let name = table.required("name", wanted: "what the shelf is called"),
            let from = table.required("from", wanted: "the first call number that belongs on it")
        else { return nil }
        guard !order.trustsSystemKey else {
            table.refuse(
                "from",
                found: "\"\(from)\"",
                wanted: "no shelf tags beside trust-ils-key: a call number has no place in the library system's order"
            )
            return nil
        }
        guard let key = ShelfKey(callNumber: from, scheme: scheme, rules: order) else {
            table.refuse("from", found: "\"\(from)\"", wanted: "a call number as \(scheme.rawValue) files it")
            return nil
        }
        return ShelfMark(barcode: barcode, name: name, from: key)
    }
}

extension SweepRules {
    init(_ settings: Configuration.SweepSettings, security: SecurityPolicy) {
        self.init(
            security: security,
            coverage: Coverage(reach: settings.reach, passes: settings.passes),
            severities: settings.severities,
            certainty: settings.certainty > 0 ? Double(settings.certainty) / 100 : nil,
            shelfMarks: settings.shelves
        )
    }
}
