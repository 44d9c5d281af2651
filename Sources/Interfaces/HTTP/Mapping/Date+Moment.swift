import Foundation
import Library

extension Date {
    init(_ moment: Moment) {
        self.init(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
    }
}
