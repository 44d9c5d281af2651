import Field
import Library
import Readers
import Synchronization
import Testing
import Wire

@testable import Operations

/// A gate whose counter board keeps silent for a while.
private struct BusyBoard: ReaderTwin {
    final class Mood: Sendable {
        let isBusy = Mutex(true)
        let refusals = Mutex(0)
    }

    var gate: FEIGTwin
    let mood: Mood

    mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        // 9F carries a frame to the board; everything else that is asked here is shorter.
        guard bytes.count > 12, bytes.contains(0x9F), mood.isBusy.withLock({ $0 }) else {
            return gate.receive(bytes, air: &air)
        }
        mood.refusals.withLock { $0 += 1 }
        return []
    }

    mutating func lineFellSilent() { gate.lineFellSilent() }
}

@Test(.timeLimit(.minutes(10))) func `a board that was busy once is asked again after an hour`() async {
    let time = ManualTime()
    let keeper = GateKeeper(gates: ["gate-1"], time: time.keeper, policy: GatePolicy())
    let mood = BusyBoard.Mood()
    let attendant = GateAttendant(
        gate: "gate-1",
        keeper: keeper,
        countsPeople: true,
        time: time.keeper,
        logger: TestBranch.logger
    ) { () async throws(LinkError) -> any Link & ~Copyable in
        var gate = FEIGTwin(.gate)
        gate.people = FEIGPeopleCounters(incoming: 3, outgoing: 2)
        return LoopbackLink(BusyBoard(gate: gate, mood: mood), over: TestBranch.field([]))
    }
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await attendant.run() }
        let wasRefused = await eventually { mood.refusals.withLock { $0 } > 0 }
        #expect(wasRefused)
        mood.isBusy.withLock { $0 = false }
        let isCounted = await eventually { await keeper.views.first?.lanes.isEmpty == false }
        #expect(isCounted)
        group.cancelAll()
    }
    #expect(await keeper.views.first?.isDead == false)
}
