/// A site's own row in the truth table: what it changes for one pair of tags and item; `nil` leaves a column as it is.
package struct SecurityRule: Hashable, Sendable {
    /// For which word of the item's tags, all parts together, the rule holds.
    package var tags: TagsSay
    /// For which standing of the item the rule holds.
    package var item: ItemStanding
    /// What a pad does; it arms and disarms only what is surely right, and never lends or refuses.
    package var pad: SecurityAdvice?
    /// What a kiosk does: it lends, disarms what is on loan, refuses, or does nothing.
    package var kiosk: SecurityAdvice?
    /// What a wand does; the limits are those of ``pad``.
    package var wand: SecurityAdvice?
    /// What a gate does: never an alarm for what is not known to be ours, never silence where the table has an alarm.
    package var gate: GateResponse?

    package init(
        tags: TagsSay,
        item: ItemStanding,
        pad: SecurityAdvice? = nil,
        kiosk: SecurityAdvice? = nil,
        wand: SecurityAdvice? = nil,
        gate: GateResponse? = nil
    ) {
        self.tags = tags
        self.item = item
        self.pad = pad
        self.kiosk = kiosk
        self.wand = wand
        self.gate = gate
    }
}

extension SecurityRule {
    /// Which rule of the house it would break, lower case, no period; `nil` when it can be used.
    package var problem: String? {
        let row = SecurityTable(repairs: Set(SecurityDevice.allCases)).row(tags, item)
        for advice in [pad, wand].compactMap(\.self) {
            switch (advice, row.right) {
            case (.arm, .armed), (.disarm, .disarmed), (.nothing, _), (.tell, _): break
            case (.arm, _), (.disarm, _): return "a device writes by itself only what is surely right"
            case (.lend, _), (.refuse, _): return "only a kiosk lends and refuses"
            }
        }
        switch kiosk {
        case .arm, .tell: return "a kiosk lends, disarms what is on loan, refuses, or does nothing"
        case .disarm where row.right != .disarmed: return "a kiosk disarms only what is on loan"
        case .lend where row.kiosk == .refuse && !mayBeLentAllTheSame:
            return "what is not ours, or cannot be read, is not lent"
        default: break
        }
        switch gate {
        case .alarm where item == .otherLibrary || item == .unknown: return "no alarm for what is not known to be ours"
        case .silent where row.gate == .alarm: return "an own item that is not lent never passes unnoticed"
        default: return nil
        }
    }

    /// What a kiosk refuses only so that somebody looks at the item.
    private var mayBeLentAllTheSame: Bool {
        (item == .soughtAfter || item == .inTransit) && tags != .otherValue && tags != .unreadable
    }

    func change(_ row: inout SecurityTable.Row) {
        if let pad { row.pad = pad }
        if let kiosk { row.kiosk = kiosk }
        if let wand { row.wand = wand }
        if let gate { row.gate = gate }
    }
}
