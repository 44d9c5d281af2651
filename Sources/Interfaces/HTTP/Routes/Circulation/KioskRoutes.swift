import API
import Hummingbird
import Operations

/// Self-checkout beside a pad: what lies there, whether a card may borrow, loans and returns.
struct KioskRoutes {
    let desk: ServiceDesk
    let library: String

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/kiosks/:name") { _, context in
            try Response.json(await view(of: try context.word("name")))
        }
        router.post("/v1/kiosks/:name/patron") { request, context in
            let card: KioskCard = try await request.json()
            let borrower = try Borrower(patron: card.patron, password: card.password)
            _ = try pad(try context.word("name"))
            return try Response.json(KioskWelcome(try await kiosk().welcome(borrower)))
        }
        router.post("/v1/kiosks/:name/checkout") { request, context in
            let wanted: API.CheckoutRequest = try await request.json()
            try LoanRoutes.check(wanted.barcode, "barcode")
            let borrower = try Borrower(patron: wanted.patron, password: wanted.password)
            let station = try pad(try context.word("name"))
            return try Response.json(LoanResult(try await kiosk().checkOut(wanted.barcode, for: borrower, on: station)))
        }
        router.post("/v1/kiosks/:name/checkin") { request, context in
            let wanted: API.CheckinRequest = try await request.json()
            try LoanRoutes.check(wanted.barcode, "barcode")
            let station = try pad(try context.word("name"))
            return try Response.json(LoanResult(try await kiosk().checkIn(wanted.barcode, on: station)))
        }
    }

    private func view(of name: String) async throws -> KioskView {
        let station = try pad(name)
        let kiosk = try kiosk()
        let trouble = await kiosk.trouble(on: station)
        return KioskView(
            library: library,
            reader: name,
            isReady: trouble == nil,
            cause: trouble,
            asksPassword: kiosk.asksPassword,
            items: try await kiosk.items(on: station).map(KioskItem.init)
        )
    }

    private func kiosk() throws -> KioskDesk {
        guard let kiosk = desk.kiosk else { throw Problem.noLibrarySystem }
        return kiosk
    }

    /// Only a pad can be a kiosk's.
    private func pad(_ name: String) throws -> Station {
        let station = try desk.station(name)
        guard station.setup.role == .pad else {
            throw Problem.invalid("reader", found: "a \(station.setup.role.rawValue)", wanted: "a pad")
        }
        return station
    }
}

extension KioskWelcome {
    fileprivate init(_ welcome: KioskDesk.Welcome) {
        let outcome: Outcome =
            switch welcome.end {
            case .welcome: .welcome
            case .unknown: .unknown
            case .wrongPassword: .wrongPassword
            case .blocked: .blocked
            }
        self.init(outcome: outcome, messages: welcome.messages)
    }
}

extension KioskItem {
    fileprivate init(_ item: KioskDesk.Lying) {
        self.init(barcode: item.barcode, title: item.title, parts: item.parts, missing: item.missing)
    }
}
