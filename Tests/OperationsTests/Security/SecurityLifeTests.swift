import Field
import Foundation
import Library
import Operations
import SIP2
import Store
import Synchronization
import Tags
import Testing

/// Random days of a branch through the whole service: items are laid down and taken away, lent and returned on two
/// pads, while the library system, the disk, tags and the program itself fail. The model is the plainest there is: in
/// the end tags say what the library system says, and only who asked has a loan.
@Suite(.serialized) struct SecurityLifeTests {
    /// Programs started in one run; PRESSMARK_LIVES asks for more.
    private static let lives = ProcessInfo.processInfo.environment["PRESSMARK_LIVES"].flatMap(Int.init) ?? 24
    private static let seeds: [UInt64] = [3, 1969, 2026]

    /// What one program is asked for, decided before it starts, so that a seed says the same every time.
    private enum Act: Sendable {
        case put(TagUID, pad: String)
        case putItem(String, pad: String)
        case take(TagUID)
        case tear(TagUID)
        case trouble([LibrarySystemFault?])
        case disk(isFull: Bool)
        case lend(String, pad: String)
        case takeBack(String, pad: String)
    }

    private static func acts(_ random: inout SeededGenerator, _ life: BranchLife) -> [Act] {
        let tags = life.tags.values.flatMap(\.self).sorted()
        return (0..<Int.random(in: 3...9, using: &random)).map { _ in
            let barcode = BranchLife.items.keys.sorted().randomElement(using: &random) ?? ""
            let tag = tags.randomElement(using: &random) ?? TagUID(0)
            let pad = Int.random(in: 0..<4, using: &random) == 0 ? "pad-2" : "pad-1"
            switch Int.random(in: 0..<20, using: &random) {
            case 0: return .put(tag, pad: pad)
            case 1..<5: return .putItem(barcode, pad: pad)
            case 5: return .take(tag)
            case 6, 7: return .tear(tag)
            case 8..<11:
                let count = Int.random(in: 1...3, using: &random)
                return .trouble((0..<count).map { _ in LibrarySystemFault.allCases.randomElement(using: &random) })
            case 11: return .disk(isFull: Bool.random(using: &random))
            case 12..<16: return .lend(barcode, pad: pad)
            default: return .takeBack(barcode, pad: pad)
            }
        }
    }

    private final class Tally: Sendable {
        private let counted = Mutex<(ends: [String: Int], asked: Set<String>)>(([:], []))

        var ends: [String: Int] { counted.withLock { $0.ends } }
        /// Items somebody has asked for in this program.
        var asked: Set<String> { counted.withLock { $0.asked } }

        func count(_ end: String) { counted.withLock { $0.ends[end, default: 0] += 1 } }
        func ask(for barcode: String) { counted.withLock { _ = $0.asked.insert(barcode) } }
    }

    private static func perform(
        _ act: Act,
        _ life: BranchLife,
        _ desk: ServiceDesk,
        _ store: Store,
        _ tally: Tally
    ) async throws {
        switch act {
        case .put(let tag, let pad): try await life.branch.field.placeOnPad(pad, tag)
        case .putItem(let barcode, let pad): try await life.branch.put(life.tags[barcode] ?? [], on: pad)
        case .take(let tag): try await life.branch.field.takeAway(tag)
        case .tear(let tag): try await life.branch.field.pullDuringNextWrite(tag)
        case .trouble(let faults): await life.system.schedule(faults)
        case .disk(let isFull): try BranchLife.setDisk(of: store, isFull: isFull)
        case .lend(let barcode, let pad): try await change(barcode, pad, lends: true, life, desk, tally)
        case .takeBack(let barcode, let pad): try await change(barcode, pad, lends: false, life, desk, tally)
        }
    }

    private static func change(
        _ barcode: String,
        _ pad: String,
        lends: Bool,
        _ life: BranchLife,
        _ desk: ServiceDesk,
        _ tally: Tally
    ) async throws {
        tally.ask(for: barcode)
        let (loans, station) = (try #require(desk.loans), try desk.station(pad))
        let report: LoanReport
        do {
            let borrower = Borrower(identifier: BranchLife.patron)
            report =
                lends
                ? try await loans.checkOut(barcode, for: borrower, on: station)
                : try await loans.checkIn(barcode, on: station)
        } catch {
            // A pad that is away, or a disk that cannot be read: nothing was asked.
            tally.count("failed")
            return
        }
        let word =
            switch report.end {
            case .stands: report.shortfall == nil ? "done" : "tags do not follow"
            case .refused: "refused"
            case .refusedAtPad: "refused at pad"
            case .notAsked: "not asked"
            case .away: "away"
            case .uncertain: "uncertain"
            case .kept: "kept"
            }
        tally.count(word)
        guard case .stands = report.end else { return }
        let isLent = await life.system.records.items[barcode]?.borrower != nil
        #expect(isLent == lends, "\(barcode): told that it stands, and it does not")
        guard report.shortfall == nil, case .changed = report.tags else { return }
        let says = await life.branch.afis(life.tags[barcode] ?? [])
        #expect(says.allSatisfy { $0 == (lends ? 0xC2 : 0x07) }, "\(barcode): a green light, and its tags say \(says)")
    }

    /// A program without any trouble: everything open is brought to its end.
    private static func settle(_ life: BranchLife, _ place: String) async throws {
        let loans = await life.system.records
        try await life.running { desk, store in
            // Faults that were ordered and did not happen yet are used up.
            try await waited { (try? await desk.circulation?.ping()) != nil }
            let tags = life.tags.values.flatMap(\.self)
            let isSettled = try await eventually {
                let lying = await life.branch.field.snapshot().pads["pad-1"] ?? []
                try await life.branch.put(tags.filter { !lying.contains($0) })
                let isWrong = await !life.wrong().isEmpty
                return try !isWrong && store.openIntents().isEmpty && store.openDivergenceCount() == 0
            }
            let open = try store.openIntents().map { "\($0.intent.barcode) \($0.intent.cause.rawValue)" }
            let wrong = await life.wrong()
            #expect(isSettled, "\(place): \(wrong), open \(open)")
        }
        let after = await life.system.records
        #expect(after == loans, "\(place): a loan was made or taken back without anybody asking")
    }

    @Test(arguments: seeds)
    func `after any day of loans, faults and crashes tags say what the library system says`(_ seed: UInt64) async throws
    {
        var random = SeededGenerator(seed: seed)
        let life = try await BranchLife(seed: seed)
        var ends: [String: Int] = [:]
        for number in 0..<Self.lives {
            let acts = Self.acts(&random, life)
            let isCutOff = random.chance(0.5)
            let yields = Int.random(in: 0..<400, using: &random)
            let tally = Tally()
            let before = await life.system.records.items
            try await life.running(
                cutOff: { desk, store in
                    // The program is killed in the middle of what it does last.
                    if isCutOff, let last = acts.last { try? await Self.perform(last, life, desk, store, tally) }
                },
                behind: yields,
                { desk, store in
                    for act in isCutOff ? acts.dropLast() : acts[...] {
                        try await Self.perform(act, life, desk, store, tally)
                    }
                }
            )
            let after = await life.system.records.items
            let asked = tally.asked
            for (barcode, item) in after where item != before[barcode] {
                #expect(asked.contains(barcode), "seed \(seed), program \(number): nobody asked for \(barcode)")
            }
            ends.merge(tally.ends, uniquingKeysWith: +)
            try await Self.settle(life, "seed \(seed), program \(number)")
        }
        for word in ["done", "refused", "refused at pad"] {
            #expect(ends[word, default: 0] > 0, "\(word) never happened: \(ends)")
        }
    }
}
