import Field
import Library
import Readers
import Synchronization
import Testing
import Wire

@testable import Operations

/// A gate whose counter board keeps silent on the first questions.
private struct BusyBoard: ReaderTwin {
    final class Mood: Sendable {
        private let state: Mutex<(left: Int, others: Int, waited: Int?)>

        init(silent: Int) {
            state = Mutex((left: silent, others: 0, waited: nil))
        }

        /// What else the gate was asked between the board's last silence and its first answer.
        var waited: Int? { state.withLock { $0.waited } }

        func isSilent() -> Bool {
            state.withLock { state in
                guard state.left == 0 else {
                    state.left -= 1
                    state.others = 0
                    return true
                }
                if state.waited == nil { state.waited = state.others }
                return false
            }
        }

        func askedElse() { state.withLock { $0.others += 1 } }
    }

    var gate: FEIGTwin
    let mood: Mood

    mutating func receive(_ bytes: [UInt8], air: inout any Air) -> [UInt8] {
        // 9F carries a frame to the board; everything else that is asked here is shorter.
        guard bytes.count > 12, bytes.contains(0x9F) else {
            mood.askedElse()
            return gate.receive(bytes, air: &air)
        }
        return mood.isSilent() ? [] : gate.receive(bytes, air: &air)
    }

    mutating func lineFellSilent() { gate.lineFellSilent() }
}

@Test(.timeLimit(.minutes(10)), arguments: [1, 2, 3])
func `a board that was silent three times running is asked again after an hour, and any other at once`(
    _ silent: Int
) async throws {
    let time = ManualTime()
    let keeper = GateKeeper(gates: ["gate-1"], time: time.keeper, policy: GatePolicy())
    let mood = BusyBoard.Mood(silent: silent)
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
        let isCounted = await eventually { await keeper.views.first?.lanes.isEmpty == false }
        #expect(isCounted)
        group.cancelAll()
    }
    // A question each second and a half.
    let waited = try #require(mood.waited)
    #expect(silent < 3 ? waited < 100 : waited > 1000)
    #expect(await keeper.views.first?.isDead == false)
}
