import API
import Operations

extension ProbeResult {
    init(_ report: ProbeReport) {
        // A place is named by its line and its address: `serial /dev/ttyUSB1`.
        let words = report.place.split(separator: " ", maxSplits: 1)
        switch report.end {
        case .found(let driver, let model, let firmware):
            self.init(
                place: report.place,
                state: .found,
                driver: driver,
                model: model,
                firmware: firmware,
                hint: "give it a [[reader]] with driver = \"\(driver)\" in the configuration",
                line: words.first.flatMap { SettingsRequest.Reader.Line(rawValue: String($0)) },
                address: words.count == 2 ? String(words[1]) : nil
            )
        case .silent(let asked):
            self.init(
                place: report.place,
                state: .silent,
                detail: "asked as \(asked.joined(separator: ", "))",
                hint: "is the reader switched on; some have other speeds than they come with"
            )
        case .unreachable(let cause, let hint):
            self.init(place: report.place, state: .unreachable, detail: cause, hint: hint)
        case .seen(let driver, let name):
            self.init(
                place: report.place,
                state: .seen,
                driver: driver,
                model: name,
                hint: "give it a [[reader]] with driver = \"\(driver)\" and usb = \"auto\" in the configuration",
                line: .usb,
                address: "auto"
            )
        }
    }

    /// A configured reader's station has its line and knows best.
    init(_ reader: ReaderStatus) {
        self.init(
            place: reader.link,
            state: .configured,
            driver: reader.driver,
            model: reader.model,
            firmware: reader.firmware,
            detail: "reader \(reader.name), \(reader.state.rawValue)" + (reader.cause.map { ": \($0)" } ?? ""),
            hint: reader.hint
        )
    }
}
