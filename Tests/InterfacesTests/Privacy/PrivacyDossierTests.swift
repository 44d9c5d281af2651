import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Tags
import Testing

@testable import Interfaces

private let date = Date(timeIntervalSince1970: 1_795_000_000)

private func page(_ change: (inout PrivacyFacts) -> Void = { _ in }) -> String {
    var facts = PrivacyFacts(
        library: "Main & <Branch>",
        institutions: ["DK-718500"],
        devices: [
            .init(name: "pad-1", role: .pad, driver: "feig", place: "serial /dev/ttyUSB0", milliwatts: 500),
            .init(name: "gate-1", role: .gate, driver: "feig", place: "tcp 192.0.2.1:10001", milliwatts: nil),
        ],
        elements: [.ownerInstitution, .setInformation],
        gateDays: 14
    )
    change(&facts)
    return PrivacyDossier(facts, at: date).html
}

@Test func `the dossier says what is read, kept and for how long, from the configuration`() {
    let page = page()
    for wanted in [
        "Main &amp; &lt;Branch&gt;", "DK-718500", "500 mW, as the configuration says",
        "not stated; it stands in the reader", "14 days", "2026-11-18",
        "Audit log", "the AFI, 07 in the library and C2 on loan",
        "ownerInstitution", "RFID is used here", "EN 16571", "art. 35 (7) d", "protect them at the exit",
    ] {
        #expect(page.contains(wanted), "\(wanted)")
    }
    #expect(!page.contains("<Branch>") && !page.contains("http://") && !page.contains("<script"))
}

@Test func `what needs a reason is marked`() {
    #expect(!page().contains("The title is written on tags"))
    #expect(page { $0.elements.append(.title) }.contains("The title is written on tags"))
    #expect(page { $0.isLoopback = false }.contains("reachable from the network: say who may"))
    #expect(page { $0.showsCards = true }.contains("the number on a patron card that lies on the pad"))
    #expect(page { $0.devices = [] }.contains("No reader is configured"))
}

@Test func `the dossier is served as a page that fetches nothing`() async throws {
    var service = try TestService()
    service.desk.privacy = { PrivacyFacts(library: "Central Library") }
    let response = try await service.send(.get, "/v1/privacy")
    #expect(response.status == .ok)
    #expect(String(buffer: response.body).contains("RFID at Central Library"))
    let policy = response.headers.first { $0.name.canonicalName == "content-security-policy" }?.value
    #expect(policy?.hasPrefix("default-src 'none'") == true)
}
