import Foundation
import Testing

/// What staff see of the security journal, with the real programs.
@Suite(.serialized) struct SecurityTests {
    private struct Scene: Decodable {
        var firstBarcode: String?
    }

    private func barcode(_ daemon: RunningDaemon) throws -> String {
        let scene = try daemon.pressmark("simulate", "scene", "--json").output
        return try #require(try JSONDecoder().decode(Scene.self, from: Data(scene.utf8)).firstBarcode)
    }

    private func put(_ barcode: String, _ daemon: RunningDaemon) async throws {
        #expect(try daemon.pressmark("simulate", "pad", "put", barcode).status == 0)
        _ = try await daemon.eventually(["tag", "read", "--reader", "pad-1"]) { $0.output.contains(barcode) }
    }

    @Test func `the table is printed with a daemon and without`() async throws {
        let nobody = ["PRESSMARK_URL": "http://127.0.0.1:1"]
        let standard = try RunningDaemon.run("pressmark", ["security", "table", "--standard"], environment: nobody)
        #expect(standard.status == 0 && standard.output.contains("armed; not on loan"))
        let refused = try RunningDaemon.run("pressmark", ["security", "table"], environment: nobody)
        #expect(refused.status == 1 && refused.errors.contains("no daemon answers"))
        let daemon = try await RunningDaemon()
        let site = try daemon.pressmark("security", "table", "--tags", "disarmed", "--item", "in library")
        #expect(site.output.contains("marks: AFI 07 armed, C2 released"), "\(site)")
        #expect(site.output.contains("arm  lend   log   tell"), "\(site)")
        let json = try daemon.pressmark("security", "table", "--json").output
        #expect(json.components(separatedBy: "\"isSiteRule\"").count == 61)
    }

    @Test func `a change that was cut off is listed, waits, and is finished when its tag comes back`() async throws {
        let daemon = try await RunningDaemon()
        let barcode = try barcode(daemon)
        #expect(try daemon.pressmark("security", "divergence").status == 0)
        try await put(barcode, daemon)
        _ = try daemon.pressmark("simulate", "pad", "snatch", barcode)
        #expect(try daemon.pressmark("tag", "release", barcode, "--reader", "pad-1").status == 1)
        let open = try daemon.pressmark("security", "divergence")
        #expect(open.status == 1 && open.output.contains("1     staff  pad-1"), "\(open)")
        let journal = try daemon.pressmark("security", "journal", barcode, "--parts")
        #expect(
            journal.output.contains("open, uncertain") && journal.output.contains("AFI 07 → not read"),
            "\(journal)"
        )
        let waits = try daemon.pressmark("security", "repair")
        #expect(waits.status == 1 && waits.output.contains("waits"), "\(waits)")
        try await put(barcode, daemon)
        let settled = try await daemon.eventually(["security", "divergence"]) { $0.status == 0 }
        #expect(settled.output.contains("nothing is open"), "\(settled)")
        let done = try daemon.pressmark("security", "journal", barcode)
        #expect(done.output.contains("staff") && done.output.contains("done"), "\(done)")
        let right = try daemon.pressmark("security", "repair")
        #expect(right.status == 0 && right.output.contains("nothing is open"), "\(right)")
    }

    @Test func `a tag that says other than the loan is put right by the pad it lies on, and counted`() async throws {
        let daemon = try await RunningDaemon()
        let barcode = try barcode(daemon)
        let status = try daemon.pressmark("ils", "status", "--json").output
        let port = try #require(status.firstMatch(of: /"address" : "127.0.0.1:(\d+)"/).flatMap { Int($0.1) })
        let kiosk = try ScriptedKiosk(port: port)
        #expect(try kiosk.login().hasPrefix("941"))
        // Lent while it lies nowhere: the loan stands, and its tag still says in library.
        #expect(try kiosk.checkOut(barcode).hasPrefix("121"))
        let file = daemon.state.appending(path: "items.csv")
        try "barcode,homebranch,itemcallnumber,cn_source,title,onloan\n\(barcode),MAIN,QA 1 .A1,lcc,Lent,2026-12-24\n"
            .write(to: file, atomically: true, encoding: .utf8)
        let imported = try daemon.pressmark("holdings", "import", file.path, "--profile", "koha", "--accept-shrink")
        #expect(imported.status == 0, "\(imported)")
        try await put(barcode, daemon)
        let report = try await daemon.eventually(["security", "divergence"]) {
            $0.output.contains("1 wrong bit put right")
        }
        #expect(report.status == 0 && report.output.contains("1 wrong bit put right"), "\(report)\(daemon.logText)")
        let journal = try daemon.pressmark("security", "journal", barcode)
        #expect(journal.output.contains("repair") && journal.output.contains("read back"), "\(journal)")
        #expect(try daemon.pressmark("tag", "read", "--reader", "pad-1", "--json").output.contains("\"disarmed\""))
        let again = try daemon.pressmark("security", "repair", barcode)
        #expect(again.status == 0 && again.output.contains("right already"), "\(again)")
        #expect(!daemon.logText.contains("P0001"))
    }
}
