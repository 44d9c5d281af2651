import Glibc
import Library
import Operations
import Store
import Tags

/// Remembers what was promised to anybody, and says when a promise is broken.
final class Witness: @unchecked Sendable {
    /// A broken promise, with its place in the run.
    struct Violation: Error, Hashable, CustomStringConvertible {
        var promise: String
        var what: String
        var step: UInt64
        var at: Duration

        var description: String { "\(promise): \(what) (step \(step), \(at))" }
    }

    /// What somebody at a pad was told last about an item.
    enum Told: Hashable {
        /// Loan or return stands and the tags follow.
        case good(isLent: Bool)
        /// Anything else: refused, failed, uncertain, or nobody was there to tell. Staff know that they have to look.
        case notGood
    }

    private let processor: VirtualProcessor
    private let trace: Trace
    private let goesByAFI: Bool
    private(set) var violation: Violation?
    private(set) var told: [String: Told] = [:]
    private var alarms: Set<GateAlarmRecord.ID> = []
    /// The most sightings of a sweep that were ever shown.
    private var shown: [Sweep.ID: Int] = [:]
    /// Sightings that were uploaded, and taken.
    private var uploaded: [Sweep.ID: Set<Sighting>] = [:]
    private var keptReturns: Set<String> = []
    /// When each tag was last told to be at a gate, by an alarm or a parking.
    private var rung: [TagUID: Duration] = [:]
    /// Where each tag is carried through a gate, and since when it is out again.
    private var atGate: [TagUID: (gate: String, left: Duration?)] = [:]
    private(set) var counts: [String: Int] = [:]

    /// `goesByAFI`: the AFI of a tag tells all there is to its alarm.
    init(_ processor: VirtualProcessor, _ trace: Trace, goesByAFI: Bool) {
        self.processor = processor
        self.trace = trace
        self.goesByAFI = goesByAFI
    }

    func violated(_ promise: String, _ what: String) {
        trace.note("VIOLATED \(promise): \(what)")
        guard violation == nil else { return }
        violation = Violation(promise: promise, what: what, step: processor.steps, at: processor.now)
        processor.halt()
    }

    func count(_ what: String) { counts[what, default: 0] += 1 }

    // MARK: - What is told

    func tell(_ barcode: String, _ told: Told) { self.told[barcode] = told }

    /// Whether somebody was told that all is well with an item, or nobody ever touched it.
    func isTrusted(_ barcode: String) -> Bool { told[barcode] != .notGood }

    func keptReturn(_ barcode: String) { keptReturns.insert(barcode) }

    func uploaded(_ sightings: [Sighting], to sweep: Sweep.ID) {
        uploaded[sweep, default: []].formUnion(sightings)
        count("uploads")
    }

    func entersGate(_ uid: TagUID, _ gate: String) { atGate[uid] = (gate, nil) }

    func leavesGate(_ uid: TagUID) { atGate[uid]?.left = processor.now }

    func hasRung(_ uid: TagUID, since start: Duration) -> Bool { rung[uid].map { $0 >= start } ?? false }

    /// Hears what a program tells everybody.
    func take(_ event: BranchEvent) {
        switch event {
        case .alarm(let record):
            if record.id > 0 { alarms.insert(record.id) }
            count("alarms")
            trace.note("alarm \(record.id) at \(record.alarm.gate): \(record.alarm.items.map(\.reason.rawValue))")
            if record.alarm.items.isEmpty { violated("every alarm has a reason", "alarm \(record.id) names no item") }
            for item in record.alarm.items { judge(item, of: record.alarm) }
        case .parked(let parking, _): rung[parking.uid] = processor.now
        case .sweep(let view): shown[view.sweep.id] = max(shown[view.sweep.id] ?? 0, view.sightings)
        case .divergences(let open): trace.note("\(open) wrong bits")
        case .gateTrouble: count("gate troubles")
        case .station, .pad, .librarySystem, .finding, .security, .sought, .guide, .lost: break
        }
    }

    private func judge(_ item: GateAlarmItem, of alarm: GateAlarm) {
        rung[item.uid] = processor.now
        guard let visit = atGate[item.uid], visit.gate == alarm.gate,
            visit.left.map({ processor.now - $0 < .seconds(30) }) ?? true
        else { return violated("every alarm has a reason", "\(alarm.gate) rings for \(item.uid), which is not there") }
        guard goesByAFI else { return }
        switch (item.reason, item.afi) {
        case (.notOnLoan, Book.disarmed?), (.notCleared, Book.disarmed?), (.setPart, Book.disarmed?),
            (.disarmedInLibrary, Book.armed?):
            violated("every alarm has a reason", "\(item.uid) says \(item.afi ?? 0), and the reason is \(item.reason)")
        default: break
        }
    }

    // MARK: - What is looked at

    /// Compares what is on the disk with what was promised.
    func check(_ store: Store) {
        do throws(StoreError) {
            let stored = Set(try store.alarms(after: 0, limit: .max).map(\.id))
            let lost = alarms.subtracting(stored).sorted()
            if !lost.isEmpty { violated("no acknowledged alarm is lost", "alarms \(lost) are not in the store") }
            for (sweep, count) in shown.sorted(by: { $0.key < $1.key }) {
                let found = try store.sightingCount(of: sweep)
                guard found < count else { continue }
                violated("no acknowledged sighting is lost", "sweep \(sweep) showed \(count) sightings, found \(found)")
            }
            for (sweep, sightings) in uploaded.sorted(by: { $0.key < $1.key }) {
                let missing = sightings.subtracting(try store.sightings(of: sweep))
                guard !missing.isEmpty else { continue }
                violated(
                    "no acknowledged sighting is lost",
                    "sweep \(sweep) took \(sightings.count) sightings in an upload, \(missing.count) are not in the store"
                )
            }
        } catch {
            violated("the store can be read", "\(error)")
        }
    }

    /// A return that was taken while the library system was away waits in the store until the system has it.
    func checkKept(_ store: Store, isLent: (String) async -> Bool) async {
        guard let waiting = try? store.storedReturns() else { return }
        for barcode in keptReturns.sorted() {
            guard !waiting.contains(where: { $0.barcode == barcode }) else { continue }
            keptReturns.remove(barcode)
            guard await isLent(barcode), told[barcode] == .good(isLent: false) else { continue }
            violated("no kept return is lost", "\(barcode) was taken back and is on loan still")
        }
    }

    /// A line that somebody can read in a log.
    func hear(_ line: String) {
        for text in Planted.texts where line.contains(text) {
            violated("no patron anywhere", "a log line names one: \(line.count) letters")
        }
    }
}
