import Library
import Tags
import Testing

@testable import struct Library.TagPseudonym

struct PeopleTallyTests {
    @Test func `the first look only says where the board stands`() {
        var tally = PeopleTally()
        #expect(tally.take(incoming: 5000, outgoing: 4990, at: .zero) == .first)
        #expect(tally.take(incoming: 5003, outgoing: 4991, at: .seconds(60)) == .people(incoming: 3, outgoing: 1))
        #expect(tally.incoming == 3 && tally.outgoing == 1 && tally.inside == 2)
    }

    @Test func `a board that is set back at night loses nobody`() {
        var tally = PeopleTally()
        _ = tally.take(incoming: 700, outgoing: 690, at: .zero)
        #expect(tally.take(incoming: 2, outgoing: 1, at: .seconds(900)) == .reset(incoming: 2, outgoing: 1))
        #expect(tally.take(incoming: 12, outgoing: 3, at: .seconds(1800)) == .people(incoming: 10, outgoing: 2))
        #expect(tally.incoming == 12 && tally.outgoing == 3)
    }

    @Test func `a service that was away for an hour counts who came meanwhile`() {
        var tally = PeopleTally(incoming: 900, outgoing: 880, board: (100, 90), lastLook: .seconds(-3600))
        #expect(tally.take(incoming: 340, outgoing: 290, at: .zero) == .people(incoming: 240, outgoing: 200))
        #expect(tally.incoming == 1140 && tally.outgoing == 1080)
    }

    @Test func `a counter that runs over goes on`() {
        var tally = PeopleTally()
        _ = tally.take(incoming: .max - 1, outgoing: 5, at: .zero)
        #expect(tally.take(incoming: 3, outgoing: 6, at: .seconds(60)) == .people(incoming: 5, outgoing: 1))
    }

    @Test func `numbers that cannot be are not counted and are the new start`() {
        var tally = PeopleTally()
        _ = tally.take(incoming: 10, outgoing: 10, at: .zero)
        guard case .impossible(let incoming, _) = tally.take(incoming: 90_000, outgoing: 10, at: .seconds(60)) else {
            Issue.record("found \(tally), wanted the jump refused")
            return
        }
        #expect(incoming == 89_990 && tally.incoming == 0)
        #expect(tally.take(incoming: 90_001, outgoing: 10, at: .seconds(120)) == .people(incoming: 1, outgoing: 0))
    }

    @Test(arguments: [(120, 100, 20), (100, 120, -20), (50, 50, 0)])
    func `at closing time nobody is inside and the drift is named`(_ incoming: Int, _ outgoing: Int, _ drift: Int) {
        var tally = PeopleTally(incoming: incoming, outgoing: outgoing)
        #expect(tally.close() == drift && tally.inside == 0)
        #expect(tally.incoming >= incoming && tally.outgoing >= outgoing)
        #expect(tally.close() == 0)
    }
}

struct WalkTestTests {
    @Test func `each walk counts once, heard or missed`() {
        var test = WalkTest(gate: "main door", uid: TagUID(7), planned: 3)
        test.hear(TagUID(8))
        #expect(test.endWalk() == false)
        test.hear(TagUID(7))
        test.hear(TagUID(7))
        #expect(test.isHeardNow && test.endWalk() == true && !test.isHeardNow)
        #expect(test.endWalk() == false && test.isDone)
        #expect(test.endWalk() == false && test.walks == 3 && test.heard == 1 && test.missed == 2)
    }

    @Test func `a plan is at least one walk and never endless`() {
        #expect(WalkTest(gate: "g", uid: TagUID(1), planned: -4).planned == 1)
        #expect(WalkTest(gate: "g", uid: TagUID(1), planned: 1_000_000).planned == WalkTest.mostWalks)
    }
}

struct GateShareTests {
    @Test func `few observations prove little, many prove more`() {
        #expect(GateShare(0, of: 0).value == nil && GateShare(0, of: 0).range == 0...1)
        let few = GateShare(1, of: 10).range
        let many = GateShare(100, of: 1000).range
        // Wilson's interval for 1 of 10: 1.8 % to 40.4 %.
        #expect(abs(few.lowerBound - 0.018) < 0.001 && abs(few.upperBound - 0.404) < 0.001)
        #expect(many.upperBound - many.lowerBound < few.upperBound - few.lowerBound)
        #expect(GateShare(0, of: 20).range.upperBound > 0.1)
    }

    @Test func `no share is more than the whole`() {
        let share = GateShare(140, of: 100)
        #expect(share.value == 1 && share.range.lowerBound > 0.9 && share.range.upperBound <= 1)
        #expect(GateShare(-3, of: -1) == GateShare(0, of: 0))
    }
}

struct SentinelTrendTests {
    private static func trend(_ shares: [Int]) -> SentinelTrend {
        SentinelTrend(
            shares.enumerated().map { day, heard in
                SentinelTrend.Test(at: Moment(milliseconds: Int64(day) * 86_400_000), heard: heard, looks: 100)
            }
        )
    }

    @Test func `an antenna that grows deaf is found before it is deaf`() {
        #expect(Self.trend([98, 97, 99]).verdict == .unknown)
        #expect(Self.trend([98, 97, 99, 98, 97, 96, 99, 98]).verdict == .steady)
        guard case .fading(let share) = Self.trend([98, 97, 99, 98, 97, 80, 70, 60, 55]).verdict else {
            Issue.record("wanted a fading antenna")
            return
        }
        #expect(abs(share - 60.0 / 98) < 0.01)
        #expect(Self.trend([98, 0]).verdict == .deaf)
    }

    @Test func `one bad day is not a trend`() {
        #expect(Self.trend([98, 97, 99, 98, 97, 98, 40, 97]).verdict == .steady)
    }
}

struct TagPseudonymTests {
    @Test func `the hash is SipHash-2-4 as its authors print it`() {
        // Aumasson and Bernstein, appendix A: key 00…0F, message 00…0E, result A129CA6149BE45E5.
        let pseudonym = TagPseudonym(key: 0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
        #expect(pseudonym.hash(Array(0...14)) == 0xA129_CA61_49BE_45E5)
    }

    @Test func `a tag keeps its pseudonym under one key and loses it under another`() {
        let first = TagPseudonym(key: 1, 2)
        let uid = TagUID(0xE004_0150_3309_CE74)
        #expect(first(uid) == first(uid) && first(uid) != uid && first(uid) != TagPseudonym(key: 1, 3)(uid))
    }
}

struct GateStatisticsTests {
    private static func entry(
        _ reason: GateReason,
        _ device: String?,
        hour: Int = 10,
        on weekday: Weekday = .tuesday
    ) -> GateStatistics.Entry {
        GateStatistics.Entry(
            gate: "g",
            hour: hour,
            weekday: weekday,
            reason: reason,
            device: device,
            procedure: device.map { _ in "check-out" }
        )
    }

    @Test func `reasons, hours, kiosks and outcomes add up`() {
        var statistics = GateStatistics()
        for round in 0..<5 {
            statistics.take([Self.entry(.notCleared, "kiosk-2")], quiet: false, outcome: round < 4 ? .falseAlarm : nil)
        }
        statistics.take(
            [Self.entry(.notOnLoan, nil, hour: 15), Self.entry(.notOnLoan, "kiosk-1", hour: 15)],
            quiet: true,
            outcome: .cleared
        )
        statistics.take(visitors: 2000, hour: 9)
        statistics.take(visitors: 1000, hour: 17)
        statistics.walks = GateShare(47, of: 50)
        #expect(statistics.alarms == 6 && statistics.quietAlarms == 1 && statistics.unanswered == 1)
        #expect(statistics.reasons == [.notCleared: 5, .notOnLoan: 2])
        #expect(statistics.hours[10] == 5 && statistics.hours[15] == 1)
        #expect(statistics.devices == ["kiosk-2": 5, "kiosk-1": 1, GateStatistics.nowhere: 1])
        let (notCleared, notOnLoan) = (statistics.details[.notCleared], statistics.details[.notOnLoan])
        #expect(notCleared?.hours[10] == 5 && notCleared?.hours.reduce(0, +) == 5)
        #expect(notOnLoan?.hours[15] == 2 && notOnLoan?.procedures == ["check-out": 1])
        #expect(statistics.falseAlarms == GateShare(4, of: 5) && statistics.misses == GateShare(3, of: 50))
        #expect(statistics.alarmsPerThousandVisitors == 2)
        #expect(statistics.headline == "71 % of the items came from kiosk-2")
    }

    @Test func `a kiosk that makes one day's alarms is named with the day`() {
        var statistics = GateStatistics()
        for device in ["kiosk-2", "kiosk-2", "kiosk-2", "kiosk-1", nil] {
            statistics.take([Self.entry(.notCleared, device)], quiet: false, outcome: nil)
        }
        for number in 0..<10 {
            let entry = Self.entry(.notOnLoan, number < 5 ? nil : "kiosk-\(number)", on: .saturday)
            statistics.take([entry], quiet: false, outcome: nil)
        }
        #expect(statistics.headline == "60 % of Tuesday's items came from kiosk-2")
        let cross = GateStatistics.Cross(weekday: .tuesday, device: "kiosk-2", reason: .notCleared)
        #expect(statistics.crosses[cross] == 3)
        #expect(statistics.crosses.values.reduce(0, +) == 15)
        let nowhere = GateStatistics.Cross(weekday: .saturday, device: GateStatistics.nowhere, reason: .notOnLoan)
        #expect(statistics.crosses[nowhere] == 5)
    }

    @Test func `without visitors, outcomes and walks nothing is claimed`() {
        let statistics = GateStatistics()
        #expect(statistics.falseAlarms.value == nil && statistics.misses.value == nil)
        #expect(statistics.alarmsPerThousandVisitors == nil && statistics.headline == nil)
    }
}

struct GateReplayTests {
    private static func read(_ second: Int64, _ number: UInt64, _ reason: GateReason, _ status: ItemStatus) -> GateRead
    {
        GateRead(
            gate: "main door",
            at: GateDecisionTests.now + .seconds(second),
            tag: TagUID(number),
            afi: 0x07,
            antenna: 1,
            facts: GateFacts(tag: .item, status: status, knownAt: GateDecisionTests.now),
            response: reason == .notOnLoan ? .alarm : .log,
            reason: reason
        )
    }

    @Test func `last month's reads say what other rules would have done`() {
        let reads = [
            Self.read(0, 1, .notOnLoan, .available), Self.read(30, 2, .notCleared, .onLoan),
            Self.read(31, 2, .notCleared, .onLoan), Self.read(60, 3, .notCleared, .onLoan),
        ]
        var loud = GateDecisionTests.policy
        loud.responses[.notCleared] = .alarm
        let report = GateReplay.run(reads, then: GateDecisionTests.policy, now: loud)
        #expect(report.reads == 4 && report.alarmsThen == 1 && report.alarmsNow == 3)
        #expect(report.reasonsNow == [.notOnLoan: 1, .notCleared: 2])
        #expect(
            report.differences.map(\.soundsNow) == [true, true] && report.differences.allSatisfy { !$0.soundedThen }
        )
        #expect(report.differences.first?.at == GateDecisionTests.now + .seconds(30))
    }

    @Test func `a stack is one alarm, and what joins a quiet one has not sounded`() {
        var policy = GateDecisionTests.policy
        policy.flood = GateRate(count: 1, within: .seconds(60))
        let reads = ([0, 1, 10, 11] as [Int64]).enumerated().map { number, second in
            Self.read(second, UInt64(number + 1), .notOnLoan, .available)
        }
        let report = GateReplay.run(reads, then: policy, now: policy)
        #expect(report.alarmsThen == 1 && report.reasonsThen == [.notOnLoan: 2])
        // A theft in bulk sounds in spite of the flood.
        policy.bulk = GateRate(count: 2, within: .seconds(5))
        let bulk = GateReplay.run([reads[0], reads[2], reads[3]], then: policy, now: policy)
        #expect(bulk.alarmsThen == 2 && bulk.reasonsThen == [.notOnLoan: 2])
    }

    @Test func `the same rules make no difference`() {
        let reads = (0..<100).map { Self.read($0 * 20, UInt64($0 % 7), .notOnLoan, .available) }
        let report = GateReplay.run(reads, then: GateDecisionTests.policy, now: GateDecisionTests.policy)
        #expect(report.differences.isEmpty && report.alarmsThen == report.alarmsNow && report.alarmsNow > 0)
    }

    @Test func `an alarm that waits for the library system counts where it was heard, also the last one`() {
        var patient = GateDecisionTests.policy
        patient.liveBudget = .milliseconds(200)
        // On holdings of hours ago the gate asks; nobody answers.
        let reads = [Self.read(3600, 1, .notOnLoan, .available), Self.read(7200, 2, .notOnLoan, .available)]
        let report = GateReplay.run(reads, then: GateDecisionTests.policy, now: patient)
        #expect(report.alarmsThen == 2 && report.alarmsNow == 2 && report.differences.isEmpty)
        // Another gate hears something before the time is over.
        var other = Self.read(7200, 3, .onLoan, .onLoan)
        other.gate = "side door"
        other.afi = 0xC2
        #expect(GateReplay.run(reads + [other], then: patient, now: patient).alarmsNow == 2)
    }

    @Test func `the library system's answer, kept as a read, ends the waiting`() {
        var patient = GateDecisionTests.policy
        patient.liveBudget = .milliseconds(200)
        let asked = Self.read(3600, 1, .notOnLoan, .available)
        var answer = Self.read(3600, 1, .notCleared, .onLoan)
        answer.at = answer.at + .milliseconds(100)
        answer.facts.source = .live
        answer.facts.knownAt = answer.at
        let report = GateReplay.run([asked, answer], then: GateDecisionTests.policy, now: patient)
        #expect(report.alarmsThen == 1 && report.alarmsNow == 0)
        #expect(report.differences.map(\.soundsNow) == [false])
    }
}
