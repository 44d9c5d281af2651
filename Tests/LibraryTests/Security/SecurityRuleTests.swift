import Library
import Testing

/// Rows that a site changes, and which it may not.
@Suite struct SecurityRuleTests {
    @Test func `a rule changes the columns it names in its one row, and a later one wins`() {
        let table = SecurityTable(rules: [
            SecurityRule(tags: .disarmed, item: .inLibrary, pad: .tell, gate: .alarm),
            SecurityRule(tags: .armed, item: .soughtAfter, kiosk: .lend),
            SecurityRule(tags: .disarmed, item: .inLibrary, gate: .silent),
        ])
        let row = table.row(.disarmed, .inLibrary)
        #expect(row.pad == .tell && row.gate == .silent)
        #expect(row.kiosk == .lend && row.wand == .tell, "columns without a wish stay as they are")
        #expect(table.row(.armed, .soughtAfter).kiosk == .lend)
        for standard in SecurityTable.standard.rows where !table.isChanged(standard.tags, standard.item) {
            #expect(table.row(standard.tags, standard.item) == standard)
        }
        #expect(table.rows.count { table.isChanged($0.tags, $0.item) } == 2)
    }

    @Test func `a device that shall only tell does not write, and one that shall write does`() {
        let table = SecurityTable(
            rules: [
                SecurityRule(tags: .disarmed, item: .inLibrary, pad: .tell),
                SecurityRule(tags: .armed, item: .onLoan, wand: .disarm),
            ],
            repairs: [.pad]
        )
        #expect(table.repair(.disarmed, .inLibrary, by: .pad) == nil)
        #expect(table.repair(.armed, .onLoan, by: .pad) == .disarmed)
        #expect(table.repair(.armed, .onLoan, by: .wand) == .disarmed)
        #expect(table.repair(.disarmed, .inLibrary, by: .wand) == nil)
    }

    @Test(
        arguments: [
            SecurityRule(tags: .armed, item: .inLibrary, pad: .disarm),
            SecurityRule(tags: .disarmed, item: .inLibraryByOldHoldings, wand: .arm),
            SecurityRule(tags: .otherValue, item: .onLoan, pad: .disarm),
            SecurityRule(tags: .armed, item: .inLibrary, pad: .lend),
            SecurityRule(tags: .armed, item: .inLibrary, wand: .refuse),
            SecurityRule(tags: .armed, item: .inLibrary, kiosk: .disarm),
            SecurityRule(tags: .disarmed, item: .onLoan, kiosk: .disarm),
            SecurityRule(tags: .armed, item: .inLibrary, kiosk: .arm),
            SecurityRule(tags: .unreadable, item: .inLibrary, kiosk: .lend),
            SecurityRule(tags: .armed, item: .otherLibrary, kiosk: .lend),
            SecurityRule(tags: .armed, item: .withdrawn, kiosk: .lend),
            SecurityRule(tags: .armed, item: .otherLibrary, gate: .alarm),
            SecurityRule(tags: .armed, item: .unknown, gate: .alarm),
            SecurityRule(tags: .armed, item: .inLibrary, gate: .silent),
            SecurityRule(tags: .unreadable, item: .inTransit, gate: .silent),
        ]
    )
    func `what would break a rule of the house is refused with its reason, and left out`(_ rule: SecurityRule) throws {
        let problem = try #require(rule.problem)
        #expect(!problem.isEmpty && !problem.hasSuffix("."))
        #expect(SecurityTable(rules: [rule]) == .standard)
    }

    /// All rules that name one column: what a site can write into its configuration, one wish at a time.
    private static let wishes: [SecurityRule] = TagsSay.allCases.flatMap { tags in
        ItemStanding.allCases.flatMap { item in
            SecurityAdvice.allCases.flatMap { advice in
                [
                    SecurityRule(tags: tags, item: item, pad: advice),
                    SecurityRule(tags: tags, item: item, kiosk: advice),
                    SecurityRule(tags: tags, item: item, wand: advice),
                ]
            } + GateResponse.allCases.map { SecurityRule(tags: tags, item: item, gate: $0) }
        }
    }

    @Test func `no wish that is taken lets a device write what is not right, or an item pass that is not lent`() {
        var taken = 0
        for rule in Self.wishes where rule.problem == nil {
            taken += 1
            let table = SecurityTable(rules: [rule], repairs: Set(SecurityDevice.allCases))
            let (row, standard) = (table.row(rule.tags, rule.item), SecurityTable.standard.row(rule.tags, rule.item))
            for device in SecurityDevice.allCases {
                guard let state = table.repair(rule.tags, rule.item, by: device) else { continue }
                #expect(state == row.right && state == rule.item.right, "\(rule)")
            }
            if row.kiosk == .disarm { #expect(rule.item == .onLoan, "\(rule)") }
            if rule.tags == .otherValue || rule.tags == .unreadable { #expect(row.kiosk != .lend, "\(rule)") }
            if rule.item == .otherLibrary || rule.item == .unknown {
                #expect(row.gate != .alarm && row.kiosk != .lend, "\(rule)")
            }
            if standard.gate == .alarm { #expect(row.gate != .silent, "\(rule)") }
        }
        #expect(taken > 300, "most wishes can be had: \(taken) of \(Self.wishes.count)")
    }
}
