import Tags

/// The rules of the text, one case each.
enum GatePolicyRule {
    typealias Refusal = GatePolicyFile.Refusal

    private static var durations: [(String, WritableKeyPath<GatePolicy, Duration>)] {
        [
            ("fresh for", \.freshness), ("device knowledge fresh for", \.deviceFreshness),
            ("securing time", \.securingTime), ("wait for library system", \.liveBudget), ("rearm after", \.rearmAfter),
            ("parked after", \.parkedAfter), ("stray time", \.strayTime), ("blocked rearm", \.blockedRearm),
            ("stack time", \.stackTime), ("direction patience", \.directionPatience),
        ]
    }

    private static var rates: [(String, WritableKeyPath<GatePolicy, GateRate>)] {
        [("flood", \.flood), ("bulk", \.bulk)]
    }

    /// An alarm that waits longer than this comes when its item is out of the door.
    private static let longestWait: Duration = .seconds(2)
    /// What comes within a stack's time makes no sound of its own: a day would be one alarm.
    private static let longestStack: Duration = .seconds(60)
    /// A flood in a year would be one alarm too.
    private static let longestRate: Duration = .seconds(3600)

    static func apply(_ name: String, _ value: String, to policy: inout GatePolicy) throws(Refusal) {
        if let reason = GateReason(rawValue: name) {
            guard let response = GateResponse(rawValue: value) else {
                throw Refusal(found: "\"\(value)\"", wanted: "alarm, log or silent")
            }
            policy.responses[reason] = response
        } else if let (_, path) = durations.first(where: { $0.0 == name }) {
            policy[keyPath: path] = try duration(value, of: path)
        } else if let (_, path) = rates.first(where: { $0.0 == name }) {
            policy[keyPath: path] = try rate(value)
        } else if name == "stray rings" {
            policy.strayRings = try number(value, in: 1...100)
        } else if name == "quiet inward" {
            policy.quietInward = try truth(value)
        } else if name == "learning until" {
            policy.learningUntil = try moment(value)
        } else if name.hasPrefix("lane ") {
            policy.lanes.append(GateLane(name: String(name.dropFirst(5)), antennas: try antennas(value)))
        } else if name.hasPrefix("neighbour ") {
            policy.neighbours.append(neighbour(String(name.dropFirst(10)), value))
        } else if name == "staff devices" {
            policy.staffDevices = Set(try list(value).map(uid))
        } else if name.hasPrefix("sentinel ") {
            policy.sentinels[try uid(value)] = try sentinel(String(name.dropFirst(9)))
        } else {
            let known = durations.map(\.0) + rates.map(\.0) + ["stray rings", "quiet inward", "learning until"]
            throw Refusal(
                found: "\"\(name)\"",
                wanted: "a reason, lane NAME, neighbour NAME, sentinel GATE ANTENNA, staff devices, "
                    + known.joined(separator: ", ")
            )
        }
    }

    static func duration(_ text: String) throws(Refusal) -> Duration {
        let parts = text.split(separator: " ")
        let units = ["ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000] as [Substring: Int64]
        guard parts.count == 2, let count = Int64(parts[0]), let unit = units[parts[1]], (0...36_500).contains(count)
        else { throw Refusal(found: "\"\(text)\"", wanted: "a time, such as 300 ms, 20 s, 5 min, 12 h or 3 d") }
        return .milliseconds(count * unit)
    }

    /// The time of one rule, within what that rule bears.
    private static func duration(
        _ text: String,
        of path: WritableKeyPath<GatePolicy, Duration>
    ) throws(Refusal) -> Duration {
        let duration = try duration(text)
        if path == \GatePolicy.liveBudget || path == \GatePolicy.directionPatience, duration > longestWait {
            throw Refusal(found: text, wanted: "2 s at most: the item is out of the door by then")
        }
        if path == \GatePolicy.stackTime, duration > longestStack {
            throw Refusal(found: text, wanted: "1 min at most: what comes within it makes no sound of its own")
        }
        return duration
    }

    private static func rate(_ text: String) throws(Refusal) -> GateRate {
        let parts = text.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[1] == "in", let count = Int(parts[0]), (0...1000).contains(count) else {
            throw Refusal(found: "\"\(text)\"", wanted: "so many in so long, such as 5 in 5 s")
        }
        let rate = GateRate(count: count, within: try duration(String(parts[2])))
        guard rate.within <= longestRate else {
            throw Refusal(found: "\"\(text)\"", wanted: "so many in 1 h at most, such as 5 in 5 s")
        }
        return rate
    }

    private static func number(_ text: String, in range: ClosedRange<Int>) throws(Refusal) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Refusal(found: "\"\(text)\"", wanted: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func truth(_ text: String) throws(Refusal) -> Bool {
        guard text == "yes" || text == "no" else { throw Refusal(found: "\"\(text)\"", wanted: "yes or no") }
        return text == "yes"
    }

    private static func moment(_ text: String) throws(Refusal) -> Moment {
        guard let moment = Moment(day: text) else {
            throw Refusal(found: "\"\(text)\"", wanted: "a day, such as 2027-01-31")
        }
        return moment
    }

    private static func list(_ text: String) throws(Refusal) -> [String] {
        let words = text.split(separator: ",").map(GatePolicyFile.trimmed).filter { !$0.isEmpty }
        guard !words.isEmpty else { throw Refusal(found: "nothing", wanted: "a list with commas") }
        return words
    }

    private static func antennas(_ text: String) throws(Refusal) -> [Int] {
        var antennas: [Int] = []
        for word in try list(text) { antennas.append(try number(word, in: 1...64)) }
        return antennas
    }

    private static func uid(_ text: String) throws(Refusal) -> TagUID {
        guard let uid = TagUID(hex: text) else {
            throw Refusal(found: "\"\(text)\"", wanted: "a tag's number, sixteen hexadecimal digits")
        }
        return uid
    }

    /// `1`, or `gate-2 1` where there are several gates.
    private static func sentinel(_ text: String) throws(Refusal) -> GateSentinel {
        let words = text.split(separator: " ")
        guard let last = words.last else { throw Refusal(found: "no antenna", wanted: "a number from 1 to 64") }
        let gate = words.dropLast().joined(separator: " ")
        return GateSentinel(gate: gate.isEmpty ? nil : gate, antenna: try number(String(last), in: 1...64))
    }

    private static func neighbour(_ name: String, _ text: String) -> GateNeighbour {
        var neighbour = GateNeighbour(name: GatePolicyFile.trimmed(name))
        for word in text.split(separator: ",").map(GatePolicyFile.trimmed) where !word.isEmpty {
            if word.hasPrefix("barcode ") {
                neighbour.prefixes.append(GatePolicyFile.trimmed(word.dropFirst(8)))
            } else {
                neighbour.institutions.insert(word)
            }
        }
        return neighbour
    }
}

extension Moment {
    /// The beginning of a day in UTC, from `2027-01-31`; `nil` when there is no such day.
    init?(day text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1970...9999).contains(year), (1...12).contains(month),
            (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        // Days since 1970-01-01 in the calendar with its leap years, years counted from March.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        self.init(milliseconds: days * 86_400_000)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
