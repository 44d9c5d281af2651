import API
import HTTPTypes
import HummingbirdTesting
import Operations
import Testing

@testable import Interfaces

@Suite struct LoanRoutesTests {
    @Test func `a loan at a pad takes no password that is too long, and says nothing of it`() async throws {
        let long = CheckoutRequest(
            barcode: "3011",
            patron: "P0001",
            password: "4711" + String(repeating: "1", count: 197)
        )
        let response = try await TestService().send(.post, "/v1/readers/pad-1/checkout", long)
        #expect(response.status == .badRequest)
        let problem: Problem = try response.value()
        #expect(problem.detail.contains("201 bytes") && !problem.detail.contains("4711"))
    }

    @Test func `an empty password is none`() throws {
        #expect(try Borrower(patron: "P0001", password: "") == Borrower(identifier: "P0001"))
        #expect(try Borrower(patron: "P0001", password: "1") == Borrower(identifier: "P0001", password: "1"))
    }
}
