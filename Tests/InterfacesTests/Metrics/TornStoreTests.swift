import API
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import Operations
import Store
import Testing

@testable import Interfaces

@Test func `a torn database is told to monitoring, in the status and by the doctor`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pressmark-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
        let work = try Store.open(folder: folder.path).beginImport(profile: "koha", source: "x", at: TestService.start)
        for number in 0..<2000 { try work.add(Item(barcode: "3\(number)", title: "Title"), line: number + 2) }
        _ = try work.commit(at: TestService.start)
    }
    let file = folder.appending(path: "holdings-1.sqlite")
    var torn = try Data(contentsOf: file)
    // The schema stands in the first pages and stays whole.
    torn.replaceSubrange(torn.count / 2..<torn.count, with: Data(repeating: 0xFF, count: torn.count - torn.count / 2))
    try torn.write(to: file)
    var service = try TestService(items: [])
    service.desk = try ServiceDesk(
        store: Store.open(folder: folder.path),
        time: service.desk.time,
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: SecurityPolicy(ownInstitutions: ["DK-718500"])),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 2
        ),
        readers: [],
        logger: TestService.logger
    )
    try? await service.desk.backups.quickCheck()

    let ready = try await service.send(.get, "/health/ready")
    #expect(ready.status == .ok)
    let part = try ready.value(Health.self).parts.first { $0.name == "store" }
    #expect(part?.status == .degraded && part?.detail.hasPrefix("database: damaged: holdings: ") == true)
    let status: Status = try await service.send(.get, "/v1/status").value()
    #expect(status.store.damage == part?.detail && status.store.hint?.contains("backup") == true)
    let report: DoctorReport = try await service.send(.get, "/v1/doctor").value()
    let finding = report.findings.first { $0.kind == "database-torn" }
    #expect(finding?.severity == .failure && finding?.cause == part?.detail)
}
