import Library
import Tags
import Testing

/// Logs may come in any order, twice, and cut anywhere: the report must not notice.
struct SweepMergingTests {
    typealias Heard = SweepReconciliationTests.Heard

    /// A messy log: several tags for a book, several books for a tag, sets, statuses, unread tags, AFIs that change.
    private static func log(_ random: inout SeededGenerator) -> [Heard] {
        (0..<Int.random(in: 0...120, using: &random)).map { _ in
            let number = Int.random(in: 1...60, using: &random)
            var item: ShelvedItem? = SweepReconciliationTests.book(number) { item in
                // What the holdings say of a book depends on the book alone.
                item.status = ItemStatus.allCases[number % ItemStatus.allCases.count]
                if number % 7 == 0 { item.homeBranch = "EAST" }
            }
            if number <= 40 { item = SweepReconciliationTests.shelf[number - 1] }
            if number > 55 { item = nil }
            let uid = SweepReconciliationTests.uid(number * 10 + Int.random(in: 0...1, using: &random))
            let at = SweepReconciliationTests.moment(Int.random(in: 0...50, using: &random))
            let read = Int.random(in: 0...3, using: &random)
            return Heard(
                sighting: Sighting(
                    uid: uid,
                    barcode: read == 0 ? nil : "\(1000 + number)",
                    reader: ["wand-1", "wand-2"][Int.random(in: 0...1, using: &random)],
                    at: at,
                    pass: Int.random(in: 1...3, using: &random),
                    afi: [nil, 0x07, 0xC2, 0x00][Int.random(in: 0...3, using: &random)]
                ),
                tag: read < 2
                    ? nil
                    : TagRecord(
                        uid: uid,
                        barcode: "\(1000 + number)",
                        model: "iso28560-3",
                        setInformation: read == 2
                            ? nil : SetInformation(total: 2, ordinal: Int.random(in: 0...2, using: &random)),
                        readAt: at
                    ),
                item: read == 0 ? nil : item
            )
        }
    }

    @Test(arguments: 1...60)
    func `any order and any repetition give the same report`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let log = Self.log(&random)
        let sweep = SweepReconciliationTests.sweep(log)
        for _ in 0..<4 {
            let repeated = log + log.filter { _ in Bool.random(using: &random) }
            let other = SweepReconciliationTests.sweep(repeated.shuffled(using: &random))
            #expect(other.summary == sweep.summary)
            #expect(other.findings == sweep.findings)
            #expect(other.finished() == sweep.finished())
        }
    }

    @Test(arguments: 1...60)
    func `totals add up and every expected item ends in one fate`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let log = Self.log(&random)
        let sweep = SweepReconciliationTests.sweep(log)
        let live = sweep.summary
        #expect(live.expected == live.seen + live.awaited && live.missing == 0 && live.notSwept == 0)
        let report = sweep.finished()
        let end = report.summary
        #expect(end.expected == end.seen + end.missing + end.notSwept && end.awaited == 0)
        #expect(report.findings.count { $0.kind == .missing } == end.missing)
        #expect(report.findings.count { $0.kind == .notSwept } == end.notSwept)
        #expect(end.findings.values.reduce(0, +) == report.findings.count)
        #expect(Set(report.findings.map(\.id)).count == report.findings.count)
        #expect(end.tags == Set(log.map(\.sighting.uid)).count)
        let unread = report.findings.count { $0.reason == "heard, but its memory was never read" }
        #expect(end.unreadTags == unread && live.unreadTags == unread)
    }

    @Test(arguments: 1...60)
    func `what is forgotten leaves the report as it would be had it never been heard`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let log = Self.log(&random)
        let forgotten = Set(log.map(\.sighting.uid).filter { _ in Bool.random(using: &random) })
        var sweep = SweepReconciliationTests.sweep(log)
        var standing = Set(sweep.findings.map(\.id))
        for uid in forgotten.sorted() {
            for change in sweep.forget(uid) {
                switch change {
                case .appeared(let finding): #expect(standing.insert(finding.id).inserted)
                case .gone(let id): #expect(standing.remove(id) != nil)
                }
            }
            #expect(!sweep.hasHeard(uid))
        }
        let other = SweepReconciliationTests.sweep(log.filter { !forgotten.contains($0.sighting.uid) })
        #expect(sweep.summary == other.summary)
        #expect(sweep.stretches == other.stretches)
        #expect(standing == Set(other.findings.map(\.id)))
        #expect(sweep.findings == other.findings)
        #expect(sweep.finished() == other.finished())
        // What comes again counts again.
        for heard in log { _ = sweep.take(heard.sighting, tag: heard.tag, item: heard.item) }
        #expect(sweep.finished() == SweepReconciliationTests.sweep(log).finished())
    }

    @Test(arguments: 1...60)
    func `what was heard is never missing and live findings agree with what stands`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let log = Self.log(&random)
        var sweep = SweepReconciliationTests.sweep([])
        var standing: Set<Finding.ID> = []
        for heard in log {
            for change in sweep.take(heard.sighting, tag: heard.tag, item: heard.item) {
                switch change {
                case .appeared(let finding): #expect(standing.insert(finding.id).inserted)
                case .gone(let id): #expect(standing.remove(id) != nil)
                }
            }
        }
        #expect(standing == Set(sweep.findings.map(\.id)))
        let heard = Set(log.compactMap { $0.sighting.barcode ?? $0.tag?.barcode })
        for finding in sweep.finished().findings where finding.kind == .missing {
            guard case .item(let barcode) = finding.id.subject else {
                Issue.record("a missing finding that is about no item: \(finding.id)")
                continue
            }
            #expect(!heard.contains(barcode))
        }
    }
}
