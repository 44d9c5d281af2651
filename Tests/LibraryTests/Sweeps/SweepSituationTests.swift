import Library
import Tags
import Testing

/// Situations made by hand that take more than one oddity: what was heard on a shelf of forty, and every finding
/// wanted.
struct SweepSituationTests {
    typealias Shelf = SweepReconciliationTests
    typealias Heard = SweepReconciliationTests.Heard

    struct Situation: Sendable, CustomTestStringConvertible {
        var name: String
        var log: [Heard]
        var findings: [String]
        var changes: [StatusChange] = []

        var testDescription: String { name }
    }

    private static func set(_ number: Int, parts: [Int], of total: Int) -> [Heard] {
        parts.map {
            Shelf.heard(
                Shelf.shelf[number - 1],
                uid: 7000 + $0,
                second: number,
                set: SetInformation(total: total, ordinal: $0)
            )
        }
    }

    static let situations: [Situation] = [
        Situation(name: "a shelf that is as it should be", log: Shelf.whole(), findings: []),
        Situation(name: "one book gone", log: Shelf.whole(except: [20]), findings: ["missing: item 1020"]),
        Situation(
            name: "three neighbours gone, as behind one gap",
            log: Shelf.whole(except: [20, 21, 22]),
            findings: ["missing: item 1020", "missing: item 1021", "missing: item 1022"]
        ),
        Situation(
            name: "the first and the last book not heard: the walk began behind one and ended before the other",
            log: Shelf.whole(except: [1, 40]),
            findings: ["not swept: item 1001", "not swept: item 1040"]
        ),
        Situation(
            name: "a set that is whole",
            log: Shelf.whole(except: [5]) + set(5, parts: [1, 2], of: 2),
            findings: []
        ),
        Situation(
            name: "a set of three of which one part was heard",
            log: Shelf.whole(except: [5]) + set(5, parts: [2], of: 3),
            findings: ["incomplete set: item 1005"]
        ),
        Situation(
            name: "a set with the tag for all of it instead of its parts",
            log: Shelf.whole(except: [5]) + set(5, parts: [0], of: 3),
            findings: []
        ),
        Situation(
            name: "two tags that both say part one",
            log: Shelf.whole(except: [5]) + set(5, parts: [1, 2], of: 2)
                + [Shelf.heard(Shelf.shelf[4], uid: 9000, second: 5, set: SetInformation(total: 2, ordinal: 1))],
            findings: ["two tags for one item: item 1005"]
        ),
        Situation(
            name: "a book of another branch that is on loan there and armed",
            log: Shelf.whole()
                + [
                    Shelf.heard(
                        Shelf.book(90) {
                            $0.homeBranch = "EAST"
                            $0.status = .onLoan
                        },
                        afi: 0x07
                    )
                ],
            findings: ["wrong branch: item 1090", "on shelf but on loan: item 1090", "armed while on loan: item 1090"]
        ),
        Situation(
            name: "a lost book that was found disarmed",
            log: Shelf.whole() + [Shelf.heard(Shelf.book(90) { $0.status = .lost }, afi: 0xC2)],
            findings: ["sought and found: item 1090"]
        ),
        Situation(
            name: "lent in the middle of the sweep and not heard",
            log: Shelf.whole(except: [20]),
            findings: [],
            changes: [StatusChange(barcode: "1020", status: .onLoan, at: Shelf.moment(30))]
        ),
        Situation(
            name: "heard, then lent",
            log: Shelf.whole(),
            findings: [],
            changes: [StatusChange(barcode: "1020", status: .onLoan, at: Shelf.moment(30))]
        ),
        Situation(
            name: "lent, and heard on the shelf after that",
            log: Shelf.whole(),
            findings: ["on shelf but on loan: item 1020"],
            changes: [StatusChange(barcode: "1020", status: .onLoan, at: Shelf.moment(2))]
        ),
        Situation(
            name: "on loan by the holdings, brought back before it was heard",
            log: Shelf.whole() + [Shelf.heard(Shelf.book(90) { $0.status = .onLoan }, second: 40)],
            findings: [],
            changes: [StatusChange(barcode: "1090", status: .available, at: Shelf.moment(35))]
        ),
        Situation(
            name: "an unknown item beside one of another library and a blank tag",
            log: Shelf.whole()
                + [
                    Shelf.heard(Shelf.book(91), known: false),
                    Shelf.heard(Shelf.book(92), owner: "DE-7", known: false),
                    Heard(
                        sighting: Sighting(uid: Shelf.uid(7), reader: "wand-1", at: Shelf.moment(1)),
                        tag: TagRecord(uid: Shelf.uid(7), barcode: nil, model: "blank", readAt: Shelf.moment(1)),
                        item: nil
                    ),
                ],
            findings: [
                "unknown item: item 1091", "other library's item: item 1092",
                "blank or unreadable tag: tag E004010000000007",
            ]
        ),
        Situation(
            name: "a reference copy, whose class is hidden unless the site wants it",
            log: Shelf.whole() + [Shelf.heard(Shelf.book(90) { $0.status = .notForLoan })],
            findings: []
        ),
        Situation(
            name: "the wand heard through to the neighbouring shelf",
            log: Shelf.whole()
                + (90...92).map { number in Shelf.heard(Shelf.book(number) { $0.callNumber = "QB \(number)" }) },
            findings: ["out of scope: item 1090", "out of scope: item 1091", "out of scope: item 1092"]
        ),
        Situation(
            name: "only a third of the shelf was walked",
            log: Shelf.whole(except: Set(14...40)),
            findings: (14...40).map { "not swept: item \(1000 + $0)" }
        ),
    ]

    @Test(arguments: situations)
    func `each situation gives its findings and no other`(_ situation: Situation) {
        var sweep = Shelf.sweep(situation.log)
        for change in situation.changes { _ = sweep.take(change) }
        let report = sweep.finished()
        #expect(report.findings.map(\.id.description) == situation.findings)
        for finding in report.findings {
            #expect(!finding.reason.isEmpty && !finding.remedy.isEmpty)
            // What was heard has its evidence; what was not has none.
            let isHeard = finding.kind != .missing && finding.kind != .notSwept
            #expect(finding.evidence.tags.isEmpty != isHeard && (finding.evidence.last == nil) != isHeard)
        }
    }

    @Test func `a site that wants certainty never hears of a missing item after one visit`() {
        var rules = SweepRules(certainty: 0.8, checksOrder: false)
        let once = Shelf.whole(except: [20])
        let report = Shelf.sweep(once, rules: rules).finished()
        #expect(report.summary.missing == 0 && report.summary.notSwept == 1)
        #expect(report.findings.first?.reason.contains("one visit") == true)
        let twice =
            once
            + once.map { heard in
                var later = heard
                later.sighting.at = heard.sighting.at + .seconds(3600)
                return later
            }
        #expect(Shelf.sweep(twice, rules: rules).finished().summary.missing == 1)
        rules.certainty = nil
        #expect(Shelf.sweep(once, rules: rules).finished().summary.missing == 1)
        // Where too few good passes went along, no certainty helps.
        rules.certainty = 0.8
        rules.coverage.passes = 3
        #expect(Shelf.sweep(twice, rules: rules).finished().summary.missing == 0)
    }

    @Test func `what was lent after it was heard is told to nobody as seen on the shelf`() {
        var sweep = Shelf.sweep(Shelf.whole())
        _ = sweep.take(StatusChange(barcode: "1020", status: .onLoan, at: Shelf.moment(30)))
        let file = WriteBack(.folio, seen: sweep.seenItems, servicePoint: "sp")
        #expect(file.results.first { $0.barcode == "1020" }?.isWritten == false)
        #expect(file.text.hasPrefix("{\"itemBarcode\":\"1001\",\"servicePointId\":\"sp\",\"checkInDate\":\""))
    }
}
