import Library
import Testing

struct GateHealthTests {
    private static func at(_ seconds: Double) -> GateInstant {
        GateInstant(moment: GateDecisionTests.now, uptime: .seconds(50) + .milliseconds(Int64(seconds * 1000)))
    }

    @Test func `a reader that falls silent is told within five seconds, once, and so is its return`() {
        var health = GateHealth(gate: "main door", at: Self.at(0))
        #expect(health.answered(warning: nil, at: Self.at(0.1)) == [])
        var told: [(Double, GateTrouble)] = []
        for second in 1...60 { told += health.tick(at: Self.at(Double(second))).map { (Double(second), $0) } }
        #expect(told.count == 1 && told.first.map { $0.0 <= 5 } == true)
        #expect(told.first?.1.kind == .dead && told.first?.1.cause?.contains("no answer") == true && health.isDead)
        #expect(health.answered(warning: nil, at: Self.at(61)).map(\.cause) == [nil])
        #expect(health.answered(warning: nil, at: Self.at(62)) == [])
    }

    @Test func `a slow look is no death, and a site may say how long a silence is one`() {
        var health = GateHealth(gate: "main door", at: Self.at(0))
        #expect(health.tick(at: Self.at(3.3)) == [])
        var patient = GateHealth(gate: "side door", patience: .seconds(90), at: Self.at(0))
        #expect(patient.tick(at: Self.at(89)) == [] && patient.tick(at: Self.at(90)).count == 1)
    }

    @Test func `a broken line is told at once and not again by the silence behind it`() {
        var health = GateHealth(gate: "main door", at: Self.at(0))
        #expect(health.lost(cause: "link closed by the other end", at: Self.at(1)).count == 1)
        #expect(health.lost(cause: "refused", at: Self.at(2)) == [] && health.tick(at: Self.at(9)) == [])
    }

    @Test func `an antenna out of tune is told when it stays so, not when a trolley passes`() {
        var health = GateHealth(gate: "main door", at: Self.at(0))
        for look in 1..<GateHealth.warningsToTell {
            #expect(health.answered(warning: "antenna detuned", at: Self.at(Double(look) / 10)) == [])
        }
        #expect(health.answered(warning: nil, at: Self.at(3)) == [])
        var told: [GateTrouble] = []
        for look in 0..<100 { told += health.answered(warning: "antenna detuned", at: Self.at(4 + Double(look) / 10)) }
        #expect(told.map(\.kind) == [.detuned] && told.first?.cause == "antenna detuned")
        #expect(health.answered(warning: nil, at: Self.at(20)).map(\.cause) == [nil])
        #expect(told.first?.remedy.contains("metal") == true)
    }
}
