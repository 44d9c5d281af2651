import API
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Interfaces

@Suite struct ReaderRoutesTests {
    @Test func `readers are listed with what they can do`() async throws {
        let service = try TestService()
        let readers: [ReaderStatus] = try await service.running { try await service.send(.get, "/v1/readers").value() }
        let pad = try #require(readers.first)
        #expect(pad.state == .online)
        #expect(pad.abilities?.contains("writeAFI") == true)
        let stopped: [ReaderStatus] = try await TestService().send(.get, "/v1/readers").value()
        #expect(stopped.first?.abilities == nil)
    }

    @Test func `a probe tells of the configured readers and opens nothing else`() async throws {
        let results: [ProbeResult] = try await TestService().send(.post, "/v1/readers/probe").value()
        #expect(results.map(\.state) == [.configured])
        #expect(results.first?.detail == "reader pad-1, connecting")
    }

    @Test func `a reader is tried with one item, there and back`() async throws {
        let service = try TestService(onPad: [TestService.tag("3011")])
        let path = "/v1/readers/pad-1/test"
        let result: ReaderTestResult = try await service.running {
            try await service.send(.post, path, ReaderTestRequest(write: true)).value()
        }
        #expect(result.steps.map(\.name) == ["identify", "inventory", "read", "write"])
        #expect(result.steps.map(\.outcome) == ["passed", "passed", "passed", "passed"], "\(result.steps)")
        // Nothing that stands on the tag.
        #expect(!result.steps.contains { $0.detail.contains("3011") || $0.detail.contains("E004") })
        let reading: ReaderTestResult = try await service.running {
            try await service.send(.post, path, ReaderTestRequest(write: false)).value()
        }
        #expect(reading.steps.last?.outcome == "skipped")
    }

    @Test func `a reader with nothing or too much on it is told so, and nothing is written`() async throws {
        let empty = try TestService()
        let nothing: ReaderTestResult = try await empty.running {
            try await empty.send(.post, "/v1/readers/pad-1/test", ReaderTestRequest(write: true)).value()
        }
        #expect(nothing.steps.map(\.outcome) == ["passed", "failed", "skipped"])
        let two = try TestService(onPad: [TestService.tag("3011"), TestService.tag("3012", serial: 2)])
        let many: ReaderTestResult = try await two.running {
            try await two.send(.post, "/v1/readers/pad-1/test", ReaderTestRequest(write: true)).value()
        }
        try #require(many.steps.count > 1)
        #expect(many.steps[1].detail.hasPrefix("found 2 tags"))
    }

    @Test func `a recording begins with its driver; its length is bounded`() async throws {
        let service = try TestService()
        let path = "/v1/readers/pad-1/recording"
        let recording: Recording = try await service.running {
            try await service.send(.post, path, RecordingRequest(seconds: 1)).value()
        }
        #expect(recording.transcript.hasPrefix("# driver feig\n"))
        for seconds in [0, 241, -1] {
            let refused = try await service.send(.post, path, RecordingRequest(seconds: seconds))
            #expect(refused.status == .badRequest)
        }
        let unknown = try await service.send(.post, "/v1/readers/pad-9/recording", RecordingRequest(seconds: 1))
        #expect(unknown.status == .notFound)
    }
}
