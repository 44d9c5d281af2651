import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Interfaces

private let range = SweepRequest(branch: nil, location: "REF", from: "QA 76", to: "QA 77", scheme: nil)

@Suite struct SweepRoutesTests {
    @Test func `a sweep expects what stands between its call numbers`() async throws {
        let service = try TestService()
        let response = try await service.send(.post, "/v1/sweeps", range)
        #expect(response.status == .created)
        let sweep: SweepSummary = try response.value()
        #expect(sweep.state == .running)
        #expect(sweep.scope == "REF, QA 76 to QA 77")
        #expect(sweep.expected == 3)
        #expect(sweep.seen == 0)
        #expect(sweep.judgedBy?.snapshot == 1 && sweep.judgedBy?.isKept == false)
        #expect(sweep.strip.map(\.from) == ["QA 76", "QA 76.5", "QA 77"])
        #expect(sweep.strip.allSatisfy { $0.missing == nil && $0.misplaced == nil })
        let list: [SweepSummary] = try await service.send(.get, "/v1/sweeps?limit=1").value()
        #expect(list == [sweep])
        #expect(try await service.send(.get, "/v1/sweeps/\(sweep.id)").value() == sweep)
    }

    @Test func `before the first sweep there is none`() async throws {
        let service = try TestService()
        #expect(try await service.send(.get, "/v1/sweeps").value([SweepSummary].self).isEmpty)
        #expect(try await service.send(.get, "/v1/sweeps/1").status == .notFound)
    }

    @Test func `a finished sweep names what was not heard, with reason and advice`() async throws {
        let service = try TestService()
        let sweep: SweepSummary = try await service.send(.post, "/v1/sweeps", range).value()
        let done: SweepSummary = try await service.send(.post, "/v1/sweeps/\(sweep.id)/finish").value()
        #expect(done.state == .finished)
        #expect(done.finishedAt != nil)
        #expect(done.judgedBy?.snapshot == 1 && done.judgedBy?.isKept == true)
        let findings: [Finding] = try await service.send(.get, "/v1/sweeps/\(sweep.id)/findings").value()
        #expect(findings.count == done.findings.values.reduce(0, +))
        #expect(Set(findings.compactMap(\.barcode)) == ["3011", "3012", "3013"])
        #expect(findings.allSatisfy { !$0.reason.isEmpty && !$0.advice.isEmpty })
        #expect(findings.allSatisfy { $0.evidence == nil })
    }

    @Test func `findings come as a spreadsheet too`() async throws {
        let service = try TestService()
        let sweep: SweepSummary = try await service.send(.post, "/v1/sweeps", range).value()
        _ = try await service.send(.post, "/v1/sweeps/\(sweep.id)/finish")
        let response = try await service.send(.get, "/v1/sweeps/\(sweep.id)/findings?format=csv")
        #expect(response.headers[.contentType] == "text/csv; charset=utf-8")
        let lines = String(buffer: response.body).split(separator: "\r\n")
        #expect(lines.count == 4)
        #expect(lines.first?.hasPrefix("kind,severity,barcode") == true)
    }

    @Test func `a second sweep is refused while one runs`() async throws {
        let service = try TestService()
        _ = try await service.send(.post, "/v1/sweeps", range)
        let response = try await service.send(.post, "/v1/sweeps", range)
        #expect(response.status == .conflict)
        #expect(try response.value(Problem.self).type == "sweep-running")
    }

    @Test func `a sweep is finished once`() async throws {
        let service = try TestService()
        let sweep: SweepSummary = try await service.send(.post, "/v1/sweeps", range).value()
        _ = try await service.send(.post, "/v1/sweeps/\(sweep.id)/finish")
        let again = try await service.send(.post, "/v1/sweeps/\(sweep.id)/finish")
        #expect(again.status == .conflict)
        #expect(try again.value(Problem.self).type == "no-sweep-running")
    }

    @Test(arguments: [
        (SweepRequest(branch: nil, location: "ATTIC", from: nil, to: nil, scheme: nil), 422, "scope-empty"),
        (SweepRequest(branch: nil, location: nil, from: "QA 76", to: nil, scheme: "colour"), 400, "invalid-request"),
        (SweepRequest(branch: nil, location: nil, from: "???", to: nil, scheme: "lcc"), 400, "unsortable-call-number"),
        (
            SweepRequest(branch: nil, location: nil, from: "QA 77", to: "QA 76", scheme: nil), 400,
            "unsortable-call-number"
        ),
    ])
    func `a scope that makes no sense is refused with a reason`(
        _ request: SweepRequest,
        _ status: Int,
        _ type: String
    ) async throws {
        let response = try await TestService().send(.post, "/v1/sweeps", request)
        #expect(response.status.code == status)
        let problem: Problem = try response.value()
        #expect(problem.type == type)
        #expect(problem.status == status)
    }

    @Test func `a range from behind to before says so, and not that it cannot be filed`() async throws {
        let range = SweepRequest(branch: nil, location: nil, from: "QA 77", to: "QA 76", scheme: nil)
        let problem: Problem = try await TestService().send(.post, "/v1/sweeps", range).value()
        #expect(problem.detail == "range: found its end \"QA 76\" before its beginning \"QA 77\"")
        #expect(problem.hint?.hasPrefix("give the two the other way round") == true)
    }

    @Test func `without holdings there is nothing to sweep`() async throws {
        let response = try await TestService(items: []).send(.post, "/v1/sweeps", range)
        #expect(response.status == .conflict)
        #expect(try response.value(Problem.self).type == "no-holdings")
    }

    @Test func `words left empty do not narrow the scope`() async throws {
        let request = SweepRequest(branch: "", location: "", from: "", to: "", scheme: "")
        let sweep: SweepSummary = try await TestService().send(.post, "/v1/sweeps", request).value()
        #expect(sweep.scope == "everything")
        #expect(sweep.expected == 5)
    }

    @Test(arguments: ["x", "-1", "0", "99999999999999999999", "1%2F..%2F2"])
    func `a number that is no sweep's is not found`(_ id: String) async throws {
        #expect(try await TestService().send(.get, "/v1/sweeps/\(id)/findings").status == .notFound)
    }
}
