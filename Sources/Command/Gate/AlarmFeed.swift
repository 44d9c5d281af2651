import API

/// Alarms as they come, each item shown once: an alarm comes again when more of the same stack joins it.
struct AlarmFeed {
    private var shown: [Int: Int] = [:]

    /// Where to go on after a break; an alarm that may still grow is asked for again.
    private(set) var last: Int?

    /// The alarm with the items that have not been shown yet; `nil` when there are none.
    mutating func news(of alarm: Alarm) -> Alarm? {
        let known = shown[alarm.id] ?? 0
        guard alarm.items.count > known else { return nil }
        shown[alarm.id] = alarm.items.count
        last = max(last ?? 0, alarm.id)
        // Numbers only grow: old ones do not come again.
        if shown.count > 1000 { shown = shown.filter { $0.key > alarm.id - 100 } }
        var news = alarm
        news.items = Array(alarm.items.dropFirst(known))
        return news
    }
}
