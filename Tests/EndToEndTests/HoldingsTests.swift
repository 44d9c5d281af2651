import Foundation
import Testing

/// A librarian's exports against the real programs: guessed, previewed, compared, taken back.
@Suite(.serialized) struct HoldingsTests {
    private struct Snapshot: Decodable {
        var number: Int
        var items: Int
        var state: String
    }

    private func items(_ numbers: Range<Int>, title: String = "Title") -> String {
        numbers.reduce(into: "itemnumber,barcode,homebranch,location,itemcallnumber,cn_source,title,borrowernumber\n") {
            $0 += "\($1),b\($1),MAIN,REF,QA \($1) .A1,lcc,\(title),4711\n"
        }
    }

    private func write(_ text: String, as name: String, beside daemon: RunningDaemon) throws -> String {
        let file = daemon.state.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    private func snapshots(_ daemon: RunningDaemon) throws -> [Snapshot] {
        let output = try daemon.pressmark("holdings", "snapshots", "--json").output
        return try JSONDecoder().decode([Snapshot].self, from: Data(output.utf8))
    }

    @Test func `an export is previewed, accepted, replaced, compared and returned to`() async throws {
        let daemon = try await RunningDaemon()
        let file = try write(items(0..<100) + "x,,MAIN,REF,QA 1,lcc,No barcode,4711\n", as: "items.csv", beside: daemon)
        let list = daemon.state.appending(path: "rejected.csv")
        let preview = try daemon.pressmark("holdings", "import", file, "--preview", "--rejected", list.path)
        #expect(preview.status == 0, "\(preview.errors)")
        #expect(preview.output.contains("profile koha, by columns"))
        #expect(preview.output.contains("dropped: may name a patron"))
        #expect(preview.output.contains("1 rejected (0.9 %)"))
        let rejected = try String(contentsOf: list, encoding: .utf8)
        #expect(rejected.contains("102,found no barcode"))
        #expect(!rejected.contains("4711"))
        let staged = try #require(try snapshots(daemon).first { $0.state == "staged" })
        #expect(try daemon.pressmark("holdings", "show").output.contains("simulated"))
        #expect(try daemon.pressmark("holdings", "accept", String(staged.number)).status == 0)
        #expect(try daemon.pressmark("holdings", "show").output.contains("items.csv"))
        #expect(try daemon.pressmark("status").output.contains("imported"))
        let newer = try write(items(2..<102, title: "Other"), as: "newer.csv", beside: daemon)
        #expect(try daemon.pressmark("holdings", "import", newer).status == 0)
        let diff = try daemon.pressmark("holdings", "diff", "--limit", "3")
        #expect(diff.output.contains("2 added, 2 removed, 98 changed otherwise"), "\(diff.output)\(diff.errors)")
        let back = try daemon.pressmark("holdings", "revert", String(staged.number))
        #expect(back.output.contains("in use: 100 items"))
        #expect(try daemon.pressmark("holdings", "lookup", "b1").output.contains("QA 1 .A1"))
        #expect(try daemon.pressmark("holdings", "lookup", "b101").status != 0)
        daemon.kill()
        let second = try await RunningDaemon(state: daemon.state)
        #expect(try second.pressmark("holdings", "show").output.contains("items.csv"))
    }

    @Test func `a list of rejected rows that finds no room hides no import, and leaves nothing behind`() async throws {
        let daemon = try await RunningDaemon()
        let file = try write(items(0..<10) + "x,,MAIN,REF,QA 1,lcc,No barcode,4711\n", as: "items.csv", beside: daemon)
        let tried = try daemon.pressmark("holdings", "import", file, "--dry-run", "--rejected", "/dev/full")
        #expect(tried.status == 1 && tried.errors.contains("/dev/full: cannot be written"), "\(tried.errors)")
        #expect(tried.output.contains("1 rejected"), "\(tried.output)")
        #expect(try !snapshots(daemon).contains { $0.state == "staged" })
        let list = daemon.state.appending(path: "rejected.csv")
        try "old".write(to: list, atomically: true, encoding: .utf8)
        let taken = try daemon.pressmark("holdings", "import", file, "--accept-shrink", "--rejected", list.path)
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(try String(contentsOf: list, encoding: .utf8).contains("found no barcode"))
    }

    @Test func `an export that lost half of its items asks before it is taken`() async throws {
        let daemon = try await RunningDaemon()
        let whole = try write(items(0..<100), as: "whole.csv", beside: daemon)
        #expect(try daemon.pressmark("holdings", "import", whole).status == 0)
        let half = try write(items(0..<50), as: "half.csv", beside: daemon)
        let refused = try daemon.pressmark("holdings", "import", half)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("50 of the 100 items in use are not in it (50 %)"))
        #expect(refused.errors.contains("--accept-shrink"))
        #expect(try daemon.pressmark("holdings", "show").output.contains("whole.csv"))
        #expect(try daemon.pressmark("holdings", "import", half, "--accept-shrink").status == 0)
        #expect(try daemon.pressmark("holdings", "show").output.contains("half.csv"))
    }

    @Test func `compressed exports come in, from a pipe too, and one that is cut off changes nothing`() async throws {
        let daemon = try await RunningDaemon()
        let file = try write(items(0..<3000), as: "items.csv", beside: daemon)
        let packed = try RunningDaemon.run("gzip", path: "/usr/bin/gzip", ["-k", file])
        #expect(packed.status == 0)
        let taken = try daemon.pressmark("holdings", "import", file + ".gz", "--json")
        #expect(taken.output.contains("\"imported\" : 3000"), "\(taken.errors)")
        let cut = daemon.state.appending(path: "cut.csv.gz")
        try Data(contentsOf: URL(filePath: file + ".gz")).dropLast(500).write(to: cut)
        let refused = try daemon.pressmark("holdings", "import", cut.path)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("the gzip file is cut off"))
        #expect(refused.errors.contains("good and 0 rejected rows; the snapshot in use stays"))
        #expect(try snapshots(daemon).first { $0.state == "current" }?.items == 3000)
        let piped = try RunningDaemon.run(
            "pressmark",
            ["holdings", "import", "-", "--json"],
            environment: ["PRESSMARK_URL": daemon.url],
            input: items(0..<2950)
        )
        #expect(piped.output.contains("\"imported\" : 2950"), "\(piped.errors)")
    }

    @Test func `call numbers are sorted and explained without a daemon`() throws {
        let sorted = try RunningDaemon.run(
            "pressmark",
            ["shelf-order", "sort", "-", "--scheme", "lcc"],
            input: "QA 76.9 .B2\nQA 9\n???\nQA 76 .B25\n"
        )
        #expect(sorted.output == "QA 9\nQA 76 .B25\nQA 76.9 .B2\n")
        #expect(sorted.errors.contains("line 3: call number \"???\""))
        #expect(sorted.status == 1)
        let key = try RunningDaemon.run("pressmark", ["shelf-order", "key", "QA 76.9 .B25", "--explain"])
        #expect(key.output.contains("cutter, digits as decimals"))
    }
}
