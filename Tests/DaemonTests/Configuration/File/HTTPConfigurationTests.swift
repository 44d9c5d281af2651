import Library
import Testing

@testable import Daemon

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: text).map(\.description)
}

@Suite struct HTTPConfigurationTests {
    @Test func `left out, the page is on the loopback address and this machine may do everything`() throws {
        let http = try ConfigurationFile.parse("", file: "pressmark.toml").http
        #expect(http.address == "127.0.0.1")
        #expect(http.loopback == .admin)
    }

    @Test(arguments: [("nobody", nil), ("desk", .desk), ("admin", .admin)] as [(String, AccessRole?)])
    func `who may do what from this machine is the site's choice`(_ word: String, _ role: AccessRole?) throws {
        let http = try ConfigurationFile.parse("[http]\nloopback = \"\(word)\"", file: "pressmark.toml").http
        #expect(http.loopback == role)
    }

    @Test(arguments: ["0.0.0.0", "192.168.1.2", "::", "desk.example"])
    func `a line that is not encrypted is served to this machine alone`(_ address: String) {
        let found = mistakes("[http]\naddress = \"\(address)\"")
        #expect(found.count == 1)
        #expect(found.first?.contains("wanted a loopback address") == true)
    }
}
