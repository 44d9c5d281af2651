import Foundation
import Testing

/// The real programs with the emulated library system and a kiosk that only knows SIP2.
@Suite(.serialized) struct CirculationTests {
    private struct Status: Decodable {
        struct Proxy: Decodable {
            var address: String
            var answers: Int
            var changed: Int
            var failed: Int
        }

        var state: String
        var proxies: [Proxy]
    }

    private func status(_ daemon: RunningDaemon) throws -> Status {
        try JSONDecoder().decode(Status.self, from: Data(daemon.pressmark("ils", "status", "--json").output.utf8))
    }

    /// A barcode that lies on the pad, once it is read there, and a kiosk that has logged in through the proxy.
    private func kiosk(_ daemon: RunningDaemon) async throws -> (kiosk: ScriptedKiosk, barcode: String) {
        let scene = try JSONDecoder().decode(
            Scene.self,
            from: Data(daemon.pressmark("simulate", "scene", "--json").output.utf8)
        )
        let barcode = try #require(scene.firstBarcode)
        #expect(try daemon.pressmark("simulate", "pad", "put", barcode).status == 0)
        _ = try await daemon.eventually(["tag", "read", "--reader", "pad-1"]) { $0.output.contains(barcode) }
        let address = try #require(try status(daemon).proxies.first?.address)
        let port = try #require(address.split(separator: ":").last.flatMap { Int($0) })
        let kiosk = try ScriptedKiosk(port: port)
        #expect(try kiosk.login().hasPrefix("941"))
        return (kiosk, barcode)
    }

    private struct Scene: Decodable {
        var firstBarcode: String?
    }

    @Test func `how everything stands names the library system`() async throws {
        let daemon = try await RunningDaemon()
        let status = try await daemon.eventually(["status"]) { $0.output.contains("ILS       online") }
        #expect(status.output.contains("ILS       online: 127.0.0.1:"), "\(status.output)")
        #expect(daemon.stop().status == 0)
    }

    private func isDisarmed(_ daemon: RunningDaemon) throws -> Bool {
        try daemon.pressmark("tag", "read", "--reader", "pad-1", "--json").output.contains("\"disarmed\"")
    }

    @Test func `the tags on the pad follow a kiosk that knows nothing of them`() async throws {
        let daemon = try await RunningDaemon()
        let (kiosk, barcode) = try await kiosk(daemon)
        let refused = try kiosk.checkOut(barcode, patron: "P0002")
        #expect(refused.hasPrefix("120"))
        #expect(try !isDisarmed(daemon))
        let lent = try kiosk.checkOut(barcode)
        // The field and not its letters: a checksum may have them too.
        #expect(lent.hasPrefix("121") && !lent.contains("|AF"), "\(lent)\n\(daemon.logText)")
        #expect(try isDisarmed(daemon))
        let back = try kiosk.checkIn(barcode)
        #expect(back.hasPrefix("101Y") && !back.contains("|AF"), "\(back)")
        #expect(try !isDisarmed(daemon))
        let now = try status(daemon)
        #expect(now.state == "online")
        #expect(now.proxies.first.map { [$0.answers, $0.changed, $0.failed] } == [3, 2, 0])
        #expect(!daemon.logText.contains("P0001") && !daemon.logText.contains("P0002"))
    }

    @Test func `a kiosk is told of an item that is not on the pad, and the loan stands`() async throws {
        let daemon = try await RunningDaemon()
        let (kiosk, barcode) = try await kiosk(daemon)
        _ = try daemon.pressmark("simulate", "pad", "take", barcode)
        let lent = try kiosk.checkOut(barcode)
        #expect(lent.hasPrefix("121") && lent.contains("|AFSecurity not switched off"), "\(lent)")
        #expect(try status(daemon).proxies.first?.failed == 1)
        #expect(try daemon.pressmark("ils", "item", barcode).output.contains("on loan"))
    }

    @Test(arguments: ["slow", "wrong-checksum", "half-line", "drop", "resend"])
    func `a library system in trouble keeps the tag as the loan is`(_ fault: String) async throws {
        let daemon = try await RunningDaemon()
        let (kiosk, barcode) = try await kiosk(daemon)
        #expect(try daemon.pressmark("simulate", "trouble", fault).status == 0)
        let answer = try? kiosk.checkOut(barcode)
        // Whatever the kiosk heard: a tag is only disarmed when the loan was answered whole.
        let isWhole = answer?.hasPrefix("121") == true && fault != "wrong-checksum"
        #expect(try isDisarmed(daemon) == isWhole, "\(answer ?? "no answer")")
    }

    private func checkOut(_ daemon: RunningDaemon, _ barcode: String, patron: String) throws -> RunningDaemon.Outcome {
        try RunningDaemon.run(
            "pressmark",
            ["checkout", barcode, "--reader", "pad-1", "--patron-from-stdin"],
            environment: ["PRESSMARK_URL": daemon.url],
            input: "\(patron)\n"
        )
    }

    @Test func `an item is lent and taken back on the pad, and only then its tags follow`() async throws {
        let daemon = try await RunningDaemon()
        let (_, barcode) = try await kiosk(daemon)
        let refused = try checkOut(daemon, barcode, patron: "P0002")
        #expect(refused.status == 1 && refused.output.contains("Patron is blocked"), "\(refused)")
        #expect(try !isDisarmed(daemon))
        let elsewhere = try checkOut(daemon, "30100000019999", patron: "P0001")
        #expect(elsewhere.status == 1 && elsewhere.output.contains("not asked"), "\(elsewhere)")
        let lent = try checkOut(daemon, barcode, patron: "P0001")
        #expect(lent.status == 0 && lent.output.contains("done: stands, tags read back"), "\(lent)")
        #expect(try isDisarmed(daemon))
        let back = try daemon.pressmark("checkin", barcode, "--reader", "pad-1")
        #expect(back.status == 0 && back.output.contains("tags read back"), "\(back)")
        #expect(try !isDisarmed(daemon))
        let again = try daemon.pressmark("checkin", barcode, "--reader", "pad-1")
        #expect(again.status == 1 && again.output.contains("refused"), "\(again)")
        #expect(!daemon.logText.contains("P000"))
        let trace = try daemon.pressmark("ils", "trace", "--limit", "200")
        #expect(trace.output.contains("11 check-out") && !trace.output.contains("P000"))
    }

    @Test(arguments: [["silence", "silence", "silence"], ["drop"], ["wrong-checksum"], ["stale"], ["slow"]])
    func `a loan whose answer is lost is found out, and the tags follow it`(_ faults: [String]) async throws {
        let daemon = try await RunningDaemon()
        let (_, barcode) = try await kiosk(daemon)
        #expect(try daemon.pressmark("ils", "ping").status == 0)
        _ = try RunningDaemon.run(
            "pressmark",
            ["simulate", "trouble"] + faults,
            environment: ["PRESSMARK_URL": daemon.url]
        )
        let lent = try checkOut(daemon, barcode, patron: "P0001")
        let isOnLoan = try daemon.pressmark("ils", "item", barcode).output.contains("on loan")
        #expect(lent.status != 0 || isOnLoan, "\(lent)")
        // What the pad does not know yet it asks for until it does.
        let now = try await daemon.eventually(["tag", "read", "--reader", "pad-1", "--json"]) {
            $0.output.contains("\"disarmed\"") == isOnLoan
        }
        #expect(now.output.contains("\"disarmed\"") == isOnLoan, "\(lent)\(daemon.logText)")
    }

    @Test func `a return is kept while the library system is away and told when it is back`() async throws {
        let daemon = try await RunningDaemon()
        let (_, barcode) = try await kiosk(daemon)
        #expect(try checkOut(daemon, barcode, patron: "P0001").status == 0)
        // The service asks by itself how the system is, and takes its share of the trouble.
        let trouble = ["simulate", "trouble", "drop-before", "drop-before"] + Array(repeating: "refuse", count: 8)
        _ = try RunningDaemon.run("pressmark", trouble, environment: ["PRESSMARK_URL": daemon.url])
        _ = try daemon.pressmark("ils", "ping")
        let status = try await daemon.eventually(["status"]) { $0.output.contains("ILS       offline") }
        #expect(status.output.contains("ILS       offline"), "\(status)")
        let back = try daemon.pressmark("checkin", barcode, "--reader", "pad-1")
        #expect(try !isDisarmed(daemon), "\(back)")
        let told = try await daemon.eventually(["ils", "item", barcode]) { $0.output.contains("available") }
        #expect(told.output.contains("available"), "\(told)\(back)")
        #expect(try daemon.pressmark("ils", "returns").output.contains("knows of every return"))
    }

    @Test func `questions of our own survive trouble, and the trace shows no patron`() async throws {
        let daemon = try await RunningDaemon()
        let (_, barcode) = try await kiosk(daemon)
        #expect(try daemon.pressmark("ils", "ping").status == 0)
        for fault in ["wrong-checksum", "silence", "drop", "stale"] {
            _ = try daemon.pressmark("simulate", "trouble", fault)
            // Trouble that hits a login is told to whoever asked; who asks again is answered.
            let item = try await daemon.eventually(["ils", "item", barcode]) { $0.status == 0 }
            #expect(item.status == 0 && item.output.contains("available"), "\(fault): \(item.errors)")
        }
        let trace = try daemon.pressmark("ils", "trace", "--limit", "100")
        #expect(trace.output.contains("17 item information"))
        #expect(!trace.output.contains("pressmark"))
        let unknown = try daemon.pressmark("simulate", "trouble", "earthquake")
        #expect(unknown.status != 0 && unknown.errors.contains("half-line"))
    }
}
