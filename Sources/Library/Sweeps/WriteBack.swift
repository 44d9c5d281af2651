/// How a library system is told what a sweep saw. Each is opt-in and a file first: what it does there is in its notice.
package enum WriteBackRoute: String, Hashable, Sendable, CaseIterable {
    /// For Koha's Interactive Inventory plugin: the body of `POST …/interactiveinventory/item/fields`.
    case kohaFields = "koha-fields"
    /// For Koha's inventory tool: one barcode a line.
    case kohaBarcodes = "koha-barcodes"
    /// For Evergreen's `open-ils.circ.circulation.update_copy_inventory`: one copy number a line.
    case evergreen
    /// For FOLIO's `circulation/check-in-by-barcode`: one request body a line.
    case folio
    /// One barcode a line, for anything else.
    case barcodes
    /// A check-in over SIP2, item by item; only for items that a person has picked.
    case sip2

    /// What a person has to know before the file is used; `nil` when it does nothing but note that items were seen.
    package var notice: String? {
        switch self {
        case .kohaFields, .evergreen, .barcodes: nil
        case .kohaBarcodes:
            "koha's inventory tool clears the lost status of every item in the file, and checks in items on loan "
                + "unless that is unticked"
        case .folio:
            "a check-in ends loans and transits, catches holds and may print slips, as at the desk; an item whose place "
                + "the service point does not serve is sent in transit"
        case .sip2:
            "a check-in ends loans and transits, catches holds and may print slips, as at the desk"
        }
    }

    /// Whether items go to the library system itself, and not only into a file.
    package var isLive: Bool { self == .kohaFields || self == .folio || self == .sip2 }

    /// Whether only items that a person has picked may be told: what a check-in does to all items of a sweep at once
    /// nobody can look after.
    package var wantsPicked: Bool { self == .sip2 }

    /// Whether telling twice does the same as telling once.
    package var isRepeatable: Bool { self == .kohaFields }

    /// What the file is called when somebody saves it: `koha-item-fields.json`.
    package var fileName: String {
        switch self {
        case .kohaFields: "koha-item-fields.json"
        case .kohaBarcodes: "koha-inventory-barcodes.txt"
        case .evergreen: "evergreen-copies.txt"
        case .folio: "folio-check-ins.jsonl"
        case .barcodes: "barcodes.txt"
        case .sip2: "sip2-check-ins.txt"
        }
    }
}

/// How far one item of a write-back has come.
package enum WriteBackState: String, Hashable, Sendable, CaseIterable {
    /// It stands in a file that a person takes to the library system.
    case written
    /// It is not told at all; the result says why.
    case leftOut = "left out"
    /// It is on its way, or was when the power went.
    case sent
    case done
    /// The library system did not take it.
    case refused
    /// Nobody knows whether it was done: it is not sent again, a person looks it up.
    case uncertain

    /// Whether there is nothing left to send; `isRepeatable` is the route's.
    package func isSettled(isRepeatable: Bool) -> Bool {
        switch self {
        case .done, .refused: true
        case .sent, .uncertain: !isRepeatable
        case .written, .leftOut: false
        }
    }
}

/// What one item's line in a write-back was, or what came of it.
package struct WriteBackResult: Hashable, Sendable {
    /// By which route.
    package var route: WriteBackRoute
    /// The item's barcode.
    package var barcode: String
    /// When the line was written, or the answer came.
    package var at: Moment
    /// How far the item has come.
    package var state: WriteBackState
    /// Lower case, no period.
    package var result: String

    package init(route: WriteBackRoute, barcode: String, at: Moment, state: WriteBackState, result: String) {
        self.route = route
        self.barcode = barcode
        self.at = at
        self.state = state
        self.result = result
    }
}

/// A file for a library system, and for each item what stands in it or why it was left out.
package struct WriteBack: Hashable, Sendable {
    /// The file's text, lines parted by line feeds; an item that is left out has none.
    package private(set) var text = ""
    /// One for each item that was heard, in shelf order, left out or not.
    package private(set) var results: [Result] = []

    /// What became of one item.
    package struct Result: Hashable, Sendable {
        /// The item's own barcode.
        package var barcode: String
        /// Whether it stands in the file.
        package var isWritten: Bool
        /// Lower case, no period: `in the file`, or why it was left out.
        package var result: String
    }

    /// `seen` are the items that were heard, in shelf order, each with when.
    ///
    /// An item whose status asks for a person (on loan, lost, in transit, on the hold shelf) is left out of everything
    /// that would change that status behind their back; barcodes that a file format cannot hold are left out too, and
    /// where a date is set, what the library system has seen later than the sweep did.
    /// `servicePoint` is FOLIO's, where the site has told it; `secondsAhead` says for a moment how far the clock on the
    /// library's wall is ahead of UTC, by which Koha reads dates.
    package init(
        _ route: WriteBackRoute,
        seen: [(item: Item, at: Moment)],
        servicePoint: String? = nil,
        secondsAhead: (Moment) -> Int = { _ in 0 }
    ) {
        var lines: [String] = []
        for (item, at) in seen {
            let time = SeenTime(at, secondsAhead: secondsAhead(at))
            switch Self.line(route, item, time, servicePoint) {
            case .success(let line):
                lines.append(line)
                results.append(Result(barcode: item.barcode, isWritten: true, result: "in the file"))
            case .failure(let refusal):
                results.append(Result(barcode: item.barcode, isWritten: false, result: "left out: \(refusal.reason)"))
            }
        }
        switch route {
        case .kohaFields: text = "{\"items\":[" + lines.joined(separator: ",\n") + "]}\n"
        case .kohaBarcodes, .evergreen, .folio, .barcodes, .sip2: text = lines.map { $0 + "\n" }.joined()
        }
    }

    private struct Refusal: Error {
        var reason: String
    }

    private static func line(
        _ route: WriteBackRoute,
        _ item: Item,
        _ time: SeenTime,
        _ servicePoint: String?
    ) -> Swift.Result<String, Refusal> {
        // Picked one by one: the person who picks sees the status.
        let changesStatus = route == .kohaBarcodes || route == .folio
        if changesStatus, !item.status.belongsOnShelf {
            return .failure(Refusal(reason: "its status is \(item.status.rawValue); a person should look at it"))
        }
        guard item.barcode.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            return .failure(Refusal(reason: "its barcode has characters that no file holds"))
        }
        let setsDate = route == .kohaFields || route == .folio
        if setsDate, let known = item.lastSeen, time.isBefore(known) {
            return .failure(Refusal(reason: "the library system has seen it since"))
        }
        switch route {
        case .kohaBarcodes, .barcodes, .sip2: return .success(item.barcode)
        case .kohaFields:
            return .success(
                "{\"barcode\":\(quoted(item.barcode)),\"fields\":{\"datelastseen\":\"\(time.onTheWall)\"}}"
            )
        case .evergreen:
            guard let copy = item.itemIdentifier, copy.allSatisfy(\.isNumber) else {
                return .failure(Refusal(reason: "the holdings tell no copy number"))
            }
            return .success(copy)
        case .folio:
            let place = servicePoint.map { "\"servicePointId\":\(quoted($0))," } ?? ""
            return .success(
                "{\"itemBarcode\":\(quoted(item.barcode)),\(place)\"checkInDate\":\"\(time.universal)\"}"
            )
        }
    }

    private static func quoted(_ text: String) -> String {
        // By scalars: a quote with an accent behind it is one character to Swift, and no quote. Control characters stand
        // in no barcode that comes here.
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// A moment, such as that at which an item was seen, as library systems want it written; in whole seconds.
package struct SeenTime: Hashable, Sendable {
    /// By the clock on the library's wall: `2026-03-02 09:00:00`, as Koha's database has it.
    package var onTheWall: String
    /// By UTC: `2026-03-02T08:00:00Z` (RFC 3339).
    package var universal: String

    /// `secondsAhead` is how far the library's clock is ahead of UTC at that moment; negative where it is behind.
    package init(_ moment: Moment, secondsAhead: Int) {
        let there = moment + .seconds(secondsAhead)
        onTheWall = "\(there.day) \(there.timeOfDay)"
        universal = "\(moment.day)T\(moment.timeOfDay)Z"
    }

    /// Whether a date of a library system is later: `2026-03-02` by its day, `2026-03-02 09:30:00` and RFC 3339 by the
    /// second. What is written in another form is never later.
    package func isBefore(_ known: String) -> Bool {
        let isDate =
            known.utf8.count >= 10
            && zip(known.utf8, "0000-00-00".utf8).allSatisfy { letter, form in
                form == UInt8(ascii: "-") ? letter == form : letter &- 0x30 < 10
            }
        guard isDate else { return false }
        let isUniversal = known.hasSuffix("Z") || known.hasSuffix("+00:00")
        return Self.plain(known) > Self.plain(isUniversal ? universal : onTheWall)
    }

    /// Day and time to the second, without a zone.
    private static func plain(_ date: String) -> String {
        String(date.prefix(19).map { $0 == "T" ? " " : $0 })
    }
}

extension Moment {
    /// The time by UTC, as `08:00:00`; what is finer than a second is cut off.
    fileprivate var timeOfDay: String {
        let rest = milliseconds % 86_400_000
        let seconds = (rest < 0 ? rest + 86_400_000 : rest) / 1000
        return [seconds / 3600, seconds / 60 % 60, seconds % 60].map(Self.two).joined(separator: ":")
    }

    /// The day by UTC, as `2026-03-02` (the civil calendar from days since 1970).
    package var day: String {
        let days = milliseconds / 86_400_000 - (milliseconds % 86_400_000 < 0 ? 1 : 0)
        // Years begin in March, so that the leap day is the last one; 719 468 days lie between 0000-03-01 and 1970.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let calendarMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0)
        return "\(year)-\(Self.two(calendarMonth))-\(Self.two(day))"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
