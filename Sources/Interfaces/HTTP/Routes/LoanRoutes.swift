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
            try Self.check(wanted.patron, "patron")
            return try Response.json(
                LoanResult(
                    try await loans().checkOut(
                        wanted.barcode,
                        for: Borrower(identifier: wanted.patron, password: wanted.password),
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
