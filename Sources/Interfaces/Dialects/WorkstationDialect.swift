import Library
package import Operations

/// A way in which the pages of a library system speak to a pad on the workstation they are shown on.
///
/// Adding one touches its own folder, its tests and one line in `AllDialects.swift`.
package protocol WorkstationDialect: Sendable {
    static var identity: DialectIdentity { get }

    init(_ place: DialectPlace)

    /// Whether the call would change something: such a call must come from a page that stands in the list.
    static func changes(_ call: DialectCall) -> Bool

    /// The answer; `nil` when there is no such call.
    func answer(_ call: DialectCall) async -> DialectAnswer?

    /// The answer to a call that is not carried out, said where this dialect's clients look for it.
    static func refusal(_ problem: DialectProblem) -> DialectAnswer
}

/// What is fixed about a dialect.
package struct DialectIdentity: Hashable, Sendable {
    /// In the configuration.
    package var name: String
    /// For people.
    package var title: String
    /// The port that its clients expect.
    package var port: Int

    package init(name: String, title: String, port: Int) {
        self.name = name
        self.title = title
        self.port = port
    }
}

/// A call, its path in segments without the empty ones: clients write double slashes.
package struct DialectCall: Hashable, Sendable {
    /// In capitals, as it stands on the first line of the request: `GET`.
    package var method: String
    /// The segments without their percent signs: `/TagService//Web/GetItems` is `TagService`, `Web`, `GetItems`.
    package var path: [String]
    /// Behind the question mark; the first value where a name comes twice.
    package var query: [String: String]
    /// At most 64 KiB; empty for most calls.
    package var body: [UInt8]

    package init(method: String, path: [String], query: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    /// What stands behind the base path, whose case does not matter; `nil` for another path.
    package func words(behind base: [String]) -> [String]? {
        guard path.count > base.count,
            zip(base, path).allSatisfy({ $0.lowercased() == $1.lowercased() })
        else { return nil }
        return Array(path[base.count...])
    }
}

/// An answer as it goes out, never empty: clients fail on an empty body.
package struct DialectAnswer: Hashable, Sendable {
    /// The HTTP status.
    package var status: Int
    /// The header field `Content-Type`: `text/xml; charset=utf-8`.
    package var type: String
    /// A whole document in UTF-8, XML or JSON as the dialect has it.
    package var body: String

    package init(status: Int = 200, type: String, body: String) {
        self.status = status
        self.type = type
        self.body = body
    }
}

/// Why a call is not carried out.
package struct DialectProblem: Error, Hashable, Sendable {
    /// The HTTP status: 404 for a reader or item that is not there, 503 while the reader is away or busy.
    package var status: Int
    /// Lower case, no period.
    package var text: String
    /// What the person can do about it; `nil` where nothing is known to help.
    package var hint: String?

    package init(status: Int, text: String, hint: String? = nil) {
        self.status = status
        self.text = text
        self.hint = hint
    }

    /// What is not done in time is a 504, what failed a 502, what may not be done a 409.
    package init(_ refusal: WorkstationRefusal) {
        let status =
            switch refusal {
            case .noSuchReader, .notOnPad: 404
            case .offline, .busy: 503
            case .refused: 409
            case .failed: 502
            case .late: 504
            }
        self.init(status: status, text: "\(refusal)", hint: refusal.hint)
    }

    /// For the person at the desk, in one line.
    package var sentence: String { hint.map { "\(text); \($0)" } ?? text }
}

/// The pad that a dialect works with and what it may do there.
package struct DialectPlace: Sendable {
    /// What pads can be asked and told.
    package var desk: WorkstationDesk
    /// The name of this workstation's own pad, as the configuration has it.
    package var reader: String
    /// Whether the first pad there is takes its place once it was taken away: the configuration names none.
    package var takesFirst: Bool
    /// Whether tags may be written; their security may be changed always.
    package var writesTags: Bool
    /// Whether the number on a patron card is told to the page.
    package var showsCards: Bool
    /// Other pads by the address of their reader, for clients that name it.
    package var readersByAddress: [String: String]

    package init(
        desk: WorkstationDesk,
        reader: String,
        takesFirst: Bool = false,
        writesTags: Bool = false,
        showsCards: Bool = false,
        readersByAddress: [String: String] = [:]
    ) {
        self.desk = desk
        self.reader = reader
        self.takesFirst = takesFirst
        self.writesTags = writesTags
        self.showsCards = showsCards
        self.readersByAddress = readersByAddress
    }

    /// The name of the pad at this moment.
    var pad: String { takesFirst ? desk.pad(inPlaceOf: reader) : reader }

    /// What lies there; of patron cards only what the site wants told.
    func items(on reader: String? = nil) async throws(DialectProblem) -> [PadItem] {
        switch await desk.items(on: reader ?? pad, showingCards: showsCards) {
        case .success(let items): return items.filter { $0.kind != .patronCard || showsCards }
        case .failure(let refusal): throw DialectProblem(refusal)
        }
    }

    /// The barcode of the item that a client names by one of its tags, or by the barcode itself.
    func barcode(named name: String) async throws(DialectProblem) -> String {
        switch await desk.barcode(named: name, on: pad) {
        case .success(let barcode): return barcode
        case .failure(let refusal): throw DialectProblem(refusal)
        }
    }

    func secure(_ barcode: String, _ secured: Bool, on reader: String? = nil) async throws(DialectProblem) {
        let wanted = secured ? SecurityState.armed : .disarmed
        if let refusal = await desk.secure(barcode, wanted, on: reader ?? pad) { throw DialectProblem(refusal) }
    }

    func write(_ order: TagWritingOrder, on reader: String? = nil) async throws(DialectProblem) {
        guard writesTags else {
            throw DialectProblem(
                status: 403,
                text: "this workstation may not write tags",
                hint: "set writes-tags = true under its [[dialect]]"
            )
        }
        if let refusal = await desk.write(order, on: reader ?? pad) { throw DialectProblem(refusal) }
    }
}
