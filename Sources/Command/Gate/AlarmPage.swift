import API

/// One alarm: when, why and what; then the evidence and what to do.
struct AlarmPage {
    var alarm: Alarm
    var palette: Palette

    var lines: [String] {
        let item = [alarm.barcode ?? alarm.uid, alarm.callNumber, alarm.title].compactMap(\.self)
        let sound = alarm.sounded ? "ALARM " : "silent"
        let head = "\(sound)  \(alarm.reason): \(item.joined(separator: " · "))".visible
        let detail = [alarm.evidence, alarm.advice].filter { !$0.isEmpty }.joined(separator: "; ").visible
        let place = "\(Wording.clock(alarm.at))  \(alarm.gate.visible)  "
        return [
            palette.paint(place, .faint) + palette.paint(head, alarm.sounded ? .bad : .strong),
            String(repeating: " ", count: 10) + detail,
        ]
    }
}
