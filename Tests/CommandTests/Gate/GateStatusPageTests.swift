import API
import Foundation
import Testing

@testable import Command

@Suite struct GateStatusPageTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)
    private static let unmeasured = Share(count: 0, of: 0, low: 0, high: 1)

    private func lines(_ gates: [GateView], fire: Bool = false, misses: Share = unmeasured) -> [String] {
        let report = GateReport(
            gates: gates,
            fire: fire,
            indexItems: 5_000_000,
            indexTags: 12,
            holdingsAt: Self.now - 120,
            alarmsToday: 1,
            falseAlarms: Share(count: 3, of: 50, low: 0.021, high: 0.162),
            misses: misses
        )
        return GateStatusPage(report: report, now: Self.now, palette: Palette(isOn: false)).lines
    }

    private func gate(_ change: (inout GateView) -> Void = { _ in }) -> GateView {
        var view = GateView(
            name: "gate-1",
            hears: true,
            troubles: [],
            parked: [],
            tagsPresent: 0,
            mutedSeconds: 0,
            outputs: ["lamp", "siren"],
            incoming: 0,
            outgoing: 0
        )
        change(&view)
        return view
    }

    @Test func `a gate that is well is one line, and the measured rates stand below with their range`() {
        let lines = lines([gate()])
        #expect(lines.first == "gate-1  hears, lamp, siren")
        #expect(lines.contains { $0.contains("12 tags in memory, holdings 2 min ago") })
        #expect(
            lines.last == "1 alarm today; in 30 days false: 3 of 50, 6.0 % (2.1 to 16.2 %), missed: not measured yet"
        )
        #expect(lines.count == 3)
    }

    @Test func `a dead gate says why and what to do`() {
        let trouble = GateTroubleNote(
            gate: "gate-1",
            kind: "dead",
            at: Self.now,
            cause: "no answer for 4 s",
            advice: "watch the exit"
        )
        let lines = lines([
            gate {
                $0.hears = false
                $0.troubles = [trouble]
            }
        ])
        let wanted = ["gate-1  does not hear, lamp, siren", "  dead: no answer for 4 s", "    watch the exit"]
        #expect(Array(lines.prefix(3)) == wanted)
    }

    @Test func `mute, people, lanes and tests are told where there are any`() {
        let walk = WalkTestState(
            gate: "gate-1",
            uid: "E00401503309CE74",
            planned: 20,
            walks: 5,
            heard: 4,
            heardNow: false,
            missRate: Share(count: 1, of: 5, low: 0, high: 1)
        )
        let lines = lines([
            gate {
                $0.mutedSeconds = 600
                ($0.incoming, $0.outgoing) = (12, 10)
                $0.lanes = [
                    LaneCount(lane: 1, name: "left", incoming: 8, outgoing: 7),
                    LaneCount(lane: 2, incoming: 4, outgoing: 3),
                ]
                $0.sentinels = [SentinelReport(gate: "gate-1", antenna: 2, tests: 9, verdict: "deaf")]
                $0.selfTest = Share(count: 40, of: 100, low: 0, high: 1)
                $0.walkTest = walk
            }
        ])
        #expect(
            Array(lines.prefix(6)) == [
                "gate-1  hears, muted for 10 min, lamp, siren, 12 in, 10 out", "  left: 8 in, 7 out",
                "  lane 2: 4 in, 3 out", "  antenna 2: deaf", "  self test: 40 of 100 looks",
                "  walk test: 5 of 20 walks, 4 heard",
            ]
        )
    }

    @Test func `what lies there is named with its place, and no name of an item reaches the terminal raw`() throws {
        let item = ParkedItem(
            gate: "gate-1",
            kind: "parked",
            uid: "E00401503309CE74",
            barcode: "3012",
            title: "Sorting\u{1B}[31m",
            callNumber: "QA 76",
            place: "at antenna 2 of gate-1",
            since: Self.now - 60,
            reason: "not on loan",
            advice: "take the item away"
        )
        let lines = lines([gate { $0.parked = [item] }])
        try #require(lines.count > 2)
        #expect(lines[1].hasPrefix("  lies at antenna 2 of gate-1: 3012 · QA 76 · Sorting"))
        #expect(!lines[1].contains("\u{1B}"))
        #expect(lines[2] == "    since \(Wording.clock(Self.now - 60)); take the item away")
    }

    @Test func `an open fire contact stands first, and a branch without gates says so`() {
        let lines = lines([], fire: true)
        #expect(Array(lines.prefix(2)) == ["fire contact open: nothing sounds", "no gate is configured"])
    }
}
