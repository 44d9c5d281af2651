import Foundation
import Library
import Tags
import Testing

/// Situations at a gate as people would tell them, read from the files in `Scenarios`.
///
///     situation a book from the shelf is carried out
///     means eas
///     rule parked after = 10 s
///     book A armed, available, holdings 5 s
///     0 s: A @1 -> alarm: A not on loan
///     12 s: A @1 -> parked: A at antenna 1 of gate
///
/// `means` is how the site secures its items: `afi`, which goes without saying, `eas` or `both`.
///
/// A step is a time, what happens, and everything that shall come of it in order: `alarm`, `quiet WHY`, `join`, `bulk`,
/// `turned`, `parked`, `stray`, `ask`, `log`, `silent`, or `nothing`. Steps are 250 ms apart in the clock's own mind
/// whatever the wall clock does.
struct GateScenario: CustomTestStringConvertible, Sendable {
    struct Step: Sendable {
        var line: Int
        var at: Duration
        var event: String
        var expected: [String]
    }

    var name: String
    var file: String
    var rules: String
    var means = SecurityMechanism.afi
    var books: [String: Book] = [:]
    var steps: [Step] = []

    var testDescription: String { "\(file): \(name)" }

    /// A tag, what it says, and what is known of it.
    struct Book: Sendable {
        var uid: TagUID
        var afi: UInt8? = 0x07
        var eas: Bool?
        var tag = TagRecord(uid: TagUID(0), barcode: nil, model: "iso28560-3", owner: "DE-12", readAt: start)
        var isRead = true
        var item: Item?
        var holdingsAge: Duration = .seconds(5)
        var returned: Duration?
        var passEnds: Duration?
        var source = GateFacts.Source.snapshot
    }

    static let start = Moment(milliseconds: 1_772_438_400_000)
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scenarios")

    static func all() throws -> [GateScenario] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".gate") }
        return try files.sorted().flatMap { file in
            try read(String(contentsOf: folder.appending(path: file), encoding: .utf8), file: file)
        }
    }

    struct Unreadable: Error, CustomStringConvertible {
        var description: String
    }

    static func read(_ text: String, file: String) throws -> [GateScenario] {
        var scenarios: [GateScenario] = []
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            if line.isEmpty { continue }
            func unreadable(_ what: String) -> Unreadable {
                Unreadable(description: "\(file) line \(index + 1): \(what): \(line)")
            }
            if let name = line.after("situation ") {
                scenarios.append(GateScenario(name: name, file: file, rules: ""))
                continue
            }
            guard let last = scenarios.indices.last else { throw unreadable("no situation yet") }
            if let means = line.after("means ") {
                guard let means = SecurityMechanism(rawValue: means) else { throw unreadable("unknown means") }
                scenarios[last].means = means
            } else if let rule = line.after("rule ") {
                scenarios[last].rules += rule + "\n"
            } else if let book = line.after("book ") {
                guard let space = book.firstIndex(of: " ") else { throw unreadable("no words about the book") }
                let name = String(book[..<space])
                let number = UInt64(scenarios[last].books.count + 1)
                guard let parsed = Book(number, String(book[space...])) else { throw unreadable("unknown word") }
                scenarios[last].books[name] = parsed
            } else {
                guard let colon = line.firstIndex(of: ":"), let arrow = line.range(of: " -> "),
                    colon < arrow.lowerBound,
                    let at = duration(String(line[..<colon]))
                else { throw unreadable("wanted TIME: WHAT -> EXPECTED") }
                let event = line[line.index(after: colon)..<arrow.lowerBound].trimmingCharacters(in: .whitespaces)
                let expected = line[arrow.upperBound...].split(separator: ";").map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                scenarios[last].steps.append(
                    Step(line: index + 1, at: at, event: event, expected: expected == ["nothing"] ? [] : expected)
                )
            }
        }
        return scenarios
    }

    static func duration(_ text: String) -> Duration? {
        let parts = text.split(separator: " ")
        let units: [Substring: Double] = ["ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard parts.count == 2, let count = Double(parts[0]), let unit = units[parts[1]] else { return nil }
        return .milliseconds(Int64(count * unit))
    }
}

extension GateScenario.Book {
    init?(_ number: UInt64, _ words: String) {
        uid = TagUID(0xE004_0150_0000_0000 | number)
        tag.uid = uid
        tag.barcode = "3907000\(number)"
        for word in words.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            if let status = ItemStatus(rawValue: word) {
                item = Item(barcode: tag.barcode ?? "?", status: status)
            } else if word == "armed" || word == "released" {
                afi = word == "armed" ? 0x07 : 0xC2
            } else if word == "AFI not read" {
                afi = nil
            } else if let value = word.after("AFI ").flatMap({ UInt8($0, radix: 16) }) {
                afi = value
            } else if word == "EAS on" || word == "EAS off" {
                eas = word == "EAS on"
            } else if word == "not in the holdings" {
                item = nil
            } else if let age = word.after("holdings ").flatMap(GateScenario.duration) {
                holdingsAge = age
            } else if let age = word.after("told by kiosk ").flatMap(GateScenario.duration) {
                (holdingsAge, source) = (age, .device)
            } else if let age = word.after("library system asked ").flatMap(GateScenario.duration) {
                (holdingsAge, source) = (age, .live)
            } else if let age = word.after("returned ").flatMap(GateScenario.duration) {
                returned = age
            } else if let rest = word.after("pass for ").flatMap(GateScenario.duration) {
                passEnds = rest
            } else if let age = word.after("pass ended ").flatMap(GateScenario.duration) {
                passEnds = .zero - age
            } else if let owner = word.after("owner ") {
                tag.owner = owner == "not named" ? nil : owner
            } else if let barcode = word.after("barcode ") {
                tag.barcode = barcode
                item?.barcode = barcode
            } else if let part = word.after("part ") {
                let numbers = part.split(separator: " ").compactMap { Int($0) }
                guard numbers.count == 2 else { return nil }
                tag.setInformation = SetInformation(total: numbers[1], ordinal: numbers[0])
            } else if word == "never read" {
                isRead = false
            } else if word == "no library tag" {
                tag.barcode = nil
            } else if let hex = word.after("uid ") {
                guard let known = TagUID(hex: hex) else { return nil }
                uid = known
                tag.uid = known
            } else {
                return nil
            }
        }
    }

    func hearing(_ antenna: Int?, _ policy: GatePolicy, at moment: Moment) -> GateHearing {
        let knownAt = GateScenario.start + (.zero - holdingsAge)
        var index = GateIndex(items: 1, tags: 1, holdingsAt: knownAt)
        if let item { index.add(barcode: item.barcode, status: item.status) }
        if isRead { index.add(tag, owner: policy.owner(of: tag.owner, barcode: tag.barcode ?? "")) }
        if source == .device, let item {
            index.learn(barcode: item.barcode, status: item.status, source: .device, at: knownAt)
        }
        if let returned, let item {
            let at = GateScenario.start + (.zero - returned)
            index.learn(barcode: item.barcode, status: .available, source: .device, at: at)
        }
        var facts = index.facts(of: uid, at: moment)
        facts.passUntil = passEnds.map { GateScenario.start + $0 }
        if source == .live { facts.source = .live }
        return GateHearing(uid: uid, afi: afi, eas: eas, antenna: antenna, facts: facts)
    }
}

extension GateScenario {
    /// Plays the situation and returns what differs from what was expected, in words.
    func differences() throws -> [String] {
        let base = GatePolicy(security: SecurityPolicy(mechanism: means, ownInstitutions: ["DE-12"]))
        let policy = try GatePolicyFile.apply(rules, to: base).get()
        var machine = GateMachine(gate: "gate", policy: policy)
        var names: [TagUID: String] = [:]
        for (name, book) in books { names[book.uid] = name }
        var skew: Duration = .zero
        var differences: [String] = []
        for step in steps {
            let now = GateInstant(moment: Self.start + step.at + skew, uptime: .seconds(1_000_000) + step.at)
            var actions: [GateMachine.Action] = []
            if let jump = step.event.after("clock jumps by ") {
                let isBack = jump.hasPrefix("-")
                let length = Self.duration(isBack ? String(jump.dropFirst()) : jump) ?? .zero
                skew += isBack ? .zero - length : length
            } else if step.event == "inner beam" || step.event == "outer beam" {
                actions = machine.beamBroken(inner: step.event == "inner beam", at: now)
            } else if step.event == "one out" || step.event == "one in" {
                let out = step.event == "one out"
                actions = machine.counted(incoming: out ? 0 : 1, outgoing: out ? 1 : 0, at: now)
            } else if step.event == "time" {
                actions = machine.tick(at: now)
            } else if let answer = step.event.after("library system says ") {
                let words = answer.split(separator: " ", maxSplits: 1).map(String.init)
                guard words.count == 2, var book = books[words[0]], let status = ItemStatus(rawValue: words[1]) else {
                    throw Unreadable(description: "\(file) line \(step.line): \(answer)")
                }
                book.item = Item(barcode: book.tag.barcode ?? "?", status: status)
                var facts = book.hearing(nil, policy, at: now.moment).facts
                facts.status = status
                facts.knownAt = now.moment
                facts.source = .live
                actions = machine.learn(facts, of: book.uid, at: now)
            } else {
                var hearings: [GateHearing] = []
                for part in step.event.split(separator: ",") {
                    let words = part.split(separator: " ")
                    guard let book = books[String(words[0])] else {
                        throw Unreadable(description: "\(file) line \(step.line): no book \(words[0])")
                    }
                    let antenna = words.count > 1 ? Int(words[1].dropFirst()) : nil
                    hearings.append(book.hearing(antenna, policy, at: now.moment))
                }
                actions = machine.hear(hearings, at: now)
            }
            let found = actions.flatMap { Self.words($0, names) }
            if found != step.expected {
                differences.append("line \(step.line): found \(found), wanted \(step.expected)")
            }
        }
        return differences
    }

    /// One action in the words of the files. The line that every alarm leaves in the log goes without saying.
    static func words(_ action: GateMachine.Action, _ names: [TagUID: String]) -> [String] {
        func name(_ uid: TagUID) -> String { names[uid] ?? "?" }
        func items(_ items: [GateAlarmItem]) -> String {
            items.map { "\(name($0.uid)) \($0.reason.rawValue)" }.joined(separator: ", ")
        }
        switch action {
        case .sound(let alarm):
            let kind = alarm.quiet.map { "quiet \($0.rawValue)" } ?? "alarm"
            let way = alarm.direction.map { " \($0.rawValue)" } ?? ""
            let lane = alarm.lane.map { " in \($0)" } ?? ""
            return ["\(kind): \(items(alarm.items))\(way)\(lane)"]
        case .join(let item): return ["join: \(items([item]))"]
        case .bulk: return ["bulk"]
        case .turned(let uid, let direction): return ["turned: \(name(uid)) \(direction.rawValue)"]
        case .parked(let parking): return ["\(parking.kind.rawValue): \(name(parking.uid)) \(parking.place)"]
        case .ask(let uids): return ["ask: \(uids.map(name).joined(separator: ", "))"]
        case .pass(let passage):
            guard passage.response != .alarm, passage.reason != .parked else { return [] }
            return ["\(passage.response.rawValue): \(name(passage.uid)) \(passage.reason.rawValue)"]
        }
    }
}

extension String {
    /// What follows the prefix; `nil` without it.
    fileprivate func after(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)).trimmingCharacters(in: .whitespaces) : nil
    }
}
