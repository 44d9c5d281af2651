import Importers
import Testing

@testable import Daemon

struct WriteBackConfigurationTests {
    private static func read(_ text: String) throws(ConfigurationError) -> [Configuration.WriteBack] {
        try ConfigurationFile.parse(text, file: "test").writeBacks
    }

    private static let koha = """
        [[write-back]]
        name = "koha"
        system = "koha"
        url = "https://koha.example.org/"
        credentials = "/etc/pressmark/koha.toml"
        """

    private static let folio = """
        [[write-back]]
        name = "folio"
        system = "folio"
        url = "https://folio.example.org"
        tenant = "diku"
        service-point = "3a40852d-49fd-4df2-a1f9-6e2641a6e91f"
        credential = "folio"
        per-minute = 60
        """

    @Test func `nothing is told unless a site sets it up`() throws {
        #expect(try Self.read("").isEmpty)
    }

    @Test func `a site says which systems may be told, and how fast`() throws {
        let targets = try Self.read(Self.koha + "\n" + Self.folio)
        try #require(targets.map(\.name) == ["koha", "folio"])
        #expect(targets[0].address == "https://koha.example.org" && targets[0].pause == .milliseconds(200))
        #expect(targets[0].credentials == .path("/etc/pressmark/koha.toml"))
        #expect(targets[1].target.servicePoint == "3a40852d-49fd-4df2-a1f9-6e2641a6e91f")
        #expect(targets[1].pause == .seconds(1) && targets[1].credentials == .systemd("folio"))
    }

    @Test(arguments: [
        koha + "\n" + koha,
        koha.replacing("https", with: "http"),
        koha.replacing("koha.example.org", with: "koha.example.org:70000"),
        koha.replacing("https://", with: "https://user:secret@"),
        koha.replacing("credentials", with: "password"),
        folio.replacing("3a40852d-", with: ""),
        folio.replacing("tenant = \"diku\"", with: ""),
        folio.replacing("per-minute = 60", with: "per-minute = 0"),
    ])
    func `a mistake is told, and no secret with it`(_ text: String) {
        let error = #expect(throws: ConfigurationError.self) { try Self.read(text) }
        #expect(error.map { "\($0)".contains("user:secret") } == false)
    }
}
