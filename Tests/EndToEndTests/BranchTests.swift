import Foundation
import Testing

/// One walk through everything the first user does, against the real programs and the simulated branch.
@Suite(.serialized) struct BranchTests {
    private let firstBarcode = "30100000000007"

    @Test func `status names the daemon, the store, three readers and the gate`() async throws {
        let daemon = try await RunningDaemon()
        let status = try await daemon.eventually(["status", "--json"]) { outcome in
            outcome.output.components(separatedBy: "\"online\"").count == 4
        }
        #expect(status.status == 0, "\(status.errors)")
        for name in ["pad-1", "wand-1", "gate-1"] { #expect(status.output.contains("\"\(name)\"")) }
        let plain = try daemon.pressmark("status")
        #expect(plain.output.contains("feig"))
        #expect(plain.output.contains("simulated/pad-1"))
    }

    @Test func `a simulated branch finds the lines to its readers from the start`() async throws {
        let daemon = try await RunningDaemon()
        _ = try await daemon.eventually(["status", "--json"]) { outcome in
            outcome.output.components(separatedBy: "\"online\"").count == 4
        }
        #expect(!daemon.logText.contains(": not there"), "\(daemon.logText)")
    }

    @Test func `an answer that has no room is no answer`() async throws {
        let daemon = try await RunningDaemon()
        let full = try daemon.shell("pressmark status > /dev/full", in: daemon.state)
        #expect(full.status == 1)
        #expect(full.errors.contains("error: standard output: cannot be written"), "\(full.errors)")
        #expect(full.errors.contains("hint: ") && full.errors.contains("df -h"), "\(full.errors)")
        // Whoever has enough ends what would go on for ever.
        let enough = try daemon.shell("pressmark status | head -n 1", in: daemon.state)
        #expect(enough.status == 0 && enough.errors.isEmpty, "\(enough.errors)")
    }

    @Test func `a tag on the pad is read, released, read back and secured again`() async throws {
        let daemon = try await RunningDaemon()
        let scene = try JSONDecoder().decode(
            Scene.self,
            from: Data(daemon.pressmark("simulate", "scene", "--json").output.utf8)
        )
        let barcode = try #require(scene.firstBarcode)
        #expect(try daemon.pressmark("simulate", "pad", "put", barcode).status == 0)
        let reading = try await daemon.eventually(["tag", "read", "--reader", "pad-1"]) { $0.output.contains(barcode) }
        #expect(reading.output.contains("iso28560-"))
        #expect(reading.output.contains("ZZ-PRESS"))
        let released = try daemon.pressmark("tag", "release", barcode, "--reader", "pad-1", "--json")
        #expect(released.status == 0, "\(released.errors)\(daemon.logText)")
        #expect(released.output.contains("\"done\""))
        #expect(try daemon.pressmark("tag", "read", "--reader", "pad-1", "--json").output.contains("\"disarmed\""))
        let again = try daemon.pressmark("tag", "release", barcode, "--reader", "pad-1", "--json")
        #expect(again.output.contains("\"unchanged\""))
        #expect(try daemon.pressmark("tag", "secure", barcode, "--reader", "pad-1").status == 0)
        let refused = try daemon.pressmark("tag", "release", "00000000", "--reader", "pad-1")
        #expect(refused.status != 0)
    }

    @Test func `a tag snatched in the middle of the write is never reported done`() async throws {
        let daemon = try await RunningDaemon()
        let scene = try JSONDecoder().decode(
            Scene.self,
            from: Data(daemon.pressmark("simulate", "scene", "--json").output.utf8)
        )
        let barcode = try #require(scene.firstBarcode)
        _ = try daemon.pressmark("simulate", "pad", "put", barcode)
        _ = try await daemon.eventually(["tag", "read", "--reader", "pad-1"]) { $0.output.contains(barcode) }
        _ = try daemon.pressmark("simulate", "pad", "snatch", barcode)
        let outcome = try daemon.pressmark("tag", "release", barcode, "--reader", "pad-1", "--json")
        #expect(outcome.status != 0)
        #expect(outcome.output.contains("\"uncertain\""))
        #expect(try daemon.pressmark("status", "--json").output.contains("\"openSecurityChanges\" : 1"))
        _ = try daemon.pressmark("simulate", "pad", "put", barcode)
        let settled = try await daemon.eventually(["status", "--json"]) {
            $0.output.contains("\"openSecurityChanges\" : 0")
        }
        #expect(settled.output.contains("\"openSecurityChanges\" : 0"))
        #expect(try daemon.pressmark("tag", "read", "--reader", "pad-1", "--json").output.contains("\"disarmed\""))
    }

    @Test func `an unlent item carried out raises an alarm with its reason`() async throws {
        let daemon = try await RunningDaemon()
        let scene = try JSONDecoder().decode(
            Scene.self,
            from: Data(daemon.pressmark("simulate", "scene", "--json").output.utf8)
        )
        let barcode = try #require(scene.firstBarcode)
        _ = try await daemon.eventually(["status", "--json"]) {
            $0.output.components(separatedBy: "\"online\"").count == 4
        }
        #expect(try daemon.pressmark("simulate", "carry", barcode).status == 0)
        let alarms = try await daemon.eventually(["gate", "alarms"]) { $0.output.contains(barcode) }
        #expect(alarms.output.contains("not on loan"))
        // What staff say of it is counted, and other rules are tried on what was kept.
        #expect(try daemon.pressmark("gate", "outcome", "1", "false").output.contains("false"))
        #expect(try daemon.pressmark("gate", "outcome", "1", "nonsense").status != 0)
        #expect(try daemon.pressmark("gate", "status").output.contains("false: 1 of 1"))
        #expect(try daemon.pressmark("gate", "statistics").output.contains("no device of ours"))
        let rules = daemon.state.appending(path: "new.rules")
        try "not on loan = log\n".write(to: rules, atomically: true, encoding: .utf8)
        let replay = try daemon.pressmark("gate", "replay", "--since", "1", "--with", rules.path)
        #expect(replay.output.contains("1 sounded then, 0 would sound now"), "\(replay.output)\(replay.errors)")
        let silent = "not on loan = log\nsought after = log\non loan, tag not cleared = log\nset part = log\n"
        try silent.write(to: rules, atomically: true, encoding: .utf8)
        #expect(try daemon.pressmark("gate", "rules", rules.path).errors.contains("no gate would ever sound"))
        #expect(try daemon.pressmark("gate", "rules", rules.path, "--confirm-silence", "--by", "A").status == 0)
        #expect(daemon.logText.contains("nothing sounds"))
    }

    @Test func `a backup is taken while the daemon runs and restored at its next start`() async throws {
        let first = try await RunningDaemon()
        let file = first.state.appending(path: "copy.backup").path
        let items = "barcode,title,itemcallnumber\n777000,Sorting,QA 76\n"
        let backup = try first.pressmark("backup", file)
        #expect(backup.status == 0, "\(backup.errors)\(first.logText)")
        #expect(backup.output.contains("found whole"))
        #expect(try first.pressmark("backup", file).status == 2)
        #expect(try first.pressmark("check").output.contains("whole"))
        let export = first.state.appending(path: "items.csv")
        try items.write(to: export, atomically: true, encoding: .utf8)
        #expect(try first.pressmark("holdings", "import", export.path, "--profile", "koha").status == 0)
        #expect(try first.pressmark("restore", export.path).errors.contains("damaged"))
        let restore = try first.pressmark("restore", file)
        #expect(restore.status == 0, "\(restore.errors)\(first.logText)")
        #expect(try first.pressmark("holdings", "show").output.contains("items.csv"))
        #expect(first.stop().status == 0)
        let second = try await RunningDaemon(state: first.state)
        #expect(!(try second.pressmark("holdings", "show").output.contains("items.csv")))
        let kept = first.state.appending(path: "pressmark.before-restore.sqlite").path
        #expect(FileManager.default.fileExists(atPath: kept))
    }

    @Test func `sightings survive the kill of the daemon in the middle of a sweep`() async throws {
        let first = try await RunningDaemon()
        #expect(
            try first.pressmark("sweep", "start", "--location", "REF", "--from", "QA 76", "--to", "QA 77").status == 0
        )
        #expect(try first.pressmark("simulate", "walk", "--reader", "wand-1").status == 0)
        let before = try await first.eventually(["sweep", "report", "--format", "json"], within: .seconds(60)) {
            (Summary($0.output)?.sightings ?? 0) >= 40
        }
        let counted = try #require(Summary(before.output))
        #expect(counted.sightings >= 40)
        first.kill()
        let second = try await RunningDaemon(state: first.state)
        let after = try #require(Summary(try second.pressmark("sweep", "report", "--format", "json").output))
        #expect(after.state == "running")
        #expect(after.sightings >= counted.sightings)
        #expect(after.seen >= counted.seen)
        let finished = try second.pressmark("sweep", "finish")
        #expect(finished.status == 0)
        let report = try second.pressmark("sweep", "report", "--format", "csv")
        #expect(report.output.contains("not swept"))
    }

    @Test func `a reader that is unplugged comes back by itself`() async throws {
        let daemon = try await RunningDaemon()
        _ = try await daemon.eventually(["status", "--json"]) {
            $0.output.components(separatedBy: "\"online\"").count == 4
        }
        #expect(try daemon.pressmark("simulate", "unplug", "pad-1").status == 0)
        let gone = try await daemon.eventually(["status"]) { $0.output.contains("offline") }
        #expect(gone.output.contains("offline"))
        #expect(try daemon.pressmark("simulate", "plug", "pad-1").status == 0)
        let back = try await daemon.eventually(["status", "--json"]) {
            $0.output.components(separatedBy: "\"online\"").count == 4
        }
        #expect(back.output.components(separatedBy: "\"online\"").count == 4)
    }

    @Test func `readers are listed, recorded, tried, and looked for`() async throws {
        let daemon = try await RunningDaemon()
        let list = try await daemon.eventually(["readers"]) { $0.output.components(separatedBy: "  can: ").count == 4 }
        #expect(list.output.contains("pad-1"))
        let file = daemon.state.appending(path: "pad.transcript").path
        let recorded = try daemon.pressmark("readers", "record", "pad-1", file, "--seconds", "2")
        #expect(recorded.status == 0, "\(recorded.errors)")
        let transcript = try String(contentsOfFile: file, encoding: .utf8)
        #expect(transcript.hasPrefix("# driver feig\n"))
        #expect(transcript.contains("# call inventory\n> "))
        #expect(try daemon.pressmark("readers", "record", "pad-1", file).status == 2)
        // Nothing is recorded that could not be kept: not even the reader is looked for.
        let nowhere = daemon.state.appending(path: "no such folder/pad.txt").path
        let unkept = try daemon.pressmark("readers", "record", "pad-9", nowhere, "--seconds", "1")
        #expect(unkept.status == 1 && unkept.errors.contains("cannot be written"), "\(unkept.errors)")
        let scene = try JSONDecoder().decode(
            Scene.self,
            from: Data(daemon.pressmark("simulate", "scene", "--json").output.utf8)
        )
        _ = try daemon.pressmark("simulate", "pad", "put", try #require(scene.firstBarcode))
        let tried = try await daemon.eventually(["readers", "test", "pad-1", "--write", "--yes"]) { $0.status == 0 }
        #expect(tried.status == 0, "\(tried.output)\(tried.errors)")
        #expect(tried.output.contains("| write | passed |"))
        let probed = try daemon.pressmark("readers", "probe")
        #expect(probed.output.contains("configured, feig"), "\(probed.errors)")
    }

    @Test func `a second daemon on one state folder is refused and the first goes on`() async throws {
        let daemon = try await RunningDaemon()
        let second = try RunningDaemon.run("pressmarkd", ["--simulate", "--state", daemon.state.path, "--port", "0"])
        #expect(second.status == 1)
        #expect(second.errors.contains("in use by another pressmarkd"))
        #expect(try daemon.pressmark("status").status == 0)
    }

    @Test func `a stop ends within five seconds with everything written`() async throws {
        let daemon = try await RunningDaemon()
        _ = try daemon.pressmark("sweep", "start", "--location", "REF")
        _ = try daemon.pressmark("simulate", "walk", "--reader", "wand-1")
        let (status, took) = daemon.stop()
        #expect(status == 0, "\(daemon.logText)")
        #expect(took < .seconds(5))
    }

    @Test func `an export is imported, with its rejected rows, and a dry run changes nothing`() async throws {
        let daemon = try await RunningDaemon()
        let file = daemon.state.appending(path: "items.csv")
        try """
        itemnumber,barcode,homebranch,holdingbranch,location,itemcallnumber,cn_source,onloan,title
        1,b1,MAIN,MAIN,REF,QA 76 .A1 2000,lcc,,First
        2,,MAIN,MAIN,REF,QA 76 .B1 2000,lcc,,Without a barcode
        3,b3,MAIN,MAIN,REF,QA 76 .C1 2000,lcc,2026-12-01,"Lent, until December"

        """.write(to: file, atomically: true, encoding: .utf8)
        let dry = try daemon.pressmark("holdings", "import", file.path, "--profile", "koha", "--dry-run")
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(dry.output.contains("3"))
        #expect(try daemon.pressmark("holdings", "show", "--json").output.contains("\"simulated\""))
        let real = try daemon.pressmark("holdings", "import", file.path, "--profile", "koha", "--json")
        #expect(real.output.contains("\"imported\" : 2"))
        #expect(real.output.contains("\"line\" : 3"))
        let broken = try RunningDaemon.run(
            "pressmark",
            ["holdings", "import", "-", "--profile", "koha"],
            environment: ["PRESSMARK_URL": daemon.url],
            input: "title,author\nA,B\n"
        )
        #expect(broken.status != 0)
        #expect(broken.errors.contains("barcode"))
        #expect(try daemon.pressmark("holdings", "show", "--json").output.contains("items.csv"))
    }

    @Test func `a configuration mistake is told with its line and the daemon does not start`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString).toml")
        try "[http]\nprot = 1\n".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let outcome = try RunningDaemon.run("pressmarkd", ["--check-config", "--config", file.path])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("line 2: http.prot: found an unknown key, wanted one of address, hosts"))
    }

    @Test func `a mistake in the rules of a gate is told with its file and line before a start`() throws {
        let folder = FileManager.default.temporaryDirectory
        let name = "pressmark-\(UUID().uuidString)"
        let (file, rules) = (folder.appending(path: "\(name).toml"), folder.appending(path: "\(name).rules"))
        try "[gate]\nrules = \"\(rules.path)\"\n".write(to: file, atomically: true, encoding: .utf8)
        try "# ours\nparked after = soon\n".write(to: rules, atomically: true, encoding: .utf8)
        defer { for made in [file, rules] { try? FileManager.default.removeItem(at: made) } }
        let outcome = try RunningDaemon.run("pressmarkd", ["--check-config", "--config", file.path])
        #expect(outcome.status == 78)
        #expect(outcome.errors.contains("\(rules.path): line 2: gate rules: found "))
        #expect(outcome.errors.contains("hint: "))
    }

    private struct Scene: Decodable {
        var firstBarcode: String?
    }

    /// What a sweep's report in JSON says of the sweep itself.
    private struct Summary: Decodable {
        var state: String
        var seen: Int
        var sightings: Int

        private struct Report: Decodable { var sweep: Summary }

        init?(_ json: String) {
            guard let report = try? JSONDecoder().decode(Report.self, from: Data(json.utf8)) else { return nil }
            self = report.sweep
        }
    }
}
