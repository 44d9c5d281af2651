import Library
import Operations
import Testing
import Wire

/// Contacts whose chip is gone.
@Suite(.timeLimit(.minutes(10))) struct GateDeafInputTests {
    private static let gone = "gpio chip cp210x: gone"

    @Test func `an input that is heard no more is told of its gate, and a common one of all`() async {
        let losses = [
            LineLoss(inputs: ["fire", "gate-1 mute"], cause: Self.gone), LineLoss(inputs: ["fire"], cause: nil),
        ]
        let bells = GateBells(
            ReaderLines([:]),
            edges: AsyncStream { $0.finish() },
            losses: AsyncStream { continuation in
                for loss in losses { continuation.yield(loss) }
                continuation.finish()
            },
            gates: ["gate-1", "gate-2"],
            wiring: [],
            time: ManualTime().keeper
        )
        var told: [GateBells.Event] = []
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bells.run() }
            for await event in bells.events {
                told.append(event)
                if told.count == 3 { break }
            }
            group.cancelAll()
        }
        #expect(
            told == [
                .deaf(input: "fire", gates: ["gate-1", "gate-2"], cause: Self.gone),
                .deaf(input: "gate-1 mute", gates: ["gate-1"], cause: Self.gone),
                .deaf(input: "fire", gates: ["gate-1", "gate-2"], cause: nil),
            ]
        )
    }

    @Test func `a deaf fire contact is a trouble of the gates until it is heard again`() async {
        let keeper = GateKeeper(gates: ["gate-1", "gate-2"], time: ManualTime().keeper, policy: GatePolicy())
        func causes() async -> [String?] { await keeper.views.map { $0.troubles.first?.cause } }
        await keeper.take(.deaf(input: "fire", gates: ["gate-1", "gate-2"], cause: Self.gone))
        await keeper.take(.broken(line: "fire", gates: ["gate-1"], cause: "refused"))
        #expect(await causes() == ["output fire: refused; input fire: \(Self.gone)", "input fire: \(Self.gone)"])
        await keeper.take(.deaf(input: "fire", gates: ["gate-1", "gate-2"], cause: nil))
        #expect(await causes() == ["output fire: refused", nil])
    }
}
