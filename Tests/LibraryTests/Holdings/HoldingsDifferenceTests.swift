import Library
import Testing

private func kind(_ before: Item?, _ after: Item?) -> HoldingsDifference.Kind? {
    var difference = HoldingsDifference(limit: 1)
    difference.take(before: before, after: after)
    return difference.changes.first?.kind
}

@Test func `each kind of change has its name, and of several the one that matters on the shelf comes first`() {
    let item = Item(barcode: "1", title: "A", callNumber: "QA 1", homeBranch: "MAIN")
    #expect(kind(nil, item) == .added)
    #expect(kind(item, nil) == .removed)
    #expect(kind(item, item) == nil)
    var changed = item
    changed.title = "B"
    #expect(kind(item, changed) == .other)
    changed.status = .lost
    #expect(kind(item, changed) == .status)
    changed.homeBranch = "EAST"
    #expect(kind(item, changed) == .moved)
    changed.copyNumber = "2"
    #expect(kind(item, changed) == .refiled)
}

@Test func `an item that was merely seen again has not changed`() {
    let item = Item(barcode: "1", title: "A", lastSeen: "2026-01-02")
    var seen = item
    seen.lastSeen = "2026-03-04"
    var difference = HoldingsDifference(limit: 1)
    difference.take(before: item, after: seen)
    #expect(difference.counts.isEmpty && difference.changes.isEmpty && difference.unchanged == 1)
    seen.status = .lost
    #expect(kind(item, seen) == .status)
}

@Test func `everything is counted and only the first changes are kept`() {
    var difference = HoldingsDifference(limit: 3)
    for number in 0..<10 { difference.take(before: nil, after: Item(barcode: "\(number)")) }
    difference.take(before: Item(barcode: "a"), after: Item(barcode: "a"))
    difference.take(before: nil, after: nil)
    #expect(difference.counts == [.added: 10])
    #expect(difference.changes.count == 3)
    #expect(difference.unchanged == 1)
}
