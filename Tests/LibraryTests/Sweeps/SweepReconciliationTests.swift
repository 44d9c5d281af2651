import Library
import Tags
import Testing

/// A shelf of forty books, QA 76.001 to QA 76.040, in the reference room of the main branch.
struct SweepReconciliationTests {
    static let scope = SweepScope(
        branch: "MAIN",
        location: "REF",
        callNumbers: try? CallNumberSpan(from: "QA 76", to: "QA 76", scheme: .lcc)
    )

    static func book(_ number: Int, _ change: (inout Item) -> Void = { _ in }) -> ShelvedItem {
        var item = Item(
            barcode: "\(1000 + number)",
            callNumber: "QA 76.\(String(number + 1000).dropFirst())",
            scheme: .lcc,
            homeBranch: "MAIN",
            permanentLocation: "REF"
        )
        change(&item)
        return ShelvedItem(filing: item)
    }

    static let shelf = (1...40).map { book($0) }

    static func uid(_ number: Int) -> TagUID { TagUID(0xE004_0100_0000_0000 + UInt64(number)) }

    static func moment(_ second: Int) -> Moment { Moment(milliseconds: 1_772_438_400_000 + Int64(second) * 1000) }

    /// A sighting and what the daemon knows beside it.
    struct Heard: Hashable {
        var sighting: Sighting
        var tag: TagRecord?
        var item: ShelvedItem?
    }

    /// A book heard by its own tag, of which the memory was read at its first sighting.
    static func heard(
        _ shelved: ShelvedItem,
        uid number: Int? = nil,
        second: Int = 10,
        afi: UInt8? = nil,
        set: SetInformation? = nil,
        owner: String? = nil,
        known: Bool = true
    ) -> Heard {
        let barcode = shelved.item.barcode
        let uid = uid(number ?? Int(barcode) ?? 0)
        return Heard(
            sighting: Sighting(uid: uid, barcode: barcode, reader: "wand-1", at: moment(second), afi: afi),
            tag: TagRecord(
                uid: uid,
                barcode: barcode,
                model: "iso28560-3",
                setInformation: set,
                owner: owner,
                readAt: moment(0)
            ),
            item: known ? shelved : nil
        )
    }

    static func sweep(
        _ log: [Heard],
        rules: SweepRules = SweepRules(security: SecurityPolicy(ownInstitutions: ["DE-12"]))
    ) -> SweepReconciliation {
        var sweep = SweepReconciliation(scope: scope, expected: shelf, rules: rules)
        for heard in log { _ = sweep.take(heard.sighting, tag: heard.tag, item: heard.item) }
        return sweep
    }

    static func whole(except lacking: Set<Int> = []) -> [Heard] {
        (1...40).filter { !lacking.contains($0) }.map { heard(shelf[$0 - 1], second: $0) }
    }

    @Test func `a perfect shelf gives no finding at all`() {
        let sweep = Self.sweep(Self.whole())
        #expect(sweep.findings == [])
        let report = sweep.finished()
        #expect(report.findings == [])
        #expect(report.summary.expected == 40 && report.summary.seen == 40 && report.summary.missing == 0)
    }

    @Test func `a tag with a former barcode of an item is that item's tag`() {
        var shelf = Self.shelf
        shelf[19] = Self.book(20) { $0.otherBarcodes = ["old 20", "old", "1000"] }
        shelf[20] = Self.book(21) { $0.otherBarcodes = ["old"] }
        func sweep(_ barcode: String, _ item: ShelvedItem? = nil) -> SweepReport {
            var sweep = SweepReconciliation(scope: Self.scope, expected: shelf)
            for heard in Self.whole(except: [20]) { _ = sweep.take(heard.sighting, tag: heard.tag, item: heard.item) }
            let sighting = Sighting(uid: Self.uid(77), barcode: barcode, reader: "wand-1", at: Self.moment(20))
            _ = sweep.take(sighting, tag: nil, item: item)
            return sweep.finished()
        }
        for given in [nil, shelf[19]] {
            let report = sweep("old 20", given)
            #expect(report.findings == [] && report.summary.seen == 40 && report.summary.others == 0)
        }
        // A barcode that two items claim names neither, and an item's own barcode goes before another's further one.
        #expect(sweep("old").summary.missing == 1)
        #expect(sweep("1000", Self.book(0)).summary.missing == 1)
    }

    @Test func `a book that was not heard between others is missing, but only when the sweep is over`() {
        let sweep = Self.sweep(Self.whole(except: [20]))
        #expect(sweep.findings == [])
        #expect(sweep.summary.awaited == 1 && sweep.summary.missing == 0)
        let report = sweep.finished()
        #expect(report.findings.map(\.id) == [Finding.ID(kind: .missing, subject: .item("1020"))])
        #expect(report.findings.first?.item?.callNumber == "QA 76.020")
        #expect(report.findings.first?.severity == .act)
        #expect(report.summary.missing == 1 && report.summary.awaited == 0)
    }

    @Test func `where nobody walked nothing is missing`() {
        // Only the first fifteen books were swept.
        let report = Self.sweep(Self.whole(except: Set(16...40))).finished()
        #expect(report.summary.missing == 0 && report.summary.notSwept == 25)
        #expect(Set(report.findings.map(\.kind)) == [.notSwept])
        #expect(Self.sweep([]).finished().summary.notSwept == 40)
    }

    @Test func `a book that cannot be filed is never called missing`() {
        var expected = Self.shelf
        expected.append(Self.book(50) { $0.callNumber = "oversize" })
        var sweep = SweepReconciliation(scope: SweepScope(), expected: expected)
        for heard in Self.whole() { _ = sweep.take(heard.sighting, tag: heard.tag, item: heard.item) }
        let report = sweep.finished()
        #expect(report.summary.missing == 0 && report.summary.notSwept == 1)
        #expect(report.findings.map(\.reason) == ["not heard, and its place on the shelf is not known"])
    }

    @Test(arguments: [("JUV", "belongs to collection JUV"), (nil, "has no collection")] as [(String?, String)])
    func `a book of another collection stands in the wrong place`(_ collection: String?, _ reason: String) {
        let stranger = Self.heard(Self.book(90) { $0.collection = collection })
        var sweep = SweepReconciliation(
            scope: SweepScope(location: "REF", collection: "FIC"),
            expected: Self.shelf
        )
        _ = sweep.take(stranger.sighting, tag: stranger.tag, item: stranger.item)
        let findings = sweep.finished().findings.filter { $0.kind == .wrongLocation }
        #expect(findings.map(\.reason) == [reason])
    }

    /// One oddity each on an otherwise perfect shelf: what is heard beside it, and the one finding wanted.
    static let situations: [(heard: [Heard], kind: FindingKind, reason: String)] = [
        ([heard(book(90) { $0.homeBranch = "EAST" })], .wrongBranch, "belongs to branch EAST"),
        ([heard(book(90) { $0.permanentLocation = "STACKS" })], .wrongLocation, "belongs to STACKS"),
        (
            [heard(book(90) { $0.callNumber = "QA 90" })], .outOfScope, "QA 90 is outside the stretch being swept"
        ),
        ([heard(book(90), known: false)], .unknownItem, "barcode 1090 is not in the holdings"),
        (
            [heard(book(90), owner: "DE-7", known: false)], .otherLibrary, "its tag names DE-7 as owner"
        ),
        ([heard(book(90) { $0.status = .onLoan })], .onLoan, "status in the holdings: on loan"),
        (
            [
                heard(
                    book(90) {
                        $0.status = .lost; $0.statusText = "Lost and paid"
                    }
                )
            ], .soughtAndFound,
            "status in the holdings: lost (Lost and paid)"
        ),
        ([heard(book(90) { $0.status = .missing })], .soughtAndFound, "status in the holdings: missing"),
        (
            [heard(book(90) { $0.status = .claimedReturned })], .soughtAndFound,
            "status in the holdings: claimed returned"
        ),
        ([heard(book(90) { $0.status = .inTransit })], .inTransit, "status in the holdings: in transit"),
        ([heard(book(90) { $0.status = .onHoldShelf })], .onHoldShelf, "status in the holdings: on hold shelf"),
        ([heard(book(90) { $0.status = .withdrawn })], .withdrawn, "status in the holdings: withdrawn"),
        ([heard(book(90) { $0.status = .inProcess })], .notReady, "status in the holdings: in process"),
        ([heard(book(90) { $0.status = .unknown })], .notReady, "status in the holdings: unknown"),
        ([heard(book(90) { $0.status = .damaged })], .damaged, "status in the holdings: damaged"),
        (
            [
                heard(shelf[4], second: 5, set: SetInformation(total: 3, ordinal: 1)),
                heard(shelf[4], uid: 3, second: 5, set: SetInformation(total: 3, ordinal: 3)),
            ],
            .incompleteSet, "part 2 of 3 not heard"
        ),
        (
            [heard(shelf[4], uid: 5000, second: 5)], .twoTags,
            "the item was heard from tags E0040100000003ED and E004010000001388"
        ),
        ([heard(shelf[4], afi: 0xC2)], .disarmedOnShelf, "AFI C2, status available"),
        (
            [
                heard(
                    book(90) {
                        $0.location = "REF"; $0.permanentLocation = "STACKS"
                    }
                )
            ], .temporaryPlace,
            "is here for the time being, belongs to STACKS"
        ),
        (
            [heard(book(90) { $0.location = "DISPLAY" })], .temporaryPlace,
            "the holdings have it at DISPLAY for the time being"
        ),
        ([heard(book(90) { $0.callNumber = "???" })], .unsortable, "call number ??? cannot be filed"),
        ([heard(book(90) { $0.callNumber = nil })], .unsortable, "it has no call number"),
        (
            [
                Heard(
                    sighting: Sighting(uid: uid(7), reader: "wand-1", at: moment(1)),
                    tag: TagRecord(uid: uid(7), barcode: nil, model: "blank", readAt: moment(1)),
                    item: nil
                )
            ], .unreadableTag, "its memory holds no item number, model blank"
        ),
        (
            [Heard(sighting: Sighting(uid: uid(7), reader: "wand-1", at: moment(1)), tag: nil, item: nil)],
            .unreadableTag, "heard, but its memory was never read"
        ),
    ]

    @Test(arguments: situations.indices)
    func `each oddity on a shelf gives its one finding`(_ index: Int) {
        let situation = Self.situations[index]
        // A tag that is heard again with other content replaces the plain hearing of that book.
        let barcodes = Set(situation.heard.filter { $0.tag?.setInformation != nil }.compactMap(\.sighting.barcode))
        let rest = Self.whole().filter { !barcodes.contains($0.sighting.barcode ?? "") }
        let report = Self.sweep(rest + situation.heard).finished()
        #expect(report.findings.map(\.kind) == [situation.kind])
        #expect(report.findings.first?.reason == situation.reason)
        #expect(report.findings.first?.evidence.readers == ["wand-1"])
        #expect(report.summary.findings == [situation.kind: 1])
    }

    @Test func `what a tag said elsewhere after it was heard does not disarm it on the shelf`() {
        let cases: [(second: Int, kinds: [FindingKind])] = [(4, [.disarmedOnShelf]), (5, [.disarmedOnShelf]), (6, [])]
        for (second, kinds) in cases {
            var heard = Self.heard(Self.shelf[4], second: 5)
            heard.tag?.afi = 0xC2
            heard.tag?.readAt = Self.moment(second)
            let sweep = Self.sweep(Self.whole(except: [5]) + [heard])
            #expect(sweep.findings.map(\.kind) == kinds)
        }
    }

    @Test func `a book on loan that stands armed on the shelf is two findings`() {
        let lent = Self.book(90) { $0.status = .onLoan }
        let report = Self.sweep(Self.whole() + [Self.heard(lent, afi: 0x07)]).finished()
        #expect(report.findings.map(\.kind) == [.onLoan, .armedOnLoan])
        #expect(report.findings.last?.evidence.afis == [0x07])
    }

    @Test func `of a book that was seen by its barcode alone no tag's number is told`() throws {
        let lent = Self.book(90) { $0.status = .onLoan }
        let sighting = Sighting(
            uid: TagUID(barcodeAlone: lent.item.barcode),
            barcode: lent.item.barcode,
            reader: "list",
            at: Self.moment(99)
        )
        var sweep = Self.sweep(Self.whole())
        _ = sweep.take(sighting, tag: nil, item: lent)
        let found = try #require(sweep.findings.first { $0.kind == .onLoan })
        #expect(found.evidence.tags.isEmpty)
        #expect(found.evidence.readers == ["list"] && found.evidence.last == Self.moment(99))
    }

    @Test func `a tag that was read as two items is told once, by its UID`() {
        let log = Self.whole() + [Self.heard(Self.shelf[5], uid: 1005, second: 99)]
        let report = Self.sweep(log).finished()
        let found = report.findings.first { $0.kind == .oneTagTwoItems }
        #expect(found?.id.subject == .tag(Self.uid(1005)))
        #expect(found?.reason == "was read as items 1005, 1006")
    }

    @Test func `findings appear as they are heard and go when explained`() {
        var sweep = Self.sweep([])
        let blank = Sighting(uid: Self.uid(7), reader: "wand-1", at: Self.moment(1))
        let unread = TagRecord(uid: Self.uid(7), barcode: nil, model: "raw", readAt: Self.moment(1))
        let appeared = sweep.take(blank, tag: unread, item: nil)
        let id = Finding.ID(kind: .unreadableTag, subject: .tag(Self.uid(7)))
        guard case .appeared(let finding) = appeared.first, appeared.count == 1 else {
            Issue.record("found \(appeared), wanted one that appeared")
            return
        }
        #expect(finding.id == id)
        #expect(sweep.take(blank, tag: unread, item: nil) == [])
        var read = unread
        read.barcode = "1001"
        read.readAt = Self.moment(2)
        #expect(sweep.take(blank, tag: read, item: Self.shelf[0]) == [.gone(id)])
        #expect(sweep.findings == [] && sweep.summary.findings == [:])
        #expect(sweep.summary.seen == 1 && sweep.summary.unreadTags == 0)
    }

    @Test func `tags that were heard and never read are counted, each once, until some wand reads them`() {
        var sweep = Self.sweep([])
        func hear(_ number: Int, by reader: String, second: Int, model: String? = nil, barcode: String? = nil) {
            let sighting = Sighting(uid: Self.uid(number), reader: reader, at: Self.moment(second))
            let tag = model.map { model in
                TagRecord(uid: Self.uid(number), barcode: barcode, model: model, readAt: Self.moment(0))
            }
            _ = sweep.take(sighting, tag: tag, item: nil)
        }
        for second in 1...3 { for number in 1...4 { hear(number, by: "wand-1", second: second) } }
        #expect(sweep.summary.tags == 4 && sweep.summary.unreadTags == 4)
        // The other wand has the time for a book and for a tag without one, and hears a third that is known.
        hear(1, by: "wand-2", second: 4, model: "iso28560-3", barcode: "1001")
        hear(2, by: "wand-2", second: 4, model: "blank")
        hear(5, by: "wand-2", second: 4, model: "iso28560-3", barcode: "1005")
        #expect(sweep.summary.tags == 5 && sweep.summary.unreadTags == 2)
        // What was read once stays read, and what was seen by its barcode alone has no tag to be read.
        hear(1, by: "wand-1", second: 5)
        let listed = Sighting(
            uid: TagUID(barcodeAlone: "1002"),
            barcode: "1002",
            reader: "list",
            at: Self.moment(6)
        )
        _ = sweep.take(listed, tag: nil, item: nil)
        #expect(sweep.summary.unreadTags == 2 && sweep.summary.seen == 3)
        let report = sweep.finished()
        #expect(report.summary.unreadTags == 2)
        #expect(report.findings.count { $0.reason == "heard, but its memory was never read" } == 2)
    }

    @Test func `a tag that is forgotten goes with its finding, and the others stay whose they are`() {
        var sweep = Self.sweep([])
        let unread = Sighting(uid: Self.uid(1), reader: "wand-1", at: Self.moment(1))
        let blank = Sighting(uid: Self.uid(2), reader: "wand-1", at: Self.moment(1))
        _ = sweep.take(unread, tag: nil, item: nil)
        let empty = TagRecord(uid: Self.uid(2), barcode: nil, model: "blank", readAt: Self.moment(0))
        _ = sweep.take(blank, tag: empty, item: nil)
        for book in Self.whole() { _ = sweep.take(book.sighting, tag: book.tag, item: book.item) }
        #expect(sweep.summary.tags == 42 && sweep.summary.unreadTags == 1)
        #expect(sweep.forget(Self.uid(1)) == [])
        let id = Finding.ID(kind: .unreadableTag, subject: .tag(Self.uid(2)))
        #expect(sweep.forget(Self.uid(2)) == [.gone(id)])
        #expect(sweep.forget(Self.uid(2)) == [])
        let report = sweep.finished()
        #expect(report.findings == [] && report.summary == Self.sweep(Self.whole()).finished().summary)
    }

    @Test func `the site decides what shows and how much it presses`() {
        let damaged = Self.book(90) { $0.status = .damaged }
        let reference = Self.book(91) { $0.status = .notForLoan }
        let log = Self.whole(except: [20]) + [Self.heard(damaged), Self.heard(reference)]
        var rules = SweepRules()
        #expect(Self.sweep(log, rules: rules).finished().findings.map(\.kind) == [.missing, .damaged])
        rules.severities = [.missing: .hidden, .damaged: .note, .notForLoan: .act]
        let report = Self.sweep(log, rules: rules).finished()
        #expect(report.findings.map(\.kind) == [.notForLoan, .damaged])
        #expect(report.summary.missing == 1)
    }

    @Test func `every class has a remedy in one line without a full stop`() {
        for kind in FindingKind.allCases {
            #expect(!kind.remedy.isEmpty && !kind.remedy.hasSuffix(".") && !kind.remedy.contains("\n"))
        }
    }
}
