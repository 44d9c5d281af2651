import Field
import Library
import Logging
import Operations
import Readers
import Store
import Synchronization
import Tags
import Testing
import Wire

/// A clock that moves a millisecond each time somebody looks at it, and a rest that only yields.
final class ManualTime: Sendable {
    private let now = Mutex<Int64>(1_700_000_000_000)

    var keeper: Timekeeper {
        Timekeeper(
            now: { Moment(milliseconds: self.advance(by: 1)) },
            sleep: { duration in
                try Task.checkCancellation()
                self.advance(by: max(1, duration.components.seconds * 1000))
                await Task.yield()
            }
        )
    }

    @discardableResult
    func advance(by milliseconds: Int64) -> Int64 {
        now.withLock { now in
            now += milliseconds
            return now
        }
    }
}

/// Tags as a library puts them on, and readers that hear them.
enum TestBranch {
    static let owner = "DK-718500"
    static let policy = SecurityPolicy(ownInstitutions: [owner])
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func tag(
        _ barcode: String,
        serial: UInt64,
        owner: String = owner,
        afi: UInt8 = 0x07,
        set: SetInformation = SetInformation(total: 1, ordinal: 1)
    ) throws -> VirtualTag {
        let chip = try #require(ChipTable.named("ICODE SLIX"))
        let content = TagContent(
            primaryItemIdentifier: barcode,
            ownerInstitution: owner,
            setInformation: set,
            typeOfUsage: .circulation
        )
        return VirtualTag(
            uid: TagUID(0xE004_0150_0000_0000 | serial),
            chip: chip,
            content: try Part3Model.encode(content, for: MemoryGeometry(blockSize: 4, blockCount: 28)),
            dsfid: 0x3E,
            afi: afi
        )
    }

    /// A FEIG pad, wand or gate with these tags in front of it, over a loopback line.
    static func setup(_ name: String, _ role: StationRole, _ tags: [VirtualTag]) -> StationSetup {
        StationSetup(name: name, role: role, driver: FEIGDriver.self, place: "loopback", interval: .milliseconds(1)) {
            () async throws(LinkError) -> any Link & ~Copyable in
            LoopbackLink(FEIGTwin(.pad), over: field(tags))
        }
    }

    static func field(_ tags: [VirtualTag]) -> RadioField {
        RadioField(tags: tags.map { RadioField.Placed(tag: $0, coupling: 1) }, conditions: RadioConditions(), seed: 1)
    }

    static func station(
        _ setup: StationSetup,
        time: ManualTime,
        knows: @escaping @Sendable (TagUID) async -> Bool = { _ in false },
        deliver: @escaping @Sendable (StationRound) async -> Void = { _ in }
    ) -> Station {
        Station(
            setup: setup,
            time: time.keeper,
            logger: logger,
            knows: knows,
            deliver: deliver,
            announce: { _ in }
        )
    }

    /// Runs a station while `body` works with it.
    static func running<Value: Sendable>(
        _ station: Station,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let turns = await station.turns
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await station.run() }
            defer { group.cancelAll() }
            try await waited { await station.turns != turns }
            try await waited {
                if case .connecting = await station.report.state { return false }
                return true
            }
            return try await body()
        }
    }

    /// A store with a snapshot of these items.
    static func store(_ items: [Item]) throws -> Store {
        let store = try Store.inMemory()
        let work = try store.beginImport(profile: "test", source: "test", at: Moment(milliseconds: 1))
        for (number, item) in items.enumerated() { try work.add(item, line: number + 1) }
        _ = try work.commit(at: Moment(milliseconds: 1_700_000_000_000))
        return store
    }

    static func item(_ barcode: String, _ callNumber: String, status: ItemStatus = .available) -> Item {
        Item(
            barcode: barcode,
            title: "Title of \(barcode)",
            callNumber: callNumber,
            scheme: .lcc,
            homeBranch: "MAIN",
            holdingBranch: "MAIN",
            location: "REF",
            permanentLocation: "REF",
            status: status
        )
    }
}
