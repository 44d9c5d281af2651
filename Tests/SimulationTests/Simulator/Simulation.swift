import Foundation

/// A whole life of the service in one process, on one virtual clock, from one seed.
struct Simulation: Sendable {
    var seed: UInt64
    var length: Duration
    var prints = false
    /// Called at every full hour of the simulation.
    var hourly: (@Sendable (Hour) -> Void)?
    /// Where its state folders lie while it runs; they are gone afterwards.
    var folder: URL

    init(seed: UInt64, length: Duration, folder: URL = FileManager.default.temporaryDirectory) {
        self.seed = seed
        self.length = length
        self.folder = folder
    }

    /// How it stands at a full hour.
    struct Hour: Sendable {
        var number: Int
        var steps: UInt64
        var programs: Int
        var mostReady: Int
        var mostWaiting: Int
    }

    /// What came of it.
    struct Report: Sendable {
        var seed: UInt64
        /// Two runs that say the same here took the same steps.
        var fingerprint: String
        var steps: UInt64
        var simulated: Duration
        /// Tasks that came from outside: anything but none is chance that the seed does not repeat.
        var strangers: Int
        var counts: [String: Int]
        var failure: String?
        var lastEvents: [String]
    }

    /// Runs it on this thread.
    ///
    /// - Parameter meddle: done before anything happens, by whoever wants to break something on purpose.
    func run(_ meddle: @escaping @Sendable (House) async -> Void = { _ in }) -> Report {
        let processor = VirtualProcessor(seed: seed)
        let root = folder.appending(path: "pressmark-simulation-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let box = Box()
        var failure: String?
        do {
            try processor.run { [self] in
                guard let house = try? await House(processor, seed: seed, root: root) else { return }
                house.trace.prints = prints
                box.house = house
                await meddle(house)
                if let hourly { processor.start { await house.tellHours(hourly) } }
                await house.live(length)
            }
        } catch {
            failure = "\(error)"
        }
        processor.betweenSteps = {}
        let house = box.house
        if let violation = house?.witness.violation { failure = violation.description }
        if house == nil { failure = "the branch could not be built" }
        return Report(
            seed: seed,
            fingerprint: house?.trace.fingerprint ?? "",
            steps: processor.steps,
            simulated: processor.now,
            strangers: processor.strangerCount,
            counts: house?.witness.counts ?? [:],
            failure: failure,
            lastEvents: house?.trace.tail ?? []
        )
    }

    private final class Box: @unchecked Sendable {
        var house: House?
    }
}
