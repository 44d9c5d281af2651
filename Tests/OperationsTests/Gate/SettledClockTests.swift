import Library
import Store
import Tags
import Testing

@testable import Operations

@Suite struct SettledClockTests {
    private static let start: Int64 = 1_700_000_000

    private static func instant(_ uptime: Int64, wall: Int64) -> GateInstant {
        GateInstant(moment: Moment(milliseconds: wall * 1000), uptime: .seconds(uptime))
    }

    private static func isSettled(_ clock: inout SettledClock, _ uptime: Int64, wall: Int64) -> Bool {
        clock.isSettled(at: instant(uptime, wall: wall))
    }

    @Test func `a clock that goes evenly is believed after a while, and one that was set proves itself anew`() {
        var clock = SettledClock()
        #expect(!Self.isSettled(&clock, 0, wall: Self.start))
        #expect(!Self.isSettled(&clock, 599, wall: Self.start + 599))
        #expect(Self.isSettled(&clock, 600, wall: Self.start + 600))
        #expect(Self.isSettled(&clock, 4200, wall: Self.start + 4202))
        // A time service sets it back by a day.
        #expect(!Self.isSettled(&clock, 4260, wall: Self.start - 86_400))
        #expect(!Self.isSettled(&clock, 4320, wall: Self.start - 86_340))
        #expect(Self.isSettled(&clock, 4860, wall: Self.start - 85_800))
    }

    @Test(.timeLimit(.minutes(10))) func `a clock that starts years ahead makes the gate's log forget nothing`()
        async throws
    {
        let store = try TestBranch.store([])
        let item = GateAlarmItem(uid: TagUID(1), barcode: "b1", afi: 0x07, reason: .notOnLoan, evidence: "afi 07")
        let alarm = GateAlarm(gate: "gate-1", at: Moment(milliseconds: Self.start * 1000), items: [item])
        _ = try store.record(alarm)
        // Ten years ahead for five minutes, and right from then on.
        let uptime = ManualTime()
        let begun = uptime.advance(by: 0)
        let time = Timekeeper(
            now: {
                let since = uptime.advance(by: 0) - begun
                return Moment(milliseconds: Self.start * 1000 + since + (since < 300_000 ? 315_360_000_000 : 0))
            },
            sleep: uptime.keeper.sleep,
            uptime: { .milliseconds(uptime.advance(by: 0)) }
        )
        let keeper = GateKeeper(gates: ["gate-1"], time: time, policy: GatePolicy())
        let logbook = GateLogbook(
            store: store,
            keeper: keeper,
            events: EventHub(),
            time: time,
            logger: TestBranch.logger
        )
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await logbook.forget() }
            let hasForgotten = await eventually { (try? store.forgettings().list.isEmpty) != true }
            #expect(hasForgotten)
            group.cancelAll()
        }
        #expect(try store.latestAlarms(limit: 10).count == 1)
        #expect(try store.forgettings().list.allSatisfy { $0.alarms == 0 })
    }
}
