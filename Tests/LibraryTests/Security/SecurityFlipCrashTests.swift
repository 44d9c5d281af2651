import Library
import Tags
import Testing

/// The process stops, or a tag loses its power, after every single step; every place is tried, not some of them.
struct SecurityFlipCrashTests {
    /// A check-out or check-in of a set of three parts.
    struct Case: Sendable, CustomTestStringConvertible {
        var cause: SecurityCause
        var mechanism: SecurityMechanism

        var testDescription: String { "\(cause.rawValue) by \(mechanism.rawValue)" }
        var wanted: SecurityState { cause == .checkin ? .armed : .disarmed }

        static let all = [SecurityCause.checkout, .checkin, .staff].flatMap { cause in
            SecurityMechanism.allCases.map { Case(cause: cause, mechanism: $0) }
        }

        var world: SecurityWorld {
            var world = SecurityWorld(items: ["39070001": 3], mechanism: mechanism)
            if cause == .checkin {
                for uid in world.tags.keys { world.tags[uid] = world.policy.mark(for: .disarmed, on: uid) }
                world.onLoan = ["39070001"]
            }
            return world
        }
    }

    /// Runs a change from the beginning, with `fault` at the step of this number; the process stops behind the step
    /// `stop`. Returns whether the change came to its end.
    private static func run(
        _ world: inout SecurityWorld,
        _ change: Case,
        stop: Int = .max,
        faults: [Int: SecurityWorld.Fault] = [:]
    ) -> Bool {
        guard var run = world.begin("39070001", change.wanted, change.cause) else { return true }
        return steps(&world, &run, stop: stop, faults: faults)
    }

    private static func steps(
        _ world: inout SecurityWorld,
        _ run: inout SecurityWorld.Run,
        stop: Int = .max,
        faults: [Int: SecurityWorld.Fault] = [:]
    ) -> Bool {
        var number = 0
        while number < stop {
            guard world.step(&run, faults[number]) else { return true }
            number += 1
        }
        return false
    }

    private static func stepCount(_ change: Case) -> Int {
        var world = change.world
        _ = run(&world, change)
        return world.steps
    }

    /// What must hold at any moment, and what must hold when everything has been taken up again.
    private static func check(_ world: SecurityWorld, _ change: Case, settled: Bool, _ place: String) {
        let isOnLoan = world.onLoan.contains("39070001")
        let state = world.state(of: "39070001")
        let agrees = state == (isOnLoan ? .disarmed : .armed)
        if !settled {
            let isOpen = !world.open.isEmpty
            if change.cause.isLoan { #expect(agrees || isOpen, "\(place): tags are \(state), and nobody knows") }
            if state != .armed, state != .disarmed { #expect(isOpen, "\(place): tags are \(state), and nobody knows") }
            return
        }
        #expect(world.open.isEmpty, "\(place): an intent was lost")
        if change.cause.isLoan {
            #expect(agrees, "\(place): tags are \(state) and the item is \(isOnLoan ? "" : "not ")on loan")
        } else {
            #expect(state == .armed || state == .disarmed, "\(place): tags are \(state)")
        }
    }

    @Test(arguments: Case.all)
    func `stopped behind any step, and again behind any step of taking it up, tags and loan agree in the end`(
        _ change: Case
    ) {
        let steps = Self.stepCount(change)
        #expect(steps >= 9)
        for stop in 0...steps {
            var world = change.world
            _ = Self.run(&world, change, stop: stop)
            Self.check(world, change, settled: false, "stopped behind step \(stop)")
            for again in 0...(steps + 6) {
                var world = world
                let ids = world.open.map(\.id)
                for id in ids {
                    guard var run = world.takeUp(id) else { continue }
                    _ = Self.steps(&world, &run, stop: again)
                }
                Self.check(world, change, settled: false, "stopped behind step \(stop), then \(again)")
                world.restart()
                Self.check(world, change, settled: true, "stopped behind step \(stop), then \(again)")
            }
        }
    }

    @Test(arguments: Case.all)
    func `with any trouble at any step, and the process stopped behind any step, tags and loan agree in the end`(
        _ change: Case
    ) {
        let steps = Self.stepCount(change)
        for fault in SecurityWorld.Fault.allCases {
            for place in 0...steps {
                for stop in Array(place...(steps + 12)) + [Int.max] {
                    var world = change.world
                    _ = Self.run(&world, change, stop: stop, faults: [place: fault])
                    let words = "\(fault) at step \(place), stopped behind step \(stop)"
                    guard fault != .keeps else { continue }
                    Self.check(world, change, settled: false, words)
                    world.restart()
                    Self.check(world, change, settled: true, words)
                }
            }
        }
    }

    @Test(arguments: Case.all)
    func `with the disk full from any step on nobody is told done of what is not, and nothing is lost`(
        _ change: Case
    ) {
        for place in 0...Self.stepCount(change) {
            var world = change.world
            let faults = Dictionary(uniqueKeysWithValues: (place...60).map { ($0, SecurityWorld.Fault.diskFull) })
            let before = world.tags
            // A full disk is no trouble on air or on the line.
            let full = faults.filter { $0.key >= place }
            _ = Self.run(&world, change, faults: full.mapValues { _ in .diskFull })
            if place == 0 {
                #expect(world.tags == before && world.journal.isEmpty)
                #expect(world.told["39070001"]?.outcome == .unchanged)
                #expect(world.onLoan == change.world.onLoan, "nothing is lent that could not be journalled")
            }
            Self.check(world, change, settled: false, "disk full from step \(place)")
            world.restart()
            Self.check(world, change, settled: true, "disk full from step \(place)")
        }
    }

    @Test(arguments: Case.all)
    func `two tags torn at any two steps are put right when they come back`(_ change: Case) {
        let steps = Self.stepCount(change)
        let torn: [SecurityWorld.Fault] = [.tornOld, .tornNew, .tornOdd]
        for first in 0..<steps {
            for second in (first + 1)..<(steps + 3) {
                for (one, other) in torn.flatMap({ one in torn.map { (one, $0) } }) {
                    var world = change.world
                    _ = Self.run(&world, change, faults: [first: one, second: other])
                    Self.check(world, change, settled: false, "torn at steps \(first) and \(second)")
                    world.restart()
                    Self.check(world, change, settled: true, "torn at steps \(first) and \(second)")
                }
            }
        }
    }
}
