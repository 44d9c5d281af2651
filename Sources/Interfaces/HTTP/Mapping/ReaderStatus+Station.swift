import API
import Foundation
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
            lastSeen: report.lastAnswer.map { Date($0) },
            tagsPresent: report.tagsPresent,
            abilities: report.abilities
        )
    }
}
