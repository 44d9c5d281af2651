import Testing

@testable import Daemon

private let pads = """
    [[reader]]
    name = "pad-1"
    role = "pad"
    driver = "feig"
    serial = "/dev/ttyUSB0"
    [[reader]]
    name = "pad-2"
    role = "pad"
    driver = "feig"
    tcp = "192.168.10.10:10001"

    """

private func parse(_ text: String) throws(ConfigurationError) -> [Configuration.Dialect] {
    try ConfigurationFile.parse(pads + text, file: "pressmark.toml").dialects
}

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: pads + text).map(\.what)
}

@Test func `the first dialect is spoken unless it is turned off, to no page that is not named`() throws {
    #expect(try parse("") == [.standard])
    #expect(Configuration.Dialect.standard.name == "bibliotheca" && Configuration.Dialect.standard.port == 21645)
    #expect(Configuration.Dialect.standard.origins == [] && !Configuration.Dialect.standard.writesTags)
    #expect(try parse("[[dialect]]\nname = \"bibliotheca\"\nenabled = false") == [])
    #expect(try parse("[[dialect]]\nname = \"circit\"").map(\.name) == ["bibliotheca", "circit"])
}

@Test func `each dialect listens where its clients look, CircIT where the tests of the Koha plugin do`() throws {
    let all = "[[dialect]]\nname = \"mksolutions\"\n[[dialect]]\nname = \"circit\""
    #expect(try parse(all).map(\.port) == [21645, 4039, 8090])
}

@Test func `everything about a dialect can be set`() throws {
    let text = """
        [[dialect]]
        name = "mksolutions"
        port = 4040
        reader = "pad-2"
        origins = ["https://koha.example.org", "http://localhost:8081/"]
        writes-tags = true
        patron-cards = true
        """
    let wanted = Configuration.Dialect(
        name: "mksolutions",
        port: 4040,
        reader: "pad-2",
        origins: ["https://koha.example.org", "http://localhost:8081/"],
        writesTags: true,
        showsCards: true
    )
    #expect(try parse(text) == [.standard, wanted])
}

@Test(arguments: [
    ("name = \"nedap\"", "dialect[0].name"),
    ("name = \"circit\"\norigins = [\"*\"]", "dialect[0].origins"),
    ("name = \"circit\"\norigins = [\"https://*.example.org\"]", "dialect[0].origins"),
    ("name = \"circit\"\norigins = [\"https://koha.example.org/cgi-bin\"]", "dialect[0].origins"),
    ("name = \"circit\"\nreader = \"gate-1\"", "dialect[0].reader"),
    ("name = \"circit\"\nport = 0", "dialect[0].port"),
    ("name = \"circit\"\n[[dialect]]\nname = \"circit\"\nport = 81", "dialect[1].name"),
    ("name = \"circit\"\nport = 80\n[[dialect]]\nname = \"mksolutions\"\nport = 80", "dialect[1].port"),
])
func `a mistake in a dialect is named`(_ text: String, _ place: String) {
    #expect(mistakes("[[dialect]]\n" + text) == [place])
}
