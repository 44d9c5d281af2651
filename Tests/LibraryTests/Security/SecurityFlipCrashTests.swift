import Library
import Tags
import Testing

/// Runs whole flips against tags and a journal of plain dictionaries, with everything that can go wrong.
struct SecurityFlipCrashTests {
    /// A pad with tags on it and the disk behind it.
    private struct World {
        var tags: [TagUID: UInt8]
        var journal: (intent: SecurityIntent, result: SecurityResult?)?
        var reports: [SecurityResult] = []
        var writesBeforeJournal = 0
        var steps = 0

        /// Performs one action; `nil` when there is nothing to answer.
        mutating func perform(_ action: SecurityFlip.Action) -> SecurityFlip.Event? {
            steps += 1
            switch action {
            case .journal(let intent):
                journal = (intent, nil)
                return .journalled
            case .writeAFI(let uid, let afi):
                if journal == nil { writesBeforeJournal += 1 }
                guard tags[uid] != nil else { return .lost(uid) }
                tags[uid] = afi
                return .written(uid)
            case .readAFI(let uid):
                guard let afi = tags[uid] else { return .lost(uid) }
                return .read(uid, afi: afi)
            case .record(let result):
                journal?.result = result
                return .recorded
            case .report(let result):
                reports.append(result)
                return nil
            }
        }

        /// Runs a flip until it ends or `limit` actions were performed.
        mutating func run(_ flip: inout SecurityFlip, _ first: [SecurityFlip.Action], limit: Int = .max) {
            var pending = first
            var performed = 0
            while performed < limit, !pending.isEmpty {
                let action = pending.removeFirst()
                performed += 1
                if let event = perform(action) { pending += flip.handle(event) }
            }
        }
    }

    private static func world(parts: Int) -> World {
        World(tags: Dictionary(uniqueKeysWithValues: (1...parts).map { (SecurityFlipTests.uid(UInt64($0)), 0x07) }))
    }

    @Test(arguments: 0...30, [false, true])
    func `stopped after any step, a three-part set is finished or undone from the journal`(
        _ steps: Int,
        _ undoing: Bool
    ) {
        var world = Self.world(parts: 3)
        var flip = SecurityFlip(SecurityFlipTests.intent(parts: 3))
        let first = flip.start()
        world.run(&flip, first, limit: steps)
        // The process is gone. Only tags and journal are left.
        guard let (intent, result) = world.journal else {
            #expect(Set(world.tags.values) == [0x07], "no tag was touched before the intent stood")
            return
        }
        if result?.outcome.isSettled != true {
            var again = SecurityFlip(intent)
            let first = again.resume(undoing: undoing)
            world.run(&again, first)
        }
        let wanted: UInt8 = result == nil && undoing ? 0x07 : 0xC2
        #expect(Set(world.tags.values) == [wanted])
        #expect(world.journal?.result?.outcome == (wanted == 0xC2 ? .done : .unchanged))
        #expect(world.writesBeforeJournal == 0)
    }

    @Test(arguments: 1...300)
    func `whatever goes wrong, a flip ends, reports once and never says done of what it did not read`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let parts = Int.random(in: 1...4, using: &random)
        let trouble = Int.random(in: 0...5, using: &random)
        var world = Self.world(parts: parts)
        var flip = SecurityFlip(
            SecurityFlipTests.intent(parts: parts),
            onFailure: Bool.random(using: &random) ? .undo : .keep,
            attempts: Int.random(in: 1...4, using: &random)
        )
        var lastRead: [TagUID: UInt8] = [:]
        var pending = flip.start()
        while !pending.isEmpty {
            let action = pending.removeFirst()
            let isBad = Int.random(in: 0..<10, using: &random) < trouble
            let event = isBad ? Self.fault(action, &world, &random) : world.perform(action)
            if case .read(let uid, let afi) = event { lastRead[uid] = afi }
            if let event { pending += flip.handle(event) }
            guard world.steps < 500 else {
                Issue.record("does not end")
                return
            }
        }
        #expect(world.reports.count == 1 && world.writesBeforeJournal == 0)
        guard case .over(let result) = flip.state else {
            Issue.record("found state \(flip.state), wanted over")
            return
        }
        switch result.outcome {
        case .done:
            #expect(Set(world.tags.values) == [0xC2])
            #expect(Set(lastRead.values) == [0xC2] && lastRead.count == parts)
        case .unchanged: #expect(Set(world.tags.values) == [0x07])
        case .mixed: #expect(Set(world.tags.values) == [0x07, 0xC2])
        case .uncertain: #expect(result.readBack.count < parts)
        case .superseded: Issue.record("a flip does not end another one")
        }
    }

    private static func fault(
        _ action: SecurityFlip.Action,
        _ world: inout World,
        _ random: inout SeededGenerator
    ) -> SecurityFlip.Event? {
        world.steps += 1
        switch action {
        case .journal: return .journalFailed("disk full")
        case .writeAFI(let uid, let afi):
            switch Int.random(in: 0...3, using: &random) {
            // The write reached the tag, the answer got lost.
            case 0:
                world.tags[uid] = afi
                return .lost(uid)
            case 1: return .lost(uid)
            // The tag says yes and keeps its value.
            case 2: return .written(uid)
            default: return .refused(uid, reason: "programming failed")
            }
        case .readAFI(let uid):
            return Int.random(in: 0...9, using: &random) == 0 ? .stopped("reader unplugged") : .lost(uid)
        case .record: return .recordFailed("disk full")
        case .report(let result):
            world.reports.append(result)
            return nil
        }
    }
}
