import API
import Hummingbird
import Operations

/// Loans and returns of items on a pad.
struct LoanRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.post("/v1/readers/:name/checkout") { request, context in
            let wanted: API.CheckoutRequest = try await request.json()
            try Self.check(wanted.barcode, "barcode")
            let borrower = try Borrower(patron: wanted.patron, password: wanted.password)
            return try Response.json(
                LoanResult(
                    try await loans().checkOut(
                        wanted.barcode,
                        for: borrower,
                        on: try desk.station(try context.word("name"))
                    )
                )
            )
        }
        router.post("/v1/readers/:name/checkin") { request, context in
            let wanted: API.CheckinRequest = try await request.json()
            try Self.check(wanted.barcode, "barcode")
            return try Response.json(
                LoanResult(
                    try await loans().checkIn(wanted.barcode, on: try desk.station(try context.word("name")))
                )
            )
        }
    }

    /// Never repeats the text: it may be a patron's.
    static func check(_ text: String, _ field: String) throws {
        guard !text.isEmpty, text.utf8.count <= 200 else {
            throw Problem.invalid(field, found: "\(text.utf8.count) bytes", wanted: "1 to 200")
        }
    }

    private func loans() throws -> CirculationDesk {
        guard let loans = desk.loans else { throw Problem.noLibrarySystem }
        return loans
    }
}

extension Borrower {
    /// Who is named in a request; an empty password is none. Never repeats the text: it is a patron's.
    init(patron: String, password: String?) throws {
        try LoanRoutes.check(patron, "patron")
        let password = password.flatMap { $0.isEmpty ? nil : $0 }
        if let password { try LoanRoutes.check(password, "password") }
        self.init(identifier: patron, password: password)
    }
}
