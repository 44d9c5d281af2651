import API
import Library
import NIOHTTP1
import Operations
import Readers
import Store
import Testing

@testable import Interfaces

@Suite struct ProblemTests {
    @Test(
        arguments: [
            (SweepRefusal.noHoldings, 409), (SweepRefusal.unknown(7), 404), (ImportFailure.busy, 409),
            (StationError.busy(name: "pad-1"), 503),
            (StationError.reader(name: "pad-1", .noReply(command: "inventory")), 502),
            (StoreError.full, 503),
        ] as [(any Error & Sendable, Int)]
    )
    func `a refusal of the service keeps its words and its hint`(_ error: any Error & Sendable, _ status: Int) {
        let problem = Problem(error, path: "/v1")
        #expect(problem.status == status)
        #expect(problem.detail == "\(error)")
        #expect(problem.hint?.isEmpty == false)
    }

    @Test(arguments: [HTTPParserError.invalidEOFState, .invalidChunkSize, .headerOverflow])
    func `a body that breaks off is no fault of the daemon's`(_ error: HTTPParserError) {
        let problem = Problem(error, path: "/v1/restore")
        #expect(problem.status == 400 && problem.detail.hasPrefix("body: "))
    }

    @Test func `an error nobody foresaw tells nothing of the inside`() {
        struct Inside: Error { let secret = "path" }
        #expect(Problem(Inside(), path: "/v1") == .internal)
    }
}
