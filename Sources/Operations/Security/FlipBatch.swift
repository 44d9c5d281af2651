import Library
import Readers
import Tags

/// Several items that are changed together on one reader, each with a flip of its own.
struct FlipBatch: Sendable {
    let requests: [SecurityRequest]
    private let start: @Sendable (SecurityIntent) -> FlipRun
    private var runs: [Int: FlipRun] = [:]
    private var notes: [Int: [String]] = [:]
    private var ends: [Int: SecurityReport.End] = [:]

    init(requests: [SecurityRequest], start: @escaping @Sendable (SecurityIntent) -> FlipRun) {
        self.requests = requests
        self.start = start
    }

    /// Whether an item is left that has to be read or written.
    var needsReader: Bool { requests.indices.contains { ends[$0] == nil } }

    mutating func take(_ decision: SecurityDecision, of index: Int) {
        switch decision {
        case .refused(let refusal): ends[index] = .refused(refusal)
        case .alreadySo(let uids): ends[index] = .alreadySo(uids)
        case .flip(let intent, let notes):
            runs[index] = start(intent)
            self.notes[index] = notes
        }
    }

    /// Journals and asks, item by item.
    mutating func begin() async {
        await forEachOpen { run in
            let first = run.flip.start()
            return await run.begin(first)
        }
    }

    /// Ends every flip that still needs the reader.
    mutating func abandon(_ why: String) async {
        await forEachOpen { run in await run.abandon(why) }
    }

    /// Writes and reads back, item by item.
    mutating func carryOut(on reader: inout any Reader & ~Copyable) async {
        for index in requests.indices where ends[index] == nil {
            guard var run = runs[index] else { continue }
            let result = await run.carryOut(on: &reader)
            ends[index] = .flipped(run.flip.intent, result)
            runs[index] = run
        }
    }

    private mutating func forEachOpen(_ step: (inout FlipRun) async -> SecurityResult?) async {
        for index in requests.indices where ends[index] == nil {
            guard var run = runs[index] else { continue }
            if let result = await step(&run) { ends[index] = .flipped(run.flip.intent, result) }
            runs[index] = run
        }
    }

    var reports: [SecurityReport] {
        requests.enumerated().map { index, request in
            let end = ends[index] ?? .refused(.notOnPad(barcode: request.barcode, tags: 0))
            return SecurityReport(request: request, end: end, notes: notes[index] ?? [], change: runs[index]?.record)
        }
    }
}
