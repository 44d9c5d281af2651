import Foundation
import Library
import Tags
import Testing

/// Random lives of a small branch against a model that knows nothing of machines and journals: which state of an item's
/// tags anybody has a reason to expect.
struct SecurityModelTests {
    /// Steps of one run, over all seeds and means; PRESSMARK_MODEL_STEPS asks for more.
    private static let steps = ProcessInfo.processInfo.environment["PRESSMARK_MODEL_STEPS"].flatMap(Int.init) ?? 102_000
    private static let seeds: [UInt64] = [7, 1999]
    private static let barcodes = ["39070001", "39070002", "39070003"]

    private struct Life {
        var world: SecurityWorld
        var random: SeededGenerator
        /// The plain model.
        var expected: [String: Set<SecurityState>]
        var counts: [String: Int] = [:]

        init(seed: UInt64, mechanism: SecurityMechanism) {
            world = SecurityWorld(items: ["39070001": 1, "39070002": 2, "39070003": 3], mechanism: mechanism)
            random = SeededGenerator(state: seed)
            expected = Dictionary(uniqueKeysWithValues: barcodes.map { ($0, [.armed]) })
        }

        mutating func count(_ what: String) { counts[what, default: 0] += 1 }

        mutating func live() {
            let barcode = barcodes.randomElement(using: &random) ?? ""
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<6: change(barcode, world.onLoan.contains(barcode) ? .checkin : .checkout)
            case 6: change(barcode, .checkout)
            case 7: change(barcode, .checkin)
            case 8..<10: change(barcode, .staff)
            case 10..<13: putDown()
            case 13: pickUp()
            case 14: world.canBeAsked.toggle()
            case 15..<19: hear()
            default: settle()
            }
            if !barcodes.allSatisfy(isKnown) {
                for barcode in barcodes where !isKnown(barcode) {
                    let words = "\(barcode) is \(world.state(of: barcode)), expected \(expected[barcode] ?? [])"
                    Issue.record("a divergence nobody knows of: \(words): \(history(barcode))")
                }
            }
        }

        private mutating func change(_ barcode: String, _ cause: SecurityCause) {
            let wanted: SecurityState =
                switch cause {
                case .checkout: .disarmed
                case .checkin: .armed
                default: Bool.random(using: &random) ? .armed : .disarmed
                }
            let wasOnLoan = world.onLoan.contains(barcode)
            let entries = world.journal.count
            guard var run = world.begin(barcode, wanted, cause) else { return count("refused") }
            world.told[barcode] = nil
            let ended = play(&run)
            let result = ended ? world.told[barcode] : nil
            // The process may stop between the last line of the journal and the report.
            let isOwn = world.journal.count > entries
            let outcome = result?.outcome ?? (isOwn ? world.journal.last?.lastResult?.outcome : nil)
            count(outcome.map(\.rawValue) ?? "stopped")
            if cause.isLoan {
                // The library system's word counts as soon as it has spoken, whether we have heard it or not.
                let spoke = world.onLoan.contains(barcode) != wasOnLoan || outcome == .done
                let stands = world.onLoan.contains(barcode) == (wanted == .disarmed)
                // A refusal that could not be written down is looked up later, and the item's standing decides.
                let isForgotten = result?.reason.contains("journal") == true
                let isEnded = outcome == .declined || outcome == .kept
                let isPursued = world.journal.count > entries && (!isEnded || isForgotten)
                if outcome == .kept { expected[barcode, default: []].formUnion(SecurityState.allCases) }
                if isPursued, stands, spoke { expected[barcode] = [wanted] }
                if isPursued, stands, !spoke { expected[barcode, default: []].insert(wanted) }
                return
            }
            switch outcome {
            // What was done and not written down may be taken back when it is taken up again.
            case .done where result?.reason.contains("journal") == false: expected[barcode] = [wanted]
            case .unchanged, .undone: break
            default: expected[barcode, default: []].insert(wanted)
            }
        }

        /// Plays a change to its end, or until the process stops.
        private mutating func play(_ run: inout SecurityWorld.Run) -> Bool {
            let trouble = [0, 0, 5, 20].randomElement(using: &random) ?? 0
            let stop = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 0..<14, using: &random) : .max
            var number = 0
            while number < stop {
                let isBad = Int.random(in: 0..<100, using: &random) < trouble
                let fault = isBad ? SecurityWorld.Fault.allCases.randomElement(using: &random) : nil
                guard world.step(&run, fault) else { return true }
                number += 1
            }
            return false
        }

        private mutating func putDown() {
            if let tag = world.absent.randomElement(using: &random) { world.absent.remove(tag) }
        }

        private mutating func pickUp() {
            if let tag = world.tags.keys.sorted().randomElement(using: &random) { world.absent.insert(tag) }
        }

        /// A device hears what lies there: open changes are taken up, and may be cut off again.
        private mutating func hear() {
            for record in world.open {
                guard var run = world.takeUp(record.id) else { continue }
                _ = play(&run)
            }
        }

        /// Everything is well for a moment: nothing may be left open, and every item is as somebody expects it.
        mutating func settle() {
            world.restart()
            count("settled")
            #expect(world.open.isEmpty, "an intent was lost: \(world.open)")
            for barcode in barcodes {
                let state = world.state(of: barcode)
                let known: SecurityState? = state == .armed ? .armed : state == .disarmed ? .disarmed : nil
                if known.map({ expected[barcode]?.contains($0) == true }) != true {
                    Issue.record("\(barcode) is \(state), expected \(expected[barcode] ?? []): \(history(barcode))")
                }
                expected[barcode] = known.map { [$0] } ?? []
            }
        }

        private func history(_ barcode: String) -> [String] {
            world.journal.filter { $0.intent.barcode == barcode }.suffix(4).map { record in
                "\(record.intent.cause) \(record.intent.wanted): \(record.lastResult?.outcome.rawValue ?? "open")"
            }
        }

        /// Whether the tags are as somebody expects them, or the journal is still at work on them.
        private func isKnown(_ barcode: String) -> Bool {
            if world.open.contains(where: { $0.intent.barcode == barcode }) { return true }
            return switch world.state(of: barcode) {
            case .armed: expected[barcode]?.contains(.armed) == true
            case .disarmed: expected[barcode]?.contains(.disarmed) == true
            default: false
            }
        }
    }

    @Test(arguments: seeds, SecurityMechanism.allCases)
    func `after any life of loans, faults and crashes nothing is open and nothing is other than expected`(
        _ seed: UInt64,
        _ mechanism: SecurityMechanism
    ) {
        var life = Life(seed: seed, mechanism: mechanism)
        while life.world.steps < Self.steps / (Self.seeds.count * SecurityMechanism.allCases.count) { life.live() }
        life.settle()
        for outcome in ["done", "uncertain", "declined", "unanswered", "kept", "stopped", "settled"] {
            #expect(life.counts[outcome, default: 0] > 0, "\(outcome) hardly happened: \(life.counts)")
        }
    }
}
