import API
import Foundation
import Library
import Tags

extension Alarm {
    /// `items` are what the holdings say of the barcodes in it.
    init(_ record: GateAlarmRecord, items: [String: Item]) {
        self.init(
            id: Int(record.id),
            at: Date(record.alarm.at),
            gate: record.alarm.gate,
            items: record.alarm.items.map { AlarmItem($0, item: $0.barcode.flatMap { items[$0] }) },
            quiet: record.alarm.quiet?.rawValue,
            lane: record.alarm.lane,
            direction: record.alarm.direction?.rawValue,
            bulk: record.alarm.isBulk ? true : nil,
            outcome: record.outcome?.rawValue
        )
    }
}

extension AlarmItem {
    fileprivate init(_ heard: GateAlarmItem, item: Item?) {
        self.init(
            reason: heard.reason.rawValue,
            evidence: heard.evidence,
            advice: heard.reason.remedy,
            uid: heard.uid.description,
            barcode: heard.barcode,
            title: item?.title,
            callNumber: item?.callNumber,
            origin: heard.origin
        )
    }
}
