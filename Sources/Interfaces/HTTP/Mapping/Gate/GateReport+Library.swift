import API
import Foundation
import Library
import Operations
import Tags

extension GateTroubleNote {
    init(_ trouble: GateTrouble) {
        self.init(
            gate: trouble.gate,
            kind: trouble.kind.rawValue,
            at: Date(trouble.at),
            cause: trouble.cause,
            advice: trouble.remedy
        )
    }
}

extension ParkedItem {
    init(_ parking: GateParking, barcode: String?, item: Item?) {
        self.init(
            gate: parking.gate,
            kind: parking.kind.rawValue,
            uid: parking.uid.description,
            barcode: barcode,
            title: item?.title,
            callNumber: item?.callNumber,
            place: parking.place,
            since: Date(parking.since),
            reason: parking.reason.rawValue,
            advice: GateReason.parked.remedy
        )
    }
}

extension Share {
    init(_ share: GateShare) {
        self.init(count: share.count, of: share.of, low: share.range.lowerBound, high: share.range.upperBound)
    }
}

extension WalkTestState {
    init(_ walk: WalkTest) {
        self.init(
            gate: walk.gate,
            uid: walk.uid.description,
            planned: walk.planned,
            walks: walk.walks,
            heard: walk.heard,
            heardNow: walk.isHeardNow,
            missRate: Share(GateShare(walk.missed, of: walk.walks))
        )
    }
}

extension ReplayReport {
    init(_ report: GateReplay.Report) {
        self.init(
            reads: report.reads,
            alarmsThen: report.alarmsThen,
            alarmsNow: report.alarmsNow,
            reasonsThen: Dictionary(report.reasonsThen),
            reasonsNow: Dictionary(report.reasonsNow),
            differences: report.differences.map {
                ReplayDifference(
                    gate: $0.gate,
                    at: Date($0.at),
                    reason: $0.reason.rawValue,
                    soundedThen: $0.soundedThen,
                    soundsNow: $0.soundsNow
                )
            }
        )
    }
}

extension GateStatisticsReport {
    init(_ statistics: GateStatistics, days: Int, sentinels: [SentinelReport]) {
        self.init(
            days: days,
            alarms: statistics.alarms,
            quietAlarms: statistics.quietAlarms,
            unanswered: statistics.unanswered,
            reasons: Dictionary(statistics.reasons),
            hours: statistics.hours,
            devices: statistics.devices,
            procedures: statistics.procedures,
            crosses: statistics.crosses.map { cross, count in
                GateCross(
                    weekday: cross.weekday.name,
                    device: cross.device,
                    reason: cross.reason.rawValue,
                    count: count
                )
            }.sorted(),
            details: Self.details(statistics),
            outcomes: Dictionary(statistics.outcomes),
            passages: Dictionary(statistics.passages),
            visitors: statistics.visitors,
            visitorHours: statistics.visitorHours,
            alarmsPerThousandVisitors: statistics.alarmsPerThousandVisitors,
            falseAlarms: Share(statistics.falseAlarms),
            misses: Share(statistics.misses),
            headline: statistics.headline,
            sentinels: sentinels
        )
    }

    /// The most frequent reason first.
    private static func details(_ statistics: GateStatistics) -> [GateReasonDetail] {
        let reasons = statistics.details.keys.sorted { left, right in
            let (less, more) = (statistics.reasons[left] ?? 0, statistics.reasons[right] ?? 0)
            return (more, left.rawValue) < (less, right.rawValue)
        }
        return reasons.map { reason in
            GateReasonDetail(
                reason: reason.rawValue,
                hours: statistics.details[reason]?.hours ?? [],
                procedures: statistics.details[reason]?.procedures ?? [:]
            )
        }
    }
}

extension SentinelReport {
    init(gate: String, antenna: Int, _ trend: SentinelTrend) {
        self.init(
            gate: gate,
            antenna: antenna,
            tests: trend.tests.count,
            last: trend.tests.last.map { Share($0.share) },
            verdict: trend.verdict.words
        )
    }
}

extension SentinelTrend.Verdict {
    fileprivate var words: String {
        switch self {
        case .unknown: "not tested often enough"
        case .steady: "steady"
        case .fading(let share): "fading to \(Int(share * 100)) % of what it heard at first"
        case .deaf: "deaf"
        }
    }
}

extension Dictionary where Key == String, Value == Int {
    /// Counts by the words that people read.
    fileprivate init<Word: RawRepresentable<String> & Hashable>(_ counts: [Word: Int]) {
        self.init(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }
}
