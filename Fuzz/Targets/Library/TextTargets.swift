import Library
import Tags

/// What people and wands write: logs of sightings, lists, a gate's rules, barcodes.
enum TextTargets {
    static let list = [
        FuzzTarget("sighting-log", .texts, run: log),
        FuzzTarget("gate-policy", .texts, run: policy),
        FuzzTarget("barcode", .texts, longest: 64, run: barcode),
        FuzzTarget("seen-time", .texts, longest: 64, run: time),
    ]

    /// Each line comes to one thing, and a sighting that is written down again is read the same.
    private static func log(_ input: [UInt8]) {
        var log = SightingLog(reader: "wand,1\n", moment: Moment(milliseconds: 7))
        let text = String(decoding: input, as: UTF8.self)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            switch log.take(line) {
            case .rejected(let rejection):
                promise(rejection.line == index + 1, "line \(index + 1) as \(rejection.line)")
                promise(!rejection.cause.isEmpty, "no cause on line \(index + 1)")
            case .barcode(let barcode):
                promise((1...64).contains(barcode.utf8.count), "a barcode of \(barcode.utf8.count) bytes")
                let uid = TagUID(barcodeAlone: barcode)
                promise(uid.isBarcodeAlone, "\(barcode) as a tag")
                keep(Sighting(uid: uid, barcode: barcode, reader: "w", at: Moment(milliseconds: 7)))
            case .sighting(let sighting): keep(sighting)
            case .nothing: break
            }
        }
    }

    private static func keep(_ sighting: Sighting) {
        guard let written = SightingLog.line(sighting) else { return }
        var again = SightingLog(reader: "another", moment: Moment(milliseconds: 8))
        promise(again.take(SightingLog.header) == .nothing, "the line of names")
        promise(again.take(written) == .sighting(sighting), "\(sighting) as \(written)")
    }

    /// Refused with lines that exist, or read; in both ways of ending lines the same.
    private static func policy(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        let result = GatePolicyFile.apply(text, to: GatePolicy())
        if case .failure(let mistakes) = result {
            let last = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
            promise(!mistakes.list.isEmpty, "refused without a mistake")
            promise(mistakes.list.allSatisfy { 1...last ~= $0.line }, "\(mistakes) in \(last) lines")
        }
        guard !text.utf8.contains(0x0D) else { return }
        let windows = String(decoding: input.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, as: UTF8.self)
        promise(GatePolicyFile.apply(windows, to: GatePolicy()) == result, "read otherwise with other line ends")
    }

    private static let ends = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"

    /// Of all last characters one at most is the right one.
    private static func barcode(_ input: [UInt8]) {
        let body = String(decoding: input, as: UTF8.self)
        for check in CheckDigit.allCases {
            let rules = BarcodeRules(checkDigit: check)
            let right = ends.filter { rules.flaw(of: body + String($0)) == nil }
            promise(right.count <= 1, "\(body) may end in each of \(right) by \(check)")
        }
        promise(BarcodeRules.none.flaw(of: body) == nil, "\(body) breaks no rules")
    }

    /// A moment is before the next second and not before itself, however it is written; its day is a day.
    private static func time(_ input: [UInt8]) {
        let number = input.prefix(6).reduce(0 as Int64) { $0 << 8 | Int64($1) }
        let rest = input.dropFirst(6)
        let hour = Int(rest.first ?? 0) % 27 - 12
        // From 1970 to a day before the end of the year 9999.
        let moment = Moment(milliseconds: number % 253_402_200_000_000)
        let seen = SeenTime(moment, secondsAhead: hour * 3600)
        promise(!seen.isBefore(seen.universal) && !seen.isBefore(seen.onTheWall), "\(seen) is before itself")
        let next = SeenTime(moment + .seconds(1), secondsAhead: hour * 3600)
        promise(seen.isBefore(next.universal) && seen.isBefore(next.onTheWall), "\(seen) is not before \(next)")
        let text = String(decoding: rest.dropFirst(), as: UTF8.self)
        promise(!seen.isBefore(text) || text.utf8.count >= 10, "\(seen) is before \(text)")
        let rule = GatePolicyFile.apply("learning until = \(moment.day)", to: GatePolicy())
        guard case .success(let policy) = rule else { return promise(false, "\(moment.day) is no day") }
        let midnight = moment.milliseconds - moment.milliseconds % 86_400_000
        promise(policy.learningUntil?.milliseconds == midnight, "\(moment.day) begins at another time")
    }
}
