import API
import ArgumentParser
import Foundation
import Library
import Testing

@testable import Command

private let now = Date(timeIntervalSince1970: 1_795_000_000)
private let plain = Palette(isOn: false)

private func entry(outcome: String?, isAgreed: Bool = true, isOpen: Bool) -> SecurityEntry {
    SecurityEntry(
        id: 7,
        barcode: "3012",
        want: .released,
        cause: "check-out",
        device: "pad-1",
        at: now.addingTimeInterval(-90),
        isAgreed: isAgreed,
        outcome: outcome,
        reason: outcome.map { _ in "read back" },
        settledAt: isOpen ? nil : now,
        parts: [.init(uid: "E004015000000001", before: 0x07, after: 0xC2, beforeEAS: true, afterEAS: nil)]
    )
}

@Suite struct SecurityPagesTests {
    @Test func `the standard table has every pair, in parts by what the tags say`() throws {
        let table = TruthTable(SecurityTable.standard)
        let lines = TruthTablePage(table: table, palette: plain).lines
        try #require(!lines.isEmpty)
        #expect(lines[0] == "the standard table, before any site has changed it")
        #expect(
            lines.filter { $0.hasPrefix("tags: ") }.map { $0.dropFirst(6) } == TagsSay.allCases.map { $0.rawValue[...] }
        )
        let row = try #require(lines.first { $0.contains("  on loan ") })
        #expect(
            row.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } == [
                "on loan", "disarm", "disarm", "log", "tell", "armed; on loan; must be disarmed",
            ]
        )
        #expect(lines.allSatisfy { !$0.contains("*") })
    }

    @Test func `a site's table says its values and marks its rows`() throws {
        var table = TruthTable(SecurityTable.standard)
        table.site = .init(
            mechanism: "both",
            armed: [0x07, 0x9E],
            released: [0xC2],
            repairs: ["pad", "wand"],
            unfinished: "undo",
            freshSeconds: 900
        )
        table.rows = [table.rows[0]]
        table.rows[0].isSiteRule = true
        let lines = TruthTablePage(table: table, palette: plain).lines
        try #require(lines.count > 3)
        #expect(lines[0] == "marks: AFI 07, 9E armed, C2 released, and EAS")
        #expect(lines[1] == "put right without being asked by: pads, wands")
        #expect(lines[2].hasSuffix("for 15 min") && lines[3].hasSuffix("undo"))
        #expect(lines.contains { $0.hasPrefix("*  in library") } && lines.last == "* changed by this site")
    }

    @Test func `the journal says what is open and why, and part by part when asked`() throws {
        let entries = [entry(outcome: nil, isAgreed: false, isOpen: true), entry(outcome: "done", isOpen: false)]
        let lines = SecurityJournalPage(entries: entries, showsParts: true, now: now, palette: plain).lines
        try #require(lines.count > 3)
        #expect(
            lines[1].contains("1 min ago") && lines[1].contains("open") && lines[1].hasSuffix("stands is not known")
        )
        #expect(lines[2] == "  E004015000000001  AFI 07 → C2, EAS on → not read")
        #expect(lines[3].contains("done") && lines[3].hasSuffix("read back"))
        #expect(SecurityJournalPage(entries: [], now: now, palette: plain).lines == ["no changes"])
    }

    @Test func `what is open is shown by cause and device, with what to do`() throws {
        let bit = WrongBit(
            uid: "E004015000000002",
            barcode: "3013",
            title: "Sorting",
            callNumber: "QA 76",
            says: "disarmed",
            item: "in library",
            want: .secured,
            device: "wand-1",
            first: now.addingTimeInterval(-600),
            last: now,
            times: 2
        )
        var report = DivergenceReport(
            changes: [entry(outcome: "uncertain", isOpen: true)],
            wrongBits: [bit],
            groups: [.init(cause: "disarmed, item in library", device: "wand-1", count: 1)],
            repaired: 4,
            heardRight: 1
        )
        let lines = DivergencePage(report: report, now: now, palette: plain).lines
        try #require(lines.count > 1)
        #expect(lines[1] == "1     disarmed, item in library  wand-1")
        #expect(lines.contains { $0.contains("open, uncertain") })
        #expect(lines.contains { $0.contains("3013") && $0.contains("secured") && $0.hasSuffix("QA 76 · Sorting") })
        #expect(lines.last == "ever since: 4 wrong bits put right, 1 heard right later")
        report = DivergenceReport(changes: [], wrongBits: [], groups: [], repaired: 0, heardRight: 0)
        let none = DivergencePage(report: report, now: now, palette: plain).lines
        #expect(none.first == "nothing is open: every tag that was heard says what it must")
    }

    @Test func `repairs are told one by one and counted`() {
        let repairs = [
            SecurityRepair(barcode: "1", device: "pad-1", outcome: .repaired, reason: "read back", hint: nil),
            SecurityRepair(barcode: "2", device: nil, outcome: .waits, reason: "not heard", hint: "lay it on a pad"),
        ]
        #expect(
            SecurityRepairPage(repairs: repairs, palette: plain).lines == [
                "1 on pad-1: put right: read back", "2: waits: not heard", "hint: lay it on a pad",
                "1 put right, 1 waits",
            ]
        )
        #expect(SecurityRepairPage(repairs: [], palette: plain).lines == ["nothing is open"])
    }

    @Test(arguments: [["--tags", "burnt"], ["--item", "eaten"]])
    func `a word that is in no row is refused with those that are`(_ words: [String]) {
        #expect(throws: (any Error).self) { try SecurityTableCommand.parse(words) }
    }
}
