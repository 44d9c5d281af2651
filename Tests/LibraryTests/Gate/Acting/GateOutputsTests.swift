import Library
import Testing

struct GateOutputsTests {
    private typealias Switching = GateOutputs.Switching
    private static let all: Set = ["siren", "lamp", "buzzer", "desk"]

    private static func outputs(_ change: (inout GateSounding) -> Void = { _ in }) -> GateOutputs {
        var sounding = GateSounding()
        change(&sounding)
        return GateOutputs(sounding, outputs: all)
    }

    /// Every change of one output from now until nothing is left to do, in milliseconds.
    private static func play(_ outputs: inout GateOutputs, _ output: String, from start: Duration) -> [Int] {
        var times: [Int] = []
        while let next = outputs.next {
            for change in outputs.due(at: next) where change.output == output {
                times.append(Int((next - start) / .milliseconds(1)))
            }
        }
        return times
    }

    @Test func `an alarm switches everything on at once, and the lamp outlasts the siren`() {
        var outputs = Self.outputs()
        let (switching, quiet) = outputs.signal(.alarm, at: .seconds(10), hour: 12)
        #expect(Set(switching) == Set(Self.all.map { Switching($0, true) }) && quiet == nil)
        var siren = outputs
        #expect(Self.play(&siren, "siren", from: .seconds(10)) == [3000])
        #expect(Self.play(&outputs, "lamp", from: .seconds(10)) == [15_000])
        #expect(outputs.next == nil)
    }

    @Test func `an output that is not wired is left out`() {
        var outputs = GateOutputs(GateSounding(), outputs: ["lamp"])
        #expect(outputs.signal(.alarm, at: .zero, hour: 12).switch == [Switching("lamp", true)])
    }

    @Test func `a fading stroke has ever shorter pulses`() {
        let pattern = GatePattern([GateStroke("siren", for: .seconds(2), shape: .fading)])
        var outputs = Self.outputs { $0.patterns[.alarm] = pattern }
        _ = outputs.signal(.alarm, at: .zero, hour: 12)
        let times = Self.play(&outputs, "siren", from: .zero)
        #expect(times == [450, 500, 837, 1000, 1225, 1500, 1612])
    }

    @Test func `pulses end with the stroke and never stay on`() {
        let shape = GateStroke.Shape.pulses(on: .milliseconds(300), off: .milliseconds(300))
        var outputs = Self.outputs {
            $0.patterns[.alarm] = GatePattern([GateStroke("buzzer", for: .seconds(1), shape: shape)])
        }
        _ = outputs.signal(.alarm, at: .zero, hour: 12)
        #expect(Self.play(&outputs, "buzzer", from: .zero) == [300, 600, 900])
    }

    @Test func `a file's eternal siren is cut at the cap`() {
        let pattern = GatePattern([
            GateStroke("siren", for: .seconds(100_000)), GateStroke("lamp", for: .seconds(100_000)),
        ])
        var outputs = Self.outputs { $0.patterns[.alarm] = pattern }
        _ = outputs.signal(.alarm, at: .zero, hour: 12)
        var siren = outputs
        #expect(Self.play(&siren, "siren", from: .zero) == [10_000])
        #expect(Self.play(&outputs, "lamp", from: .zero) == [300_000])
    }

    @Test func `quiet hours leave lamp and desk, soft hours the buzzer too`() {
        var hours = [GateLoudness](repeating: .full, count: 24)
        hours[21] = .soft
        hours[22] = .silent
        var outputs = Self.outputs { $0.hours = hours }
        let soft = outputs.signal(.alarm, at: .zero, hour: 21)
        #expect(Set(soft.switch.map(\.output)) == ["buzzer", "lamp", "desk"] && soft.quiet == .hour)
        var silent = Self.outputs { $0.hours = hours }
        #expect(Set(silent.signal(.alarm, at: .zero, hour: 22).switch.map(\.output)) == ["lamp", "desk"])
        // A theft in bulk sounds all the same.
        #expect(silent.signal(.bulk, at: .seconds(1), hour: 22).switch.contains(Switching("siren", true)))
    }

    @Test func `the noise of a minute is bounded, the light is not`() {
        var outputs = Self.outputs { $0.loudPerMinute = .seconds(6) }
        for round in 0..<2 { #expect(outputs.signal(.alarm, at: .seconds(round * 10), hour: 12).quiet == nil) }
        _ = Self.play(&outputs, "siren", from: .zero)
        let third = outputs.signal(.alarm, at: .seconds(40), hour: 12)
        #expect(third.quiet == .flood && !third.switch.contains(Switching("siren", true)))
        #expect(third.switch.contains(Switching("lamp", true)))
        #expect(outputs.signal(.alarm, at: .seconds(90), hour: 12).quiet == nil)
    }

    @Test func `alarms that follow each other escalate`() {
        var outputs = Self.outputs { $0.loudPerMinute = .seconds(100) }
        var lengths: [Int] = []
        for round in 0..<4 {
            _ = outputs.signal(.alarm, at: .seconds(round * 10), hour: 12)
            lengths.append(Self.play(&outputs, "siren", from: .seconds(round * 10)).last ?? 0)
        }
        #expect(lengths == [3000, 3000, 3000, 6000])
    }

    @Test(arguments: [GateSignal.test, .trouble])
    func `what is no theft cuts no alarm short`(_ signal: GateSignal) {
        for output in ["siren", "lamp", "buzzer", "desk"] {
            var alone = Self.outputs()
            _ = alone.signal(.alarm, at: .zero, hour: 12)
            _ = alone.due(at: .milliseconds(1500))
            var both = alone
            #expect(both.signal(signal, at: .milliseconds(1500), hour: 12).switch.isEmpty)
            let end = output == "siren" ? 3000 : output == "buzzer" ? 2700 : 15_000
            #expect(Self.play(&alone, output, from: .zero).last == end)
            let times = Self.play(&both, output, from: .zero)
            #expect(times.contains(end), "\(output)")
            #expect(times.first == (output == "buzzer" ? 1800 : end), "\(output)")
        }
    }

    @Test func `an alarm takes the desk from a blink of trouble, and what outlasts it goes on`() {
        var outputs = Self.outputs()
        _ = outputs.signal(.trouble, at: .zero, hour: 12)
        #expect(outputs.due(at: .milliseconds(1000)) == [Switching("desk", false)])
        #expect(outputs.signal(.alarm, at: .milliseconds(1500), hour: 12).switch.contains(Switching("desk", true)))
        // On for fifteen seconds without a blink, then the rest of the thirty in blinks.
        let desk = Self.play(&outputs, "desk", from: .zero)
        #expect(desk.first == 17_000 && desk.dropFirst().first == 18_000 && desk.last == 29_000)
    }

    @Test func `an alarm during a theft in bulk leaves it its lamp`() {
        var outputs = Self.outputs()
        _ = outputs.signal(.bulk, at: .zero, hour: 12)
        _ = outputs.signal(.alarm, at: .seconds(10), hour: 12)
        let lamp = Self.play(&outputs, "lamp", from: .zero)
        #expect(lamp.last == 59_750 && lamp.count == 199)
    }

    @Test func `mute silences what sounds, leaves the lamp, and always ends`() {
        var outputs = Self.outputs()
        _ = outputs.signal(.alarm, at: .zero, hour: 12)
        #expect(
            Set(outputs.mute(for: .seconds(1_000_000), at: .seconds(1))) == [
                Switching("buzzer", false), Switching("siren", false),
            ]
        )
        #expect(outputs.mutedUntil == .seconds(1) + GateOutputs.longestMute)
        let muted = outputs.signal(.alarm, at: .seconds(60), hour: 12)
        #expect(muted.quiet == .muted && !muted.switch.contains(Switching("siren", true)))
        #expect(outputs.signal(.alarm, at: .seconds(3 * 3600), hour: 12).quiet == nil)
        _ = outputs.mute(for: .seconds(600), at: .seconds(4 * 3600))
        outputs.unmute()
        #expect(!outputs.isMuted(at: .seconds(4 * 3600 + 1)))
    }

    @Test func `an output that could not be switched is switched again with the next alarm`() {
        var outputs = GateOutputs(GateSounding(), outputs: ["siren"])
        #expect(outputs.signal(.alarm, at: .seconds(1), hour: 12).switch == [.init("siren", true)])
        #expect(outputs.signal(.alarm, at: .seconds(2), hour: 12).switch == [])
        outputs.lost("siren")
        #expect(outputs.signal(.alarm, at: .seconds(3), hour: 12).switch == [.init("siren", true)])
    }

    @Test func `a mute switches off what may be on because it could not be switched`() {
        var outputs = GateOutputs(GateSounding(), outputs: ["siren", "lamp"])
        _ = outputs.signal(.alarm, at: .zero, hour: 12)
        outputs.lost("siren")
        #expect(outputs.mute(for: .seconds(60), at: .seconds(1)) == [.init("siren", false)])
        #expect(outputs.mute(for: .seconds(60), at: .seconds(2)) == [])
        // The end of its pattern did not reach it either.
        outputs.unmute()
        _ = outputs.signal(.alarm, at: .seconds(60), hour: 12)
        _ = Self.play(&outputs, "siren", from: .seconds(60))
        outputs.lost("siren")
        #expect(outputs.mute(for: .seconds(60), at: .seconds(90)) == [.init("siren", false)])
    }

    @Test func `a key that is turned back ends its own mute and no other`() {
        var outputs = Self.outputs()
        _ = outputs.mute(for: .seconds(600), at: .zero)
        _ = outputs.mute(for: GateOutputs.longestMute, at: .seconds(10), by: .key)
        #expect(outputs.mutedUntil == .seconds(10) + GateOutputs.longestMute)
        outputs.unmute(.key)
        #expect(outputs.mutedUntil == .seconds(600))
        // A short mute by hand does not cut the key's.
        _ = outputs.mute(for: GateOutputs.longestMute, at: .seconds(20), by: .key)
        _ = outputs.mute(for: .seconds(60), at: .seconds(30))
        #expect(outputs.isMuted(at: .seconds(3600)))
        outputs.unmute()
        #expect(!outputs.isMuted(at: .seconds(31)))
    }

    @Test func `fire switches everything off at once and keeps it off while it lasts`() {
        var outputs = Self.outputs()
        _ = outputs.signal(.bulk, at: .zero, hour: 12)
        #expect(Set(outputs.fire(true)) == Set(Self.all.map { Switching($0, false) }))
        let alarm = outputs.signal(.bulk, at: .seconds(1), hour: 12)
        #expect(alarm.switch == [] && alarm.quiet == .fire && outputs.next == nil)
        #expect(outputs.fire(false) == [])
        #expect(!outputs.signal(.alarm, at: .seconds(2), hour: 12).switch.isEmpty)
    }

    @Test(arguments: 1...100)
    func `fire always wins, whatever else happens`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        var outputs = Self.outputs()
        var states: [String: Bool] = [:]
        var uptime: Duration = .zero
        var isFire = false
        for _ in 0..<300 {
            uptime += .milliseconds(Int64.random(in: 0...2000, using: &random))
            var changes: [GateOutputs.Switching] = []
            switch Int.random(in: 0..<6, using: &random) {
            case 0:
                isFire.toggle()
                changes = outputs.fire(isFire)
            case 1: changes = outputs.mute(for: .seconds(Int64.random(in: -5...100, using: &random)), at: uptime)
            case 2: outputs.unmute()
            case 3: changes = outputs.due(at: uptime)
            default:
                let signal = GateSignal.allCases.randomElement(using: &random) ?? .alarm
                changes = outputs.signal(signal, at: uptime, hour: Int.random(in: -1...30, using: &random)).switch
            }
            for change in changes { states[change.output] = change.on }
            if isFire { #expect(!states.values.contains(true)) }
        }
        for change in outputs.allOff() { states[change.output] = change.on }
        #expect(!states.values.contains(true))
    }
}
