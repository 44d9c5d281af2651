import API
import Foundation

/// Alarms as they come, each item shown once: an alarm comes again when more of the same stack joins it.
struct AlarmFeed {
    private var shown: [Int: Int] = [:]
    /// Of alarms that could not be written down, which have no number, by gate and time.
    private var unnumbered: [String: Int] = [:]

    /// Where to go on after a break; an alarm that may still grow is asked for again.
    private(set) var last: Int?

    /// The alarm with the items that have not been shown yet; `nil` when there are none.
    mutating func news(of alarm: Alarm) -> Alarm? {
        let place = "\(alarm.gate) \(alarm.at.timeIntervalSince1970)"
        let known = (alarm.id > 0 ? shown[alarm.id] : unnumbered[place]) ?? 0
        guard alarm.items.count > known else { return nil }
        if alarm.id > 0 {
            shown[alarm.id] = alarm.items.count
            last = max(last ?? 0, alarm.id)
            // Numbers only grow: old ones do not come again.
            if shown.count > 1000 { shown = shown.filter { $0.key > alarm.id - 100 } }
        } else {
            if unnumbered.count > 100 { unnumbered = [:] }
            unnumbered[place] = alarm.items.count
        }
        var news = alarm
        news.items = Array(alarm.items.dropFirst(known))
        return news
    }
}
