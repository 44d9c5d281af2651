import Library
import Testing

struct GateBarrierTests {
    private typealias Switching = GateOutputs.Switching

    private static func outputs(_ hours: GateLoudness = .full) -> GateOutputs {
        GateOutputs(
            GateSounding(hours: [GateLoudness](repeating: hours, count: 24)),
            outputs: ["barrier", "siren"]
        )
    }

    @Test func `a barrier is held shut for a moment and opens by itself`() {
        var outputs = Self.outputs()
        #expect(outputs.signal(.alarm, at: .seconds(1), hour: 12).switch.contains(Switching("barrier", true)))
        #expect(!outputs.due(at: .milliseconds(10_999)).contains(Switching("barrier", false)))
        #expect(outputs.due(at: .seconds(11)) == [Switching("barrier", false)])
        #expect(outputs.next == nil)
    }

    @Test func `it is no noise: quiet hours and a mute leave it alone`() {
        var night = Self.outputs(.silent)
        #expect(night.signal(.alarm, at: .seconds(1), hour: 2).switch == [Switching("barrier", true)])
        var muted = Self.outputs()
        _ = muted.mute(for: .seconds(600), at: .zero)
        #expect(muted.signal(.alarm, at: .seconds(1), hour: 12).switch == [Switching("barrier", true)])
        #expect(muted.mute(for: .seconds(600), at: .seconds(2)) == [])
    }

    @Test(arguments: GateSignal.allCases)
    func `fire opens it at once, and no signal shuts it while that lasts`(_ signal: GateSignal) {
        var outputs = Self.outputs()
        _ = outputs.signal(.bulk, at: .seconds(1), hour: 12)
        #expect(outputs.isOn("barrier"))
        #expect(outputs.fire(true).contains(Switching("barrier", false)))
        #expect(outputs.signal(signal, at: .seconds(2), hour: 12).switch == [])
        #expect(outputs.due(at: .seconds(100)) == [] && !outputs.isOn("barrier"))
    }

    @Test func `a test tone and a trouble of the gate shut nobody in`() {
        for signal in [GateSignal.test, .trouble] {
            var outputs = Self.outputs()
            _ = outputs.signal(signal, at: .seconds(1), hour: 12)
            var switched: Set<String> = []
            while let next = outputs.next { switched.formUnion(outputs.due(at: next).map(\.output)) }
            #expect(!switched.contains("barrier"))
        }
    }

    @Test func `the test tone tries every other output for a moment, one noise after the other`() {
        let names: Set = ["siren", "lamp", "buzzer", "desk"]
        var outputs = GateOutputs(GateSounding(), outputs: names)
        var on = Dictionary(
            uniqueKeysWithValues: outputs.signal(.test, at: .zero, hour: 12).switch.map { ($0.output, Duration.zero) }
        )
        var tried: [String: Duration] = [:]
        while let next = outputs.next {
            for change in outputs.due(at: next) {
                if change.on {
                    on[change.output] = next
                } else {
                    tried[change.output] = next - (on[change.output] ?? next)
                }
            }
        }
        #expect(
            tried == [
                "lamp": .seconds(1), "desk": .seconds(1), "buzzer": .milliseconds(200), "siren": .milliseconds(200),
            ]
        )
        #expect(on["buzzer"] == .milliseconds(200) && on["siren"] == .milliseconds(500))
    }
}
