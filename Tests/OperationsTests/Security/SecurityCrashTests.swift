import Library
import Store
import Synchronization
import Tags
import Testing

/// The program stops, a tag loses its power, or the disk is full, at every single step of lending and taking back a set
/// of three parts: the real journal on a real disk, real reader frames, virtual tags. Every place is tried.
@Suite(.serialized) struct SecurityCrashTests {
    private static func steps(_ cause: SecurityCause) async throws -> Int {
        let bench = try await CrashBench(cause)
        let run = try await bench.play(on: try bench.openAfterKill())
        #expect(run.result?.outcome == .done)
        return run.steps
    }

    @Test(arguments: [SecurityCause.checkout, .checkin])
    func `killed behind any step, tags and loan agree after the next start`(_ cause: SecurityCause) async throws {
        let steps = try await Self.steps(cause)
        #expect(steps >= 9, "journal, question, confirmation, three writes, three readings, result")
        for stop in 0...steps {
            let bench = try await CrashBench(cause)
            let run = try await bench.play(on: try bench.openAfterKill(), stop: stop)
            try await bench.check(try bench.openAfterKill(), run, "killed behind step \(stop)")
            try await bench.checkSettled(try await bench.restart(), "killed behind step \(stop)")
        }
    }

    @Test(arguments: [SecurityCause.checkout, .checkin], 0..<3)
    func `a part pulled off in the middle of its write, and killed behind any step, agrees when it comes back`(
        _ cause: SecurityCause,
        _ part: Int
    ) async throws {
        // A lost tag is written and read again and again before it is given up.
        let steps = try await Self.steps(cause) + 6
        for stop in Array(4...steps) + [.max] {
            let bench = try await CrashBench(cause)
            let run = try await bench.play(on: try bench.openAfterKill(), stop: stop, pulling: bench.parts[part])
            let place = "part \(part + 1) pulled, killed behind step \(stop)"
            if let result = run.result { #expect(result.outcome != .done, "\(place)") }
            try await bench.check(try bench.openAfterKill(), run, place)
            try await bench.checkSettled(try await bench.restart(), place)
        }
    }

    @Test(arguments: [SecurityCause.checkout, .checkin])
    func `with the disk full at any step, or from any step on, nothing is written without an intent on it`(
        _ cause: SecurityCause
    ) async throws {
        let steps = try await Self.steps(cause)
        for step in 0...steps {
            for full in [step..<(step + 1), step..<(.max)] {
                let bench = try await CrashBench(cause)
                let store = try bench.openAfterKill()
                let loans = bench.branch.loans.withLock { $0 }
                let run = try await bench.play(on: store, fullAt: full)
                let place = "disk full at steps \(full)"
                if step == 0 {
                    #expect(run.result?.outcome == .unchanged, "\(place)")
                    #expect(bench.branch.loans.withLock { $0 } == loans, "nothing is lent that could not be journalled")
                }
                try await bench.check(store, run, place)
                try await bench.checkSettled(try await bench.restart(), place)
            }
        }
    }
}
