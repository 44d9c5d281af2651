import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import NIOCore
import Operations
import SIP2
import Testing
import Wire

@testable import Interfaces

/// A kiosk beside a pad with one item, and a library system that knows two patrons and a password.
private struct Kiosk {
    let service: TestService
    let bench = LibrarySystemBench(
        LibrarySystemRecords(
            items: ["3011": .init(title: "Title 1", branch: "MAIN")],
            patrons: [
                "P0001": .init(name: "Anna", password: "1234"), "P0002": .init(name: "Bo", isBlocked: true),
            ]
        )
    )

    init(asksPassword: Bool = false) throws {
        let settings = CirculationSettings(
            place: "127.0.0.1:6001",
            dialect: .koha,
            account: SIP2Account(institution: "MAIN"),
            connections: 1,
            rules: CirculationRules(asksPatronPassword: asksPassword)
        )
        let bench = bench
        service = try TestService(
            onPad: [TestService.tag("3011")],
            circulation: CirculationSetup(settings: settings) { () async throws(LinkError) -> any Link & ~Copyable in
                LibrarySystemLink(LibrarySystemTwin(manner: .plain), on: bench)
            }
        )
    }

    /// Runs pad, security and library system while `body` uses them, from when the pad has looked around.
    func running(_ body: @Sendable () async throws -> Void) async throws {
        let link = try #require(service.desk.circulation)
        let (security, stations) = (service.desk.security, service.desk.stations)
        try await service.running {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await link.run() }
                group.addTask { await security.run(on: stations) }
                defer { group.cancelAll() }
                try await link.ping()
                try await waited { try await !view().items.isEmpty }
                try await body()
            }
        }
    }

    func view() async throws -> KioskView { try await service.send(.get, "/v1/kiosks/pad-1").value() }

    func welcome(_ patron: String, _ password: String? = nil) async throws -> KioskWelcome.Outcome {
        let card = KioskCard(patron: patron, password: password)
        return try await service.send(.post, "/v1/kiosks/pad-1/patron", card).value(KioskWelcome.self).outcome
    }

    func checkOut(_ barcode: String, _ patron: String, _ password: String? = nil) async throws -> LoanResult {
        let request = CheckoutRequest(barcode: barcode, patron: patron, password: password)
        return try await service.send(.post, "/v1/kiosks/pad-1/checkout", request).value()
    }
}

@Suite struct KioskRoutesTests {
    @Test func `a card is received, the item on the pad lent and taken back, and tags follow`() async throws {
        let kiosk = try Kiosk()
        try await kiosk.running {
            let view = try await kiosk.view()
            #expect(view.library == "Central Library" && view.isReady && !view.asksPassword)
            #expect(view.items == [KioskItem(barcode: "3011", title: "Title 1", parts: 1, missing: [])])
            #expect(try await kiosk.welcome("P0001") == .welcome)
            #expect(try await kiosk.welcome("P0001", "1234") == .welcome)
            #expect(try await kiosk.welcome("P0001", "4321") == .wrongPassword)
            #expect(try await kiosk.welcome("P0002") == .blocked)
            #expect(try await kiosk.welcome("P0003") == .unknown)
            let lent = try await kiosk.checkOut("3011", "P0001")
            #expect(lent.outcome == .done && lent.due != nil)
            let back: LoanResult =
                try await kiosk.service.send(.post, "/v1/kiosks/pad-1/checkin", CheckinRequest(barcode: "3011")).value()
            #expect(back.outcome == .done)
        }
    }

    @Test func `of a pad whose reader is away nobody says what lies on it`() async throws {
        let kiosk = try Kiosk()
        // Until something lies there.
        try await kiosk.running {}
        let view = try await kiosk.view()
        #expect(!view.isReady && view.items.isEmpty)
    }

    @Test func `where a password is asked for nothing is lent without the right one`() async throws {
        let kiosk = try Kiosk(asksPassword: true)
        try await kiosk.running {
            let view = try await kiosk.view()
            #expect(view.asksPassword)
            let welcome = try await kiosk.welcome("P0001")
            #expect(welcome == .wrongPassword)
            let without = try await kiosk.checkOut("3011", "P0001")
            let wrong = try await kiosk.checkOut("3011", "P0001", "4321")
            #expect(without.outcome == .refused && wrong.outcome == .refused)
            let borrower = await kiosk.bench.records.items["3011"]?.borrower
            #expect(borrower == nil)
            let right = try await kiosk.checkOut("3011", "P0001", "1234")
            #expect(right.outcome == .done)
        }
    }

    @Test func `a kiosk gets round the password by no other route`() async throws {
        let kiosk = try Kiosk(asksPassword: true)
        let made = try kiosk.service.desk.access.create(
            "kiosk-1",
            role: .kiosk,
            scope: AccessScope(readers: ["pad-1"]),
            for: nil
        )
        let token = try #require(made).secret
        try await kiosk.running {
            let body = #"{"barcode":"3011","patron":"P0001"}"#
            for order in ["checkout", "checkin"] {
                let response = try await kiosk.service.send(
                    .post,
                    "/v1/readers/pad-1/\(order)",
                    headers: [.contentType: "application/json", .authorization: "Bearer \(token)"],
                    bytes: ByteBuffer(string: body)
                )
                #expect(response.status == .forbidden, "\(order)")
            }
            let borrower = await kiosk.bench.records.items["3011"]?.borrower
            #expect(borrower == nil)
        }
    }

    @Test func `what the holdings do not know is lent only when the library system knows it`() async throws {
        let kiosk = try Kiosk()
        try await kiosk.running {
            let unknown = try await kiosk.checkOut("9999", "P0001")
            #expect(unknown.outcome == .refused && unknown.reason.contains("not on the pad"))
        }
    }

    @Test func `a kiosk needs a library system, a pad and a card`() async throws {
        let without = try await TestService().send(.get, "/v1/kiosks/pad-1")
        #expect(without.status == .conflict)
        let kiosk = try Kiosk()
        #expect(try await kiosk.service.send(.get, "/v1/kiosks/pad-9").status == .notFound)
        let empty = KioskCard(patron: "")
        let response = try await kiosk.service.send(.post, "/v1/kiosks/pad-1/patron", empty)
        #expect(response.status == .badRequest)
        let long = KioskCard(patron: "P0001" + String(repeating: "1", count: 200))
        let problem = try await kiosk.service.send(.post, "/v1/kiosks/pad-1/patron", long).value(Problem.self)
        #expect(problem.status == 400 && !problem.detail.contains("P0001"))
    }

    @Test(arguments: ["/kiosk", "/kiosk.js", "/kiosk.css", "/kiosk-words.js"])
    func `the page and its files are served`(_ path: String) async throws {
        let response = try await TestService().send(.get, path)
        #expect(response.status == .ok && String(buffer: response.body).count > 500)
    }
}
