import Field
import Foundation
import GRDB
import Library
import Readers
import Synchronization
import Tags
import Testing
import Wire

@testable import Operations
@testable import Store

/// A set of three parts on a pad, a store on a real disk, and a program that can be stopped behind any step.
final class CrashBench: Sendable {
    static let barcode = "1000000136"
    let cause: SecurityCause
    let branch: PadBranch
    let parts: [TagUID]
    let time = ManualTime()
    private let folders = Mutex<[URL]>([])

    /// How one run of the program ended.
    struct Run {
        var steps: Int
        /// `nil` when the program was stopped first.
        var result: SecurityResult?
    }

    init(_ cause: SecurityCause) async throws {
        self.cause = cause
        let afi: UInt8 = cause == .checkin ? 0xC2 : 0x07
        let tags = try (1...3).map {
            try TestBranch.tag(Self.barcode, serial: UInt64($0), afi: afi, set: SetInformation(total: 3, ordinal: $0))
        }
        branch = try await PadBranch(tags)
        parts = tags.map(\.uid)
        if cause == .checkin { branch.loans.withLock { _ = $0.insert(Self.barcode) } }
        let folder = try folder()
        let store = try Store.open(folder: folder.path)
        let work = try store.beginImport(profile: "test", source: "test", at: Moment(milliseconds: 1))
        try work.add(TestBranch.item(Self.barcode, "QA 76 .A1 2000"), line: 1)
        _ = try work.commit(at: Moment(milliseconds: 1_600_000_000_000))
    }

    deinit {
        for folder in folders.withLock({ $0 }) { try? FileManager.default.removeItem(at: folder) }
    }

    var wanted: SecurityState { cause == .checkin ? .armed : .disarmed }

    /// What the tags must say by the library system.
    var right: UInt8 { branch.status(of: Self.barcode) == .onLoan ? 0xC2 : 0x07 }

    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "pressmark-crash-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folders.withLock { $0.append(url) }
        return url
    }

    /// The store as a killed program leaves it: the files as they stand are copied and opened by another.
    func openAfterKill() throws -> Store {
        let last = try #require(folders.withLock { $0.last })
        let copy = try folder()
        for name in try FileManager.default.contentsOfDirectory(atPath: last.path)
        where ["pressmark.sqlite", "pressmark.sqlite-wal"].contains(name) || name.hasPrefix("holdings-") {
            try Data(contentsOf: last.appending(path: name)).write(to: copy.appending(path: name))
        }
        return try Store.open(folder: copy.path)
    }

    /// Makes every write fail, or work again, as a disk that is full does.
    static func setDisk(of store: Store, isFull: Bool) throws {
        try store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = \(isFull ? 1 : 0)") }
    }

    /// Plays the whole change on `store`, one step after the other, and stops behind the step of this number.
    ///
    /// - Parameters:
    ///   - pulled: the tag that is pulled off in the middle of its first write.
    ///   - fullAt: steps during which the disk takes nothing.
    func play(
        on store: Store,
        stop: Int = .max,
        pulling pulled: TagUID? = nil,
        fullAt: Range<Int> = 0..<0
    ) async throws -> Run {
        try await branch.put(parts)
        var reader = try await FEIGDriver.open(branch.link(to: "pad-1"))
        let read = try await reader.readForSecurity(TestBranch.policy, by: .standard)
        if let pulled { try await branch.field.pullDuringNextWrite(pulled) }
        let request = SecurityRequest(barcode: Self.barcode, wanted: wanted, cause: cause, reader: "pad-1")
        let item = try store.item(barcode: Self.barcode)?.item
        let decision = TestBranch.policy.decide(request, onPad: read, item: item, at: time.keeper.now())
        guard case .flip(let intent, _) = decision else {
            Issue.record("found \(decision), wanted a change")
            return Run(steps: 0)
        }
        var run = FlipRun(
            flip: SecurityFlip(intent, asks: true, onFailure: SecurityFlip.OnFailure(of: intent)),
            store: store,
            time: time.keeper,
            password: nil,
            question: { [branch] in branch.ask($0) }
        )
        run.pending = run.flip.start()
        var steps = 0
        while steps < stop {
            try Self.setDisk(of: store, isFull: fullAt.contains(steps))
            if let result = await run.step(on: &reader) {
                try Self.setDisk(of: store, isFull: false)
                return Run(steps: steps, result: result)
            }
            steps += 1
        }
        return Run(steps: steps)
    }

    /// Starts the program again with all parts on the pad: what is open is taken up until nothing is.
    func restart() async throws -> Store {
        let store = try openAfterKill()
        try await branch.put(parts)
        let desk = SecurityDesk(
            store: store,
            time: time.keeper,
            policy: TestBranch.policy,
            status: { [branch] in branch.status(of: $0) },
            events: EventHub(),
            logger: TestBranch.logger
        )
        let station = TestBranch.station(branch.setup("pad-1", .pad), time: time, deliver: { desk.take($0) })
        _ = try await TestBranch.running(station) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await desk.run(on: [station]) }
                defer { group.cancelAll() }
                return try await eventually {
                    // A part that is pulled off only now is laid on the pad again.
                    try await branch.put(await branch.field.snapshot().away)
                    return try store.openIntents().isEmpty
                }
            }
        }
        return store
    }

    /// What must hold however the program ended: no tag differs from its loan without an open entry in the journal, no
    /// tag was written to without one, and nobody was told done of what is not.
    func check(_ store: Store, _ run: Run, _ place: String) async throws {
        let says = await branch.afis(parts)
        let open = try store.openIntents()
        let before: UInt8 = cause == .checkin ? 0xC2 : 0x07
        if !says.allSatisfy({ $0 == right }) { #expect(!open.isEmpty, "\(place): tags say \(says), and nobody knows") }
        if !says.allSatisfy({ $0 == before }) {
            #expect(try !store.journal().isEmpty, "\(place): written to without an intent on the disk")
        }
        if run.result?.outcome == .done {
            let value = TestBranch.policy.value(for: wanted)
            #expect(says.allSatisfy { $0 == value }, "\(place): told done, and tags say \(says)")
        }
    }

    /// What must hold when everything was taken up: tags and loan agree, and no intent was lost.
    func checkSettled(_ store: Store, _ place: String) async throws {
        let says = await branch.afis(parts)
        #expect(says.allSatisfy { $0 == right }, "\(place): tags say \(says), wanted \(right)")
        #expect(try store.openIntents().isEmpty, "\(place): an intent was lost")
    }
}
