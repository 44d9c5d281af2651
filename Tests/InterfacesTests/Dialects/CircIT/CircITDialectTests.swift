import Foundation
import HTTPTypes
import Library
import Operations
import Synchronization
import Testing

@testable import Interfaces

/// What the Koha plugin's script does with CircIT, below either base: `ils` §1.1.
private struct KohaPage {
    let caller: DialectCaller
    var base = ""

    func get(_ call: String) async throws -> [String: Any] {
        let reply = try await caller.send(.get, base + call)
        return try JSONSerialization.jsonObject(with: reply.body) as? [String: Any] ?? [:]
    }

    func isAlive() async throws -> Bool {
        let answer = try await get("/alive")
        return answer["status"] as? Bool == true && answer["statuscode"] as? Int == 0
    }

    func items() async throws -> [String: Bool] {
        let items = try await get("/getitems")["items"] as? [[String: Any]] ?? []
        return Dictionary(
            items.map { ($0["barcode"] as? String ?? "", $0["security"] as? Bool ?? false) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}

@Test(arguments: ["", "/Temporary_Listen_Addresses"])
func `Koha finds CircIT's pad, reads it and changes the bit`(_ base: String) async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    try await workstation.serving(CircITDialect.self) { caller in
        let koha = KohaPage(caller: caller, base: base)
        let isThere = try await polled {
            try await koha.isAlive()
        } until: {
            $0
        }
        #expect(isThere)
        let items = try await polled {
            try await koha.items()
        } until: {
            !$0.isEmpty
        }
        #expect(items == ["3010": true])
        #expect(try await koha.get("/setsecurity/3010/false")["status"] as? Bool == true)
        #expect(await workstation.afi(1) == 0xC2)
        #expect(try await koha.items() == ["3010": false])
        let refused = try await koha.get("/setsecurity/4711/true")
        #expect(
            refused["status"] as? Bool == false && (refused["message"] as? String)?.contains("not on the pad") == true
        )
    }
}

/// `rfid.js` writes `setsecurity/${barcode}/${bitValue}`; a browser leaves slashes alone and escapes spaces.
@Test(arguments: ["", "/Temporary_Listen_Addresses"])
func `a barcode with a slash or a space comes as the plugin puts it into the path`(_ base: String) async throws {
    let workstation = try await TestWorkstation([
        TestWorkstation.tag("1995/1234", serial: 1), TestWorkstation.tag("B 17", serial: 2),
    ])
    try await workstation.serving(CircITDialect.self) { caller in
        let koha = KohaPage(caller: caller, base: base)
        let items = try await polled {
            try await koha.items()
        } until: {
            $0.count > 1
        }
        #expect(items == ["1995/1234": true, "B 17": true])
        #expect(try await koha.get("/setsecurity/1995/1234/false")["status"] as? Bool == true)
        #expect(await workstation.afi(1) == 0xC2)
        #expect(try await koha.get("/setsecurity/B%2017/false")["status"] as? Bool == true)
        #expect(await workstation.afi(2) == 0xC2)
    }
}

@Test func `a change is written down with the page that asked for it, what is turned away and what is read is not`()
    async throws
{
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    try await workstation.serving(CircITDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        _ = try await polled {
            try await koha.items()
        } until: {
            !$0.isEmpty
        }
        _ = try await koha.get("/setsecurity/3010/false")
        _ = try await koha.get("/setsecurity/4711/true")
        var program = caller
        program.origin = nil
        #expect(try await program.send(.get, "/setsecurity/3010/true").status == 403)
        let entries = try workstation.desk.audit.entries(after: 0, limit: 10)
        #expect(entries.map(\.who) == [TestWorkstation.page, TestWorkstation.page])
        #expect(entries.map(\.target) == ["/setsecurity/3010/false", "/setsecurity/4711/true"])
        #expect(entries.map(\.action) == ["GET circit", "GET circit"])
        #expect(entries.map(\.result) == [200, 404])
    }
}

@Test func `an image on any page cannot disarm a book`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    try await workstation.serving(CircITDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        _ = try await polled {
            try await koha.items()
        } until: {
            !$0.isEmpty
        }
        var image = caller
        image.origin = nil
        #expect(try await image.send(.get, "/setsecurity/3010/false").status == 403)
        #expect(try await image.send(.head, "/setsecurity/3010/false").status == 403)
        let cross = try await image.send(.get, "/getitems", extra: ["Sec-Fetch-Site": "cross-site"])
        #expect(cross.status == 403 && !cross.text.contains("3010"))
        var stranger = caller
        stranger.origin = "https://evil.example"
        await #expect(throws: DialectCaller.Blocked.self) { try await stranger.send(.get, "/setsecurity/3010/false") }
        #expect(await workstation.afi(1) == 0x07)
        let door = await workstation.desk.workstations.report.first
        #expect(door?.lastRefusedOrigin == "https://evil.example" && (door?.refusals ?? 0) >= 3)
    }
}

@Test func `the routes of the plugin's test suite are there in the simulated branch alone`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    let laid = Mutex<[[String]]>([])
    try await workstation.serving(BibliothecaDialect.self, lay: { barcodes in laid.withLock { $0.append(barcodes) } }) {
        caller in
        // Their runner is no browser and sends no origin.
        var runner = caller
        runner.origin = nil
        let body = "{\"barcodes\":\"b1 b2\"}"
        #expect(try await runner.send(.post, "/api/barcodes", type: "application/json", body: body).status == 200)
        let clear = "{\"barcodes\":\"\"}"
        #expect(try await runner.send(.post, "/api/barcodes", type: "application/json", body: clear).status == 200)
        let koha = KohaPage(caller: runner)
        let items = try await polled {
            try await koha.items()
        } until: {
            !$0.isEmpty
        }
        #expect(items == ["3010": true])
    }
    #expect(laid.withLock { $0 } == [["b1", "b2"], []])
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let laid = try await caller.send(.post, "/api/barcodes", type: "application/json", body: "{}")
        let lying = try await caller.send(.get, "/getitems")
        #expect(laid.status == 404)
        #expect(lying.status == 404)
    }
}

@Test(arguments: [true, false])
func `where a pad was taken away the first one left takes its place, unless the configuration names it`(
    _ takesFirst: Bool
) async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    let desk = workstation.desk
    let gone = try desk.station("pad-1")
    var setup = gone.setup
    setup.name = "pad-2"
    try #require(desk.enter(setup) != nil)
    await desk.dismiss(gone, cause: "no longer configured")
    try await workstation.serving(CircITDialect.self, takesFirst: takesFirst) { caller in
        let koha = KohaPage(caller: caller)
        try await waited {
            if case .success(let items) = await desk.workstations.items(on: "pad-2", showingCards: false) {
                !items.isEmpty
            } else {
                false
            }
        }
        let isAlive = try await koha.isAlive()
        #expect(isAlive == takesFirst)
        #expect(try await koha.items() == (takesFirst ? ["3010": true] : [:]))
    }
}
