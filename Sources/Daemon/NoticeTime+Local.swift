import Foundation
import Library
import Operations

extension NoticeTime {
    /// What this machine's clock on the wall says at a moment.
    init(local moment: Moment) {
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        let parts = Calendar(identifier: .gregorian).dateComponents([.hour, .weekday], from: date)
        // Foundation counts from Sunday.
        self.init(hour: parts.hour ?? 0, weekday: Weekday(number: (parts.weekday ?? 1) - 1))
    }
}
