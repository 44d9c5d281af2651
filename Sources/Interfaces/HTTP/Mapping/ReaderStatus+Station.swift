import API
import Foundation
import Library
import Operations

extension ReaderStatus {
    init(_ report: StationReport) {
        let (state, cause, hint): (State, String?, String?) =
            switch report.state {
            case .connecting: (.connecting, nil, nil)
            case .online: (.online, nil, nil)
            case .offline(let cause, let hint): (.offline, cause, hint)
            }
        self.init(
            name: report.name,
            role: report.role.rawValue,
            driver: report.driver,
            model: report.device?.model,
            firmware: report.device?.firmware,
            link: report.place,
            state: state,
            cause: cause,
            hint: hint,
            // As JSON says it, to the second: an answer that is the same is not encoded anew at each look of a reader.
            lastSeen: report.lastAnswer.map { Date(timeIntervalSince1970: Double($0.milliseconds / 1000)) },
            tagsPresent: report.tagsPresent,
            abilities: report.abilities
        )
    }
}
