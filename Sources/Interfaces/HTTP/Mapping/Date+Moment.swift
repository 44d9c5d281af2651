import Foundation
import Library

extension Date {
    init(_ moment: Moment) {
        self.init(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
    }
}

extension Moment {
    /// Midnight UTC of the day this moment belongs to.
    var startOfDay: Moment {
        let day: Int64 = 86_400_000
        let rest = milliseconds % day
        return Moment(milliseconds: milliseconds - (rest < 0 ? rest + day : rest))
    }
}
