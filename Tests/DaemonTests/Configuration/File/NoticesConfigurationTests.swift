import Library
import Testing

@testable import Daemon

private func parse(_ text: String) throws(ConfigurationError) -> Configuration {
    try ConfigurationFile.parse(text, file: "pressmark.toml")
}

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: text).map(\.what)
}

@Test func `each way of a notice can be set with its rules`() throws {
    let notices = try parse(
        """
        [[notice]]
        name = "chat"
        channel = "webhook"
        url = "https://hooks.example.org/x"
        format = "slack"
        language = "de"
        events = ["alarm", "trouble"]
        level = "failure"
        per-hour = 5
        repeat-minutes = 10
        quiet-hours = "22-7"
        [[notice]]
        name = "mail"
        channel = "mail"
        from = "rfid@lib.example"
        to = ["desk@lib.example"]
        daily = 8
        weekly = "friday"
        [[notice]]
        name = "journal"
        channel = "journal"
        [[notice]]
        name = "home"
        channel = "mqtt"
        broker = "mqtt.example.org"
        topic = "pressmark/main"
        home-assistant = "homeassistant"
        """
    ).notices
    try #require(notices.map(\.name) == ["chat", "mail", "journal", "home"])
    #expect(notices.map { "\($0.language)" } == ["de", "en", "en", "en"])
    let rules = notices[0].rules
    #expect(rules.events == [.alarm, .trouble] && rules.level == .failure && rules.perHour == 5)
    #expect(rules.pause == .seconds(600) && rules.quietHours == NoticeRules.HourSpan(from: 22, to: 7))
    #expect(notices[1].rules.dailyAt == 8 && notices[1].rules.weeklyOn == .friday)
    guard case .mqtt(let broker) = notices[3].way else { throw ConfigurationError(file: "", mistakes: []) }
    #expect(broker.host == "mqtt.example.org" && broker.port == 1883 && broker.discovery == "homeassistant")
}

@Test func `a language is for what people read, and one that there is`() {
    let mail = "[[notice]]\nname = \"a\"\nchannel = \"mail\"\nfrom = \"a@b.example\"\nto = [\"c@d.example\"]\n"
    #expect(mistakes(mail + "language = \"de\"") == [])
    #expect(mistakes(mail + "language = \"tlh\"").count == 1)
    #expect(mistakes("[[notice]]\nname = \"a\"\nchannel = \"journal\"\nlanguage = \"de\"").count == 1)
}

@Test func `quiet hours from 0 to 24 hold back everything but failures at every hour, as a gate's do`() throws {
    let text = "[[notice]]\nname = \"a\"\nchannel = \"journal\"\nquiet-hours = \"0-24\""
    let rules = try #require(try parse(text).notices.first).rules
    for hour in 0..<24 {
        var governor = NoticeGovernor(rules)
        let now = Moment(milliseconds: 1_767_348_000_000)
        let slip = Notice(.security, .warning, subject: "pad-1", text: "an item is not armed", at: now)
        let failure = Notice(.trouble, .failure, subject: "gate-1", text: "dead", at: now)
        #expect(governor.take(slip, at: now, hour: hour) == [])
        #expect(governor.take(failure, at: now, hour: hour) == [failure])
    }
}

@Test(arguments: [
    ("name = \"a\"\nchannel = \"pigeon\"", "notice[0].channel"),
    ("name = \"a\"\nchannel = \"webhook\"\nurl = \"hooks\"", "notice[0].url"),
    ("name = \"a\"\nchannel = \"webhook\"\nurl = \"https://x.example:70000/y\"", "notice[0].url"),
    ("name = \"a\"\nchannel = \"webhook\"\nurl = \"https://x.example\"\nformat = \"matrix\"", "notice[0].secret-file"),
    ("name = \"a\"\nchannel = \"mail\"\nfrom = \"a@b\"\nto = [\"-oQ/tmp@evil\"]", "notice[0].to"),
    ("name = \"a\"\nchannel = \"mail\"\nfrom = \"a@b\"\nto = [\"a@b,c@d\"]", "notice[0].to"),
    ("name = \"a\"\nchannel = \"journal\"\nquiet-hours = \"late\"", "notice[0].quiet-hours"),
    ("name = \"a\"\nchannel = \"journal\"\nurl = \"https://x\"", "notice[0].url"),
    ("name = \"a\"\nchannel = \"mqtt\"\nbroker = \"b\"\ntopic = \"a/#\"", "notice[0].topic"),
])
func `a mistake in a notice is named`(_ text: String, _ place: String) {
    #expect(mistakes("[[notice]]\n" + text) == [place])
}
