import API
import Hummingbird
import Library
import Operations

/// Alarms of the gates.
struct GateRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/gate/alarms") { request, _ in
            let limit = try request.number("limit", in: 1...1000) ?? 50
            let records: [GateAlarmRecord]
            if let after = try request.number("after", in: 0...Int.max) {
                records = try await desk.gate.alarms(after: GateAlarmRecord.ID(after), limit: limit)
            } else {
                records = try await desk.gate.latest(limit).reversed()
            }
            let items = try desk.items(records.flatMap { $0.alarm.items.compactMap(\.barcode) })
            return try Response.json(records.map { Alarm($0, items: items) })
        }
    }
}
