import SIP2
import Wire

/// An emulated library system with two books, two patrons and an account, and ways to reach it.
struct EmulatedSystem: Sendable {
    let bench: LibrarySystemBench
    var twin: LibrarySystemTwin
    var account: SIP2Account

    init(
        _ dialect: SIP2Dialect = .other,
        encoding: SIP2Encoding? = nil,
        errorDetection: Bool? = nil,
        retries: Int = 2
    ) {
        let login = SIP2Account.Login(user: Confidential("gate"), password: Confidential("secret"))
        let encoding = encoding ?? dialect.encoding
        bench = LibrarySystemBench(
            LibrarySystemRecords(
                items: [
                    "B0001": .init(title: "Æbler og pærer", branch: "MAIN"),
                    "B0002": .init(title: "Lent", branch: "MAIN", status: .charged, borrower: "P0002"),
                    "B0003": .init(title: "Wanted elsewhere", branch: "MAIN", destination: "NORTH"),
                    "B0004": .init(title: "For the reading room", branch: "MAIN", isInhibited: true),
                ],
                patrons: ["P0001": .init(name: "Anna"), "P0002": .init(name: "Bo", isBlocked: true)]
            )
        )
        twin = LibrarySystemTwin(manner: .of(dialect), encoding: encoding, account: login)
        account = SIP2Account(
            login: login,
            location: "desk",
            institution: "MAIN",
            encoding: encoding,
            hasErrorDetection: errorDetection ?? dialect.hasErrorDetection,
            lineEnd: dialect.lineEnd,
            retries: retries
        )
    }

    /// A connection that opens itself when it is used.
    func connection(trace: @escaping SIP2Session.Trace = { _, _ in }) -> SIP2Connection {
        SIP2Connection(account: account, trace: trace) {
            [bench, twin] () async throws(LinkError) -> any Link & ~Copyable in
            guard await bench.takesCalls() else { throw .absent(device: "ils", hint: "nobody listens") }
            return LibrarySystemLink(twin, on: bench)
        }
    }

    static let date = SIP2Date(unixSeconds: 1_767_348_000, offset: 0)

    static func checkout(_ item: String, patron: String = "P0001") -> CheckoutRequest {
        CheckoutRequest(
            allowsRenewal: false,
            noBlock: false,
            date: date,
            institution: "MAIN",
            patron: Confidential(patron),
            item: item
        )
    }

    static func checkin(_ item: String) -> CheckinRequest {
        CheckinRequest(
            noBlock: false,
            date: date,
            returnDate: date,
            currentLocation: "MAIN",
            institution: "MAIN",
            item: item
        )
    }

    static func inquiry(_ item: String) -> ItemInformationRequest {
        ItemInformationRequest(date: date, institution: "MAIN", item: item)
    }

    func borrower(of item: String) async -> String? {
        await bench.records.items[item]?.borrower
    }
}

/// Lines of a trace in the order in which they went.
actor TraceBook {
    private(set) var lines: [String] = []
    nonisolated let stream: AsyncStream<String>
    nonisolated let write: AsyncStream<String>.Continuation

    init() {
        (stream, write) = AsyncStream.makeStream()
    }

    nonisolated var trace: SIP2Session.Trace {
        { [write] direction, line in write.yield("\(direction.rawValue) \(line.text)") }
    }

    /// Everything that was written; the book is closed.
    func close() async -> [String] {
        write.finish()
        for await line in stream { lines.append(line) }
        return lines
    }
}
