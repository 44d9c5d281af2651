import Testing

@testable import Library

private let start = Moment(milliseconds: 1_795_000_000_000)

private func notice(
    _ event: Notice.Event = .alarm,
    _ level: Notice.Level = .warning,
    subject: String = "gate-1",
    _ text: String = "not on loan, 1 item"
) -> Notice {
    Notice(event, level, subject: subject, text: text, at: start)
}

@Test func `a channel takes its events at its level`() {
    var governor = NoticeGovernor(NoticeRules(events: [.alarm], level: .failure))
    #expect(governor.take(notice(), at: start, hour: 12) == [])
    #expect(governor.take(notice(.trouble, .failure), at: start, hour: 12) == [])
    #expect(governor.take(notice(.alarm, .failure), at: start, hour: 12).count == 1)
}

@Test func `the same about the same is told once in a while, a recovery always`() {
    var governor = NoticeGovernor(NoticeRules(pause: .seconds(600)))
    #expect(governor.take(notice(), at: start, hour: 12).count == 1)
    #expect(governor.take(notice(), at: start + .seconds(599), hour: 12) == [])
    #expect(governor.take(notice(subject: "gate-2"), at: start + .seconds(1), hour: 12).count == 1)
    #expect(governor.take(notice(.recovery, .note), at: start + .seconds(2), hour: 12).count == 1)
    #expect(governor.take(notice(), at: start + .seconds(600), hour: 12).count == 1)
    let left = governor.tick(at: start + .seconds(601), hour: 12)
    #expect(left.map(\.text) == ["left out as repeats or too many: 1"])
    #expect(governor.tick(at: start + .seconds(602), hour: 12) == [])
}

@Test func `no more than so many in an hour, whatever happens`() {
    var governor = NoticeGovernor(NoticeRules(perHour: 3, pause: .zero))
    var sent = 0
    for second in 0..<50 {
        sent += governor.take(notice(subject: "gate-\(second)"), at: start + .seconds(Int64(second)), hour: 12).count
        sent += governor.tick(at: start + .seconds(Int64(second)), hour: 12).count
    }
    #expect(sent == 3)
    #expect(governor.tick(at: start + .seconds(3700), hour: 13).map(\.text) == ["left out as repeats or too many: 47"])
}

@Test func `a clock that is set back by a year keeps no channel quiet for a year`() {
    var governor = NoticeGovernor(NoticeRules(perHour: 2, pause: .seconds(600)))
    let ahead = start + .seconds(365 * 86_400)
    #expect(governor.take(notice(), at: ahead, hour: 12).count == 1)
    #expect(governor.take(notice(subject: "gate-2"), at: ahead, hour: 12).count == 1)
    #expect(governor.take(notice(), at: start, hour: 12).count == 1)
    #expect(governor.take(notice(subject: "gate-2"), at: start, hour: 12).count == 1)
    #expect(governor.take(notice(subject: "gate-3"), at: start, hour: 12) == [])
}

@Test func `in quiet hours only failures come through, and the rest is told in the morning at once`() {
    var governor = NoticeGovernor(NoticeRules(quietHours: .init(from: 22, to: 7)))
    #expect(governor.take(notice(.security, subject: "pad-1", "an item is not armed"), at: start, hour: 23) == [])
    #expect(governor.take(notice(.security, subject: "pad-1", "an item is not armed"), at: start, hour: 2) == [])
    #expect(governor.take(notice(.trouble, .failure, subject: "gate-1", "dead"), at: start, hour: 3).count == 1)
    #expect(governor.tick(at: start, hour: 6) == [])
    let morning = governor.tick(at: start + .seconds(3600), hour: 7)
    #expect(morning.map(\.text) == ["pad-1: an item is not armed (2 times)"])
    #expect(governor.tick(at: start + .seconds(3601), hour: 7) == [])
}

@Test(arguments: [
    (22, 7, [22, 23, 0, 6], [7, 12, 21]), (1, 5, [1, 4], [0, 5, 23]), (3, 3, [0, 3, 4, 23], []),
])
func `a span of hours may go over midnight, or round the clock`(
    _ from: Int,
    _ to: Int,
    _ inside: [Int],
    _ outside: [Int]
) {
    let span = NoticeRules.HourSpan(from: from, to: to)
    #expect(inside.allSatisfy { span.contains($0) } && !outside.contains { span.contains($0) })
}
