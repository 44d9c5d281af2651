import API
import Library

extension TruthTable {
    /// The table as the devices of this site obey it, the rules in force at its gates included.
    init(_ policy: SecurityPolicy, gate: GatePolicy) {
        self.init(
            site: Site(
                mechanism: policy.mechanism.rawValue,
                armed: [policy.armedValue] + policy.alsoArmed.sorted(),
                released: [policy.disarmedValue] + policy.alsoDisarmed.sorted(),
                repairs: SecurityDevice.allCases.filter(policy.table.repairs.contains).map(\.rawValue),
                unfinished: policy.unfinished.rawValue,
                freshSeconds: Int(policy.freshness.components.seconds)
            ),
            rows: policy.table.rows.map { row in
                let response = gate.response(to: row.gateReason, standard: row.gate)
                return Row(
                    tags: row.tags.rawValue,
                    item: row.item.rawValue,
                    pad: row.pad.rawValue,
                    kiosk: row.kiosk.rawValue,
                    gate: response.rawValue,
                    wand: row.wand.rawValue,
                    right: row.right?.rawValue,
                    reason: row.reason,
                    isSiteRule: policy.table.isChanged(row.tags, row.item) || response != row.gate
                )
            }
        )
    }
}
