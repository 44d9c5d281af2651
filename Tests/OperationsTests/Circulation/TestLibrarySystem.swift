import Library
import Operations
import SIP2
import Wire

/// An emulated library system with three books and two patrons, and a link to it.
struct TestLibrarySystem: Sendable {
    let bench = LibrarySystemBench(
        LibrarySystemRecords(
            items: [
                "1000000136": .init(title: "A title", callNumber: "QA 76", branch: "MAIN"),
                "1000000144": .init(title: "Lent", branch: "MAIN", status: .charged, borrower: "P0009"),
                "1000000152": .init(title: "In the house", branch: "MAIN", isInhibited: true),
            ],
            patrons: ["P0001": .init(name: "Anna"), "P0002": .init(name: "Bo", isBlocked: true)]
        )
    )
    var twin = LibrarySystemTwin(manner: .koha, lateness: .zero)
    var offline = OfflineMode.returns
    var rules = CirculationRules()
    /// One connection takes scheduled faults in the order of the questions.
    var connections = 1

    /// Time that stands still: nothing happens by itself.
    static let still = Timekeeper(
        now: { Moment(milliseconds: 1_767_348_000_000) },
        sleep: { _ in try await Task.sleep(for: .seconds(3600)) }
    )

    var setup: CirculationSetup {
        let account = SIP2Account(
            login: SIP2Account.Login(user: Confidential("gate"), password: .empty),
            institution: "MAIN"
        )
        let settings = CirculationSettings(
            place: "ils:6001",
            dialect: .koha,
            account: account,
            connections: connections,
            rules: rules,
            offline: offline
        )
        return CirculationSetup(settings: settings) {
            [bench, twin] () async throws(LinkError) -> any Link & ~Copyable in
            guard await bench.takesCalls() else { throw .absent(device: "ils:6001", hint: "nobody listens") }
            return LibrarySystemLink(twin, on: bench)
        }
    }

    /// - Parameters:
    ///   - announce: told when the system comes or goes.
    ///   - open: makes the calls in place of those to ``bench``.
    func link(
        announce: @escaping @Sendable (_ isOnline: Bool) async -> Void = { _ in },
        open: SIP2Connection.Open? = nil
    ) -> CirculationLink {
        let setup = setup
        return CirculationLink(
            setup.settings,
            time: Self.still,
            logger: TestBranch.logger,
            announce: announce,
            open: open ?? setup.open
        )
    }

    /// Runs the link while `body` uses it.
    func running<Result: Sendable>(
        _ link: CirculationLink,
        _ body: () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await link.run() }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    func borrower(of barcode: String) async -> String? { await bench.records.items[barcode]?.borrower }
}
