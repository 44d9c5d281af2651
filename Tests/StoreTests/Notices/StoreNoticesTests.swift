import Library
import Testing

@testable import Store

private let start = Moment(milliseconds: 1_795_000_000_000)

private func notice(_ text: String) -> Notice {
    Notice(.alarm, .warning, subject: "gate-1", text: text, remedy: "look", at: start)
}

@Test func `a notice waits until it is taken, later after each try`() throws {
    let store = try Store.inMemory()
    try store.keepNotice(notice("one"), for: "desk", at: start, limit: 10)
    try store.keepNotice(notice("two"), for: "desk", at: start, limit: 10)
    try store.keepNotice(notice("other"), for: "mail", at: start, limit: 10)
    let due = try store.dueNotices(for: "desk", at: start, limit: 10)
    try #require(due.map(\.notice.text) == ["one", "two"])
    try store.postponeNotice(due[0].id, until: start + .seconds(60))
    #expect(try store.dueNotices(for: "desk", at: start, limit: 10).map(\.notice.text) == ["two"])
    #expect(try store.dueNotices(for: "desk", at: start + .seconds(60), limit: 10).map(\.attempts) == [1, 0])
    #expect(try store.waitingNotices() == ["desk": 1])
    try store.endNotice(due[0].id)
    #expect(try store.dueNotices(for: "desk", at: start + .seconds(60), limit: 10).map(\.notice.text) == ["two"])
}

@Test func `of too many notices the oldest of that channel go`() throws {
    let store = try Store.inMemory()
    try store.keepNotice(notice("other"), for: "mail", at: start, limit: 3)
    for number in 1...5 { try store.keepNotice(notice("\(number)"), for: "desk", at: start, limit: 3) }
    #expect(try store.dueNotices(for: "desk", at: start, limit: 10).map(\.notice.text) == ["3", "4", "5"])
    #expect(try store.dueNotices(for: "mail", at: start, limit: 10).count == 1)
}

@Test func `the last summary of each kind is remembered`() throws {
    let store = try Store.inMemory()
    #expect(try store.lastSummary(for: "desk", weekly: false) == nil)
    try store.noteSummary(for: "desk", weekly: false, at: start)
    try store.noteSummary(for: "desk", weekly: false, at: start + .seconds(5))
    #expect(try store.lastSummary(for: "desk", weekly: false) == start + .seconds(5))
    #expect(try store.lastSummary(for: "desk", weekly: true) == nil)
}
