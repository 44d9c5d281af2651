import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Library
import Operations
import Tags
import Testing

@testable import Interfaces

private let date = Date(timeIntervalSince1970: 1_795_000_000)

private func page(in tongue: ReportTongue = .en, _ change: (inout PrivacyFacts) -> Void = { _ in }) -> String {
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
    return PrivacyDossier(facts, at: date, in: tongue).html
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

@Test func `the dossier and its sign speak German where that is wanted`() {
    let page = page(in: .de) {
        $0.elements.append(.title)
        $0.isLoopback = false
        $0.showsCards = true
        $0.kiosks = ["kiosk-1 at 192.0.2.4:6001"]
        $0.recipients = [
            .init(name: "desk: mail to a@library.example", what: "alarm, by device and number, without item or person"),
            .init(name: "https://koha.example", what: "what lies on pad-1"),
        ]
    }
    for wanted in [
        "<html lang=\"de\">", "RFID in Main &amp; &lt;Branch&gt;", "Hier wird RFID eingesetzt", "am Ausgang zu sichern",
        "500 mW, nach der Konfiguration", "14 Tage, dann mit dem Schlüssel vergessen", "dem AFI, 07 in der Bibliothek",
        "desk: E-Mail an a@library.example", "alarm, nach Gerät und Anzahl", "was auf pad-1 liegt",
        "kiosk-1 bei 192.0.2.4:6001", "<span class=\"open\">Anschrift, Telefon, E-Mail</span>", "Art. 35 (7) d",
        "<span class=\"open\">Der Titel steht auf den Etiketten",
    ] {
        #expect(page.contains(wanted), "\(wanted)")
    }
    for english in [" the ", " is ", " and ", "«", "»", "{1}"] { #expect(!page.contains(english), "\(english)") }
}

@Test func `every word of the dossier is in both languages, once, with the same gaps and open lines`() {
    let tables = [PackageResources.dossier_en_js, PackageResources.dossier_de_js].map { WordTable("say", in: $0).rows }
    #expect(tables[0].count > 100 && Set(tables[0].map(\.name)).count == tables[0].count)
    #expect(tables[0].map(\.name) == tables[1].map(\.name))
    let marks = tables.map { rows in
        rows.map { row in row.text.matches(of: /\{\d\}|«|»/).map { String($0.output) }.sorted() }
    }
    #expect(marks[0] == marks[1])
    // A word that nothing says, or that lacks, shows as its name.
    var facts = PrivacyFacts(library: "L", librarySystem: "ils.example:6001", kiosks: ["k at h:1"], showsCards: true)
    facts.recipients = [PrivacyFacts.Recipient(name: "n", what: "w")]
    facts.devices = StationRole.allCases.map { role in
        let power: Int? = role == .pad ? 500 : nil
        return PrivacyFacts.Device(name: "reader", role: role, driver: "feig", place: "usb", milliwatts: power)
    }
    var said = ""
    for mechanism in SecurityMechanism.allCases {
        facts.mechanism = mechanism
        facts.isLoopback = mechanism == .eas
        facts.elements = mechanism == .eas ? [] : [.title]
        facts.institutions = mechanism == .eas ? [] : ["DK-1"]
        said += PrivacyDossier(facts, at: date).html
    }
    facts.devices = []
    said += PrivacyDossier(facts, at: date).html
    let lacking = tables[0].filter { row in
        let parts = row.text.split { "{}1234567890«»".contains($0) }
        return !parts.allSatisfy { said.contains(Markup.escaped(String($0))) }
    }
    #expect(lacking.map(\.name) == [])
    #expect(said.matches(of: />[a-z]+[A-Z]\w+</).map { String($0.output) } == [])
}

@Test func `the dossier is served as a page that fetches nothing`() async throws {
    var service = try TestService()
    service.desk.privacy = { PrivacyFacts(library: "Central Library") }
    let response = try await service.send(.get, "/v1/privacy")
    #expect(response.status == .ok)
    #expect(String(buffer: response.body).contains("RFID at Central Library"))
    let policy = response.headers.first { $0.name.canonicalName == "content-security-policy" }?.value
    #expect(policy?.hasPrefix("default-src 'none'") == true)
    let german = try await service.send(.get, "/v1/privacy?lang=de")
    #expect(String(buffer: german.body).contains("RFID in Central Library"))
    #expect(german.headers[.contentLanguage] == "de" && response.headers[.contentLanguage] == "en")
    #expect(try await service.send(.get, "/v1/privacy?lang=xx").status == .badRequest)
}
