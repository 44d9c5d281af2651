import API
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Testing

@testable import Interfaces

@Test func `the doctor tells of the daemon's own machine and service`() async throws {
    var service = try TestService(items: [])
    service.desk.surroundings = {
        var surroundings = Surroundings()
        (surroundings.freeBytes, surroundings.totalBytes) = (1 << 20, 10 << 30)
        return surroundings
    }
    let settled = service
    try await settled.running {
        let report: DoctorReport = try await settled.send(.get, "/v1/doctor").value()
        #expect(report.findings.map(\.kind) == ["disk-full", "no-holdings"])
        #expect(report.findings.first?.severity == .failure)
        #expect(report.checked.contains { $0.hasPrefix("1 readers") })
    }
}
