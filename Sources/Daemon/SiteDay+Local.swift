import Foundation
import Library
import Operations

extension SiteDay {
    /// The day to which a moment belongs, by the clock on the wall of this machine or of another calendar.
    init(of moment: Moment, in calendar: Calendar = Calendar(identifier: .gregorian)) {
        func midnight(_ date: Date) -> Moment { Moment(milliseconds: Int64(date.timeIntervalSince1970 * 1000)) }
        let began = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        // Where a day begins at one in the morning, as some do when the clock is put forward, the next begins at twelve.
        let next = calendar.date(byAdding: .day, value: 1, to: began).map { calendar.startOfDay(for: $0) }
        self.init(began: midnight(began), ends: midnight(next ?? began + 86_400))
    }
}
