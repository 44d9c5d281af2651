import API
import Foundation
import HTTPTypes
import HummingbirdTesting
import Library
import Operations
import SIP2
import Store
import Testing
import Wire

@testable import Interfaces

/// A service with an emulated library system that knows one book.
private func service(_ bench: LibrarySystemBench = bench()) throws -> TestService {
    let settings = CirculationSettings(
        place: "ils:6001",
        dialect: .koha,
        account: SIP2Account(login: .init(user: Confidential("gate"), password: .empty), institution: "MAIN"),
        connections: 1
    )
    return try TestService(
        circulation: CirculationSetup(settings: settings) { () async throws(LinkError) -> any Link & ~Copyable in
            guard await bench.takesCalls() else { throw .absent(device: "ils:6001", hint: "is its SIP server running") }
            return LibrarySystemLink(LibrarySystemTwin(manner: .koha), on: bench)
        }
    )
}

private func bench() -> LibrarySystemBench {
    LibrarySystemBench(
        LibrarySystemRecords(
            items: ["3010": .init(title: "Title 0", callNumber: "QA 75", status: .charged, borrower: "P0001")]
        )
    )
}

@Suite struct LibrarySystemRoutesTests {
    @Test func `a service without a library system says how to get one`() async throws {
        let service = try TestService()
        let status: LibrarySystemStatus = try await service.send(.get, "/v1/ils").value()
        #expect(status.place == nil && status.state == .unasked)
        let problem = try await service.send(.post, "/v1/ils/ping").problem(.conflict)
        #expect(problem.type == "no-library-system" && problem.hint?.contains("docs/ils.md") == true)
    }

    @Test func `the system is asked, tells of an item, and what was said can be read without any patron`() async throws
    {
        let service = try service()
        let link = try #require(service.desk.circulation)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await link.run() }
            let status: LibrarySystemStatus = try await service.send(.post, "/v1/ils/ping").value()
            #expect(status.state == .online && status.system == "Koha" && status.place == "ils:6001")
            #expect(status.word?.timeout == 5 && status.word?.checkout == true && status.word?.offline == false)
            let item: LibrarySystemItem = try await service.send(.get, "/v1/ils/items/3010").value()
            #expect(item.status == "on loan" && item.title == "Title 0" && item.callNumber == "QA 75")
            let refused = try await service.send(.get, "/v1/ils/items/30%7CAB1").problem(.badRequest)
            #expect(refused.detail.contains("bar"))
            let lines = try await polled {
                try await service.send(.get, "/v1/ils/trace").value([LibrarySystemLine].self)
            } until: {
                $0.count >= 8
            }
            #expect(lines.contains { $0.isSent && $0.text.hasPrefix("17 item information") })
            #expect(!lines.contains { $0.text.contains("gate") || $0.text.contains("P0001") })
            group.cancelAll()
        }
    }

    @Test func `a system that is away is told with its cause and a hint`() async throws {
        let bench = bench()
        await bench.schedule([.refuse, .refuse, .refuse, .refuse])
        let service = try service(bench)
        let link = try #require(service.desk.circulation)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await link.run() }
            let problem = try await service.send(.post, "/v1/ils/ping").problem(.serviceUnavailable)
            #expect(problem.type == "library-system-away" && problem.hint == "is its SIP server running")
            group.cancelAll()
        }
        let status: LibrarySystemStatus = try await service.send(.get, "/v1/ils").value()
        #expect(status.state == .away && status.cause?.contains("ils:6001") == true)
    }

    @Test func `returns that wait are listed and settled by hand`() async throws {
        let service = try service()
        try service.desk.store.storeReturn(of: "3010", at: TestService.start)
        let waiting: [WaitingReturn] = try await service.send(.get, "/v1/ils/returns").value()
        #expect(waiting.map(\.barcode) == ["3010"])
        let left: [WaitingReturn] = try await service.send(.post, "/v1/ils/returns/1/settled").value()
        #expect(left.isEmpty)
        let problem = try await service.send(.post, "/v1/ils/returns/1/settled").problem(.notFound)
        #expect(problem.detail.contains("stored return 1"))
    }
}

extension TestResponse {
    /// The problem in an answer of this status.
    fileprivate func problem(_ status: HTTPResponse.Status) throws -> Problem {
        #expect(self.status == status)
        return try value()
    }
}
