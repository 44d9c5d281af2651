import Library
import Testing

@testable import Daemon

@Suite struct GatePatternConfigurationTests {
    private static let reader = """
        [[reader]]
        name = "gate-1"
        role = "gate"
        driver = "feig"
        tcp = "192.168.10.10:10001"

        """

    private static let own = """
        [[siren]]
        gate = "gate-1"
        chip = "cp210x"
        offset = 2
        milliseconds = 1500
        [[pattern]]
        signal = "alarm"
        output = "siren"
        milliseconds = 4000
        shape = "fading"
        [[pattern]]
        signal = "alarm"
        output = "lamp"
        after = 500
        milliseconds = 30000
        shape = "pulses"
        on = 200
        off = 800
        """

    private func gate(_ text: String) throws -> GateConfiguration {
        try ConfigurationFile.parse(Self.reader + text, file: "pressmark.toml").gate
    }

    private func mistakes(_ text: String) -> [String] {
        ConfigurationMistake.all(in: Self.reader + text).map(\.description)
    }

    @Test func `a site's strokes stand in the place of the usual ones, signal by signal`() throws {
        let sounding = GateComposition.sounding(try gate(Self.own), gate: "gate-1")
        let lamp = GateStroke.Shape.pulses(on: .milliseconds(200), off: .milliseconds(800))
        #expect(
            sounding.patterns[.alarm]
                == GatePattern([
                    GateStroke("siren", for: .seconds(4), shape: .fading),
                    GateStroke("lamp", after: .milliseconds(500), for: .seconds(30), shape: lamp),
                ])
        )
        #expect(sounding.patterns[.bulk] == GateSounding().patterns[.bulk])
        // The length of an output is that of the usual patterns; a stroke of the site has its own.
        let escalated = sounding.patterns[.escalated]?.strokes.first { $0.output == "siren" }
        #expect(escalated?.duration == .milliseconds(1500))
    }

    @Test func `what the site wrote is what the outputs do`() throws {
        let sounding = GateComposition.sounding(try gate(Self.own), gate: "gate-1")
        var outputs = GateOutputs(sounding, outputs: ["siren", "lamp", "desk"])
        let first = outputs.signal(.alarm, at: .zero, hour: 12).switch
        #expect(first == [GateOutputs.Switching("siren", true)])
        #expect(outputs.next == .milliseconds(450), "the first pulse of a siren that fades")
        _ = outputs.due(at: .milliseconds(450))
        #expect(outputs.due(at: .milliseconds(500)).contains(GateOutputs.Switching("lamp", true)))
    }

    @Test(
        arguments: [
            ("signal = \"alert\"\noutput = \"siren\"\nmilliseconds = 100", "pattern[0].signal: found \"alert\""),
            ("output = \"siren\"\nmilliseconds = 100", "pattern[0].signal: found nothing, wanted one of \"alarm\""),
            ("signal = \"alarm\"\nmilliseconds = 100", "pattern[0].output: found nothing, wanted one of \"barrier\""),
            (
                "signal = \"alarm\"\noutput = \"sirene\"\nmilliseconds = 100",
                "pattern[0].output: found \"sirene\", wanted one of \"barrier\""
            ),
            ("signal = \"alarm\"\noutput = \"siren\"", "pattern[0].milliseconds: found nothing, wanted how long"),
            (
                "signal = \"alarm\"\noutput = \"siren\"\nmilliseconds = 300001",
                "pattern[0].milliseconds: found 300001, wanted a whole number from 50 to 300000"
            ),
            (
                "signal = \"alarm\"\noutput = \"siren\"\nmilliseconds = 100\non = 60",
                "pattern[0].on: found shape \"steady\", wanted shape = \"pulses\" beside it"
            ),
            (
                "signal = \"alarm\"\noutput = \"siren\"\nmilliseconds = 100\nshape = \"wave\"",
                "pattern[0].shape: found \"wave\", wanted one of \"steady\", \"pulses\", \"fading\""
            ),
        ] as [(String, String)]
    )
    func `each mistake in a stroke is named`(_ text: String, _ wanted: String) {
        let found = mistakes("[[pattern]]\n\(text)\n")
        #expect(found.contains { $0.contains(wanted) }, "\(found)")
    }

    @Test func `a file of endless strokes is refused`() {
        let stroke = "[[pattern]]\nsignal = \"alarm\"\noutput = \"lamp\"\nmilliseconds = 100\n"
        #expect(mistakes(String(repeating: stroke, count: 64)) == [])
        #expect(mistakes(String(repeating: stroke, count: 65)).count == 1)
    }
}
