import Library
import LinuxIO
import Readers
import Testing

@testable import Daemon

private let gates = """
    [[reader]]
    name = "gate-1"
    role = "gate"
    driver = "feig"
    tcp = "192.168.10.10:10001"

    """

private func gate(_ text: String) throws -> GateConfiguration {
    try ConfigurationFile.parse(gates + text, file: "pressmark.toml").gate
}

private func mistakes(_ text: String) -> [String] {
    ConfigurationMistake.all(in: gates + text).map(\.description)
}

@Test func `quiet hours go over midnight, soft hours before them`() throws {
    let gate = try gate("[gate]\nsoft-hours = \"18-22\"\nquiet-hours = \"22-8\"\nkeep-days = 14\n")
    #expect(gate.hours[17] == .full && gate.hours[18] == .soft && gate.hours[21] == .soft)
    #expect(gate.hours[22] == .silent && gate.hours[0] == .silent && gate.hours[7] == .silent && gate.hours[8] == .full)
    #expect(gate.keepDays == 14)
}

@Test(arguments: ["8-8", "0-24"])
func `hours that silence the whole day need a name behind them`(_ hours: String) throws {
    let text = "[gate]\nquiet-hours = \"\(hours)\"\n"
    let wanted = "line 7: gate.quiet-hours: found every hour, wanted an hour that is not quiet"
    #expect(mistakes(text).map { $0.hasPrefix(wanted) } == [true])
    let confirmed = try gate(text + "silence-confirmed-by = \"A. Librarian\"\n")
    #expect(confirmed.hours.allSatisfy { $0 == .silent })
    #expect(mistakes("[gate]\nquiet-hours = \"8-7\"\n") == [])
}

@Test func `outputs stand on chips, on other chips, and on the reader itself`() throws {
    let gate = try gate(
        """
        [[output]]
        name = "lamp"
        chip = "cp210x"
        line = "GPIO3"
        drive = "open-drain"
        [[output]]
        name = "siren"
        gate = "gate-1"
        reader = "gate-1"
        reader-output = "relay"
        milliseconds = 1500
        [[input]]
        name = "fire"
        chip = "pinctrl-bcm2711"
        line = "GPIO17"
        active-low = true
        bias = "pull-up"
        debounce = 20
        """
    )
    let place = GPIOPlace(chip: "cp210x", line: .named("GPIO3"))
    try #require(gate.outputs.map(\.line) == ["lamp", "gate-1 siren"])
    #expect(gate.outputs[0].place == .chip(place, activeLow: false, drive: .openDrain))
    #expect(gate.outputs[1].place == .reader("gate-1", .relay) && gate.outputs[1].duration == .milliseconds(1500))
    let fire = gate.inputs.first?.line
    #expect(fire?.name == "fire" && fire?.activeLow == true && fire?.bias == .pullUp)
    #expect(fire?.debounce == .milliseconds(20))
}

@Test(
    arguments: [
        ("[gate]\nquiet-hours = \"night\"", "line 7: gate.quiet-hours: found \"night\", wanted from-to in whole hours"),
        ("[gate]\nkeep-days = 0", "line 7: gate.keep-days: found 0, wanted a whole number from 1 to 3650"),
        (
            "[[input]]\nname = \"smoke\"\nchip = \"a\"\nline = \"b\"",
            "line 7: input[0].name: found \"smoke\", wanted one of"
        ),
        ("[[output]]\nname = \"lamp\"\nline = \"b\"", "line 6: output[0].chip: found nothing, wanted the chip's label"),
        (
            "[[output]]\nname = \"lamp\"\nreader = \"gate-1\"\nreader-output = \"horn\"",
            "line 9: output[0].reader-output: found \"horn\", wanted one of \"relay\""
        ),
        ("[[output]]\nname = \"a\"\ngate = \"b\"\nchip = \"c\"\nline = \"d\"", "wanted one of gate-1"),
    ] as [(String, String)]
)
func `each mistake about a gate is named with its line`(_ text: String, _ wanted: String) {
    let found = mistakes(text)
    #expect(found.contains { $0.contains(wanted) }, "\(found)")
}

@Test func `a mistake is told with its line, whatever the lines end with`() {
    let lines = (gates + "[gate]\nkeep-days = 0\n").split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.joined(separator: "\r\n")
    do throws(ConfigurationError) {
        _ = try ConfigurationFile.parse(text, file: "pressmark.toml")
        Issue.record("wanted a mistake")
    } catch {
        #expect(error.mistakes.map(\.line) == [7])
    }
}

@Test func `a second siren of one gate is a mistake, and none that never sounds`() {
    let chip = "[[siren]]\ngate = \"gate-1\"\nchip = \"cp210x\"\noffset = 2\n"
    let own = "[[siren]]\ngate = \"gate-1\"\nreader = \"gate-1\"\nreader-output = \"relay\"\n"
    #expect(mistakes(chip) == [] && mistakes(own) == [])
    #expect(mistakes(chip + own).contains { $0.contains("siren[1].gate: found \"gate-1 siren\" a second time") })
}

@Test func `an output of a reader that there is not is a mistake, and no siren that never sounds`() {
    let siren = "[[output]]\nname = \"siren\"\nreader = \"gate-7\"\nreader-output = \"relay\"\n"
    #expect(mistakes(siren).contains { $0.contains("output[0].reader: found \"gate-7\", wanted one of gate-1") })
}

@Test func `an output that no pattern switches is a mistake, and no siren that never sounds`() {
    func output(_ name: String) -> String { "[[output]]\nname = \"\(name)\"\nchip = \"c\"\nline = \"d\"\n" }
    let wanted = "wanted one of \"barrier\", \"buzzer\", \"desk\", \"lamp\", \"siren\""
    #expect(mistakes(output("sirene")) == ["line 7: output[0].name: found \"sirene\", \(wanted)"])
    #expect(mistakes(output("barrier")) == [])
}

@Test func `two inputs of one name at one gate are one too many`() {
    func fire(_ line: String, _ gate: String = "") -> String {
        "[[input]]\nname = \"fire\"\nchip = \"c\"\nline = \"\(line)\"\n\(gate)"
    }
    #expect(mistakes(fire("a") + fire("b")).contains { $0.contains("input[1].name: found \"fire\" a second time") })
    #expect(mistakes(fire("a") + fire("b", "gate = \"gate-1\"\n")) == [])
}

@Test func `two outputs of one name at one gate are one too many`() {
    let lamp = "[[output]]\nname = \"lamp\"\nchip = \"c\"\nline = \"d\"\n"
    #expect(mistakes(lamp + lamp).contains { $0.contains("a second time") })
}

@Test func `closing time and self test are times of the day`() throws {
    let gate = try gate("[gate]\nclosing-time = \"20:30\"\nself-test = \"5:45\"\n")
    #expect(gate.closing == 20 * 60 + 30 && gate.selfTest == 5 * 60 + 45)
    #expect(try ConfigurationFile.parse(gates, file: "pressmark.toml").gate.selfTest == 360)
    #expect(
        mistakes("[gate]\nclosing-time = \"24:00\"\n").first?
            .hasSuffix("gate.closing-time: found \"24:00\", wanted a time of the day, such as \"20:00\"") == true
    )
}

@Test func `a gate that calls may be asked on its own port, and every gate says how long it may be silent`() throws {
    let configuration = try ConfigurationFile.parse(
        """
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        listen = "192.168.10.2:20001"
        from = ["192.168.10.10"]
        commands = "192.168.10.10"
        most-silence = 5
        people-counter = false
        """,
        file: "pressmark.toml"
    )
    let reader = try #require(configuration.readers.first)
    #expect(reader.commands == Configuration.Reader.NetworkPlace(host: "192.168.10.10", port: 10001))
    #expect(reader.patience == .seconds(5) && !reader.countsPeople)
    let head = "[[reader]]\nname = \"a\"\ndriver = \"feig\"\ntcp = \"192.168.10.12\"\n"
    #expect(mistakes(head + "role = \"gate\"\ncommands = \"192.168.10.12\"").count == 1)
    #expect(mistakes(head + "role = \"pad\"\nmost-silence = 5").count == 1)
    #expect(mistakes(head + "role = \"gate\"\nmost-silence = 1").count == 1)
}
