import API
import Foundation
import Testing

@testable import Interfaces

struct ZipArchiveTests {
    /// The check value of CRC-32: "123456789" gives CBF43926.
    @Test func `the checksum has its well known value`() {
        #expect(ZipArchive.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(ZipArchive.checksum([]) == 0)
    }

    /// Another program's opinion: Python reads the archive and the workbook's XML.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func `another program reads what is packed`() throws {
        var archive = ZipArchive()
        archive.add("a.txt", Array("one".utf8))
        archive.add("b/ö.txt", [])
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).zip")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(archive.finished()).write(to: file)
        let script =
            "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;"
            + "print(z.namelist(), z.read('a.txt'))"
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/python3")
        python.arguments = ["-c", script, file.path]
        let output = Pipe()
        python.standardOutput = output
        try python.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        python.waitUntilExit()
        #expect(text == "['a.txt', 'b/ö.txt'] b'one'\n")
    }
}

struct WorkbookTests {
    private static let report = SweepReport(
        sweep: SweepSummary(
            id: 7,
            state: .finished,
            scope: "everything",
            startedAt: Date(timeIntervalSince1970: 0),
            finishedAt: nil,
            snapshot: 1,
            expected: 2,
            seen: 1,
            others: 0,
            sightings: 2,
            findings: ["missing": 1],
            strip: []
        ),
        findings: [
            Finding(
                id: "missing: item 3012",
                kind: "missing",
                severity: "problem",
                barcode: "3012",
                uid: nil,
                title: "=1+1",
                callNumber: "QA 76",
                reason: "not heard, but its neighbours on both sides were",
                advice: "look around its place and on the trolleys, then set it missing in the library system",
                lastSeen: nil,
                reader: nil
            )
        ],
        moves: [],
        progress: [SweepReport.Day(day: "2026-03-02", seen: 1)]
    )

    /// Its parts are stored as they are.
    private func text(_ tongue: ReportTongue) -> String {
        String(decoding: Workbook(report: Self.report, in: tongue).bytes, as: UTF8.self)
    }

    @Test func `a workbook has its sheets, its names and what was found, as text`() {
        let text = text(.en)
        for wanted in [
            "<sheet name=\"Summary\"", "<sheet name=\"Findings\"", "<sheet name=\"Moves\"", "<sheet name=\"Progress\"",
            ">Call number<", ">What to do<", ">everything<", ">missing<", ">=1+1<", ">2026-03-02<", "t=\"inlineStr\"",
        ] {
            #expect(text.contains(wanted), "\(wanted)")
        }
        #expect(!text.contains("<f>"))
    }

    @Test func `a workbook tells of tags that were heard and never read, and what helps where there are any`() {
        var report = Self.report
        for (unread, tongue, name, advice) in [
            (37, .en, "Tags heard but never read", "walk by again more slowly"),
            (37, .de, "Etiketten gehört, aber nie gelesen", "langsamer noch einmal vorbeigehen"),
            (0, .en, "Tags heard but never read", "walk by again more slowly"),
        ] as [(Int, ReportTongue, String, String)] {
            report.sweep.unreadTags = unread
            let text = String(decoding: Workbook(report: report, in: tongue).bytes, as: UTF8.self)
            #expect(text.contains("\(name)</t></is></c><c><v>\(unread).0</v></c>"), "\(tongue)")
            #expect(text.contains(advice) == (unread > 0), "\(tongue)")
        }
        // From a daemon that does not count them.
        #expect(!text(.en).contains("never read"))
    }

    @Test func `a workbook speaks the language that is asked for, reasons and advice included`() {
        let text = text(.de)
        for wanted in [
            "<sheet name=\"Überblick\"", "<sheet name=\"Befunde\"", ">Signatur<", ">Was zu tun ist<", ">alles<",
            ">beendet<", ">vermisst<", ">Problem<", ">nicht gehört, aber seine Nachbarn auf beiden Seiten<",
        ] {
            #expect(text.contains(wanted), "\(wanted)")
        }
        for english in ["Summary", ">missing<", "neighbours", "trolleys"] {
            #expect(!text.contains(english), "\(english)")
        }
    }
}
