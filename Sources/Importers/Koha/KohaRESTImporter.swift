import Library

/// Reads items as Koha's REST interface gives them: pages of `GET /api/v1/items`, one array or several in a row.
///
/// **Source**: `/api/v1/items`, with or without `x-koha-embed` of biblio, checkout, transfer, first_hold and
/// return_claims. **Encoding**: UTF-8.
/// **Oddities**: where no item tells of transfer and hold, not even that there is none, a notice says so: an item on
/// its way then seems to stand on its shelf. `external_id` is the barcode; `checked_out_date` mirrors `onloan`, which
/// holds the due date. What an embedded checkout says of its patron is not read.
package struct KohaRESTImporter: HoldingsImporter {
    package static let profile = "koha-rest"

    private let settings: ImportSettings
    private var framer = JSONFramer(containers: [])
    private var records = JSONRecordReader()
    /// Whether any item has told how it stands with transfers or holds; `nil` before the first item.
    private var tellsWays: Bool?

    package init(settings: ImportSettings) {
        self.settings = settings
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.jsonKeys?.isSuperset(of: ["external_id", "home_library_id"]) == true
            ? "members external_id and home_library_id of Koha items" : nil
    }

    package var columns: [ImportColumn] { records.columns { KohaColumns.names[$0] ?? Self.embedded[$0] } }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        framer.append(bytes)
        while let frame = framer.next() { try handOut(frame, row) }
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        if let frame = framer.end() { try handOut(frame, row) }
        guard tellsWays == false else { return }
        try row(.notice("no item tells of transfers, holds and return claims: such items count as on their shelf"))
    }

    private mutating func handOut(_ frame: RecordFrame, _ row: (ImportRow) throws -> Void) throws {
        var tellsWays = tellsWays
        defer { self.tellsWays = tellsWays }
        try records.row(
            frame,
            settings: settings,
            draft: { item in
                if case .object(let members) = item {
                    tellsWays = tellsWays == true || members["transfer"] != nil || members["first_hold"] != nil
                }
                return Self.draft(item)
            },
            status: KohaStatus.status,
            row: row
        )
    }

    /// Members of embedded objects that are read.
    private static let embedded: [String: ItemField] = [
        "biblio.title": .title, "checkout.due_date": .onLoan, "first_hold.status": .hold,
        "transfer.to_library_id": .transit, "transfer.tobranch": .transit, "return_claims": .claimedReturned,
        "effective_not_for_loan_status": .notForLoan,
    ]

    private static func draft(_ item: JSONValue) -> ItemDraft? {
        guard case .object(let members) = item else { return nil }
        var draft = ItemDraft()
        for (name, value) in members {
            guard let field = KohaColumns.names[name], let text = value.text, draft[field] == nil else { continue }
            draft[field] = text
        }
        // Of two members of one meaning, the item's own wins over the effective one, whatever their order.
        draft[.itemType] = item["item_type_id"]?.text ?? draft[.itemType]
        draft[.title] = item.value(at: "biblio.title")?.text ?? draft[.title]
        draft[.onLoan] = item.value(at: "checkout.due_date")?.text ?? draft[.onLoan]
        draft[.hold] = item.value(at: "first_hold.status")?.text ?? draft[.hold]
        // The item itself may be lent where its type may not.
        if (draft[.notForLoan] ?? "0") == "0" {
            draft[.notForLoan] = item["effective_not_for_loan_status"]?.text ?? draft[.notForLoan]
        }
        if let transfer = item["transfer"], isUnderWay(transfer) {
            draft[.transit] = (transfer["to_library_id"] ?? transfer["tobranch"])?.text ?? "open"
        }
        if hasOpenClaim(item) { draft[.claimedReturned] = "open" }
        return draft
    }

    /// A transfer that was asked for and not sent yet leaves the item on its shelf, as rotating stock stands there
    /// before somebody takes it out.
    private static func isUnderWay(_ transfer: JSONValue) -> Bool {
        guard case .object(let members) = transfer else { return true }
        if case .null? = members["datesent"] ?? members["date_sent"] { return false }
        return true
    }

    /// Claims stay with the item when they are settled; `return_claim` is the open one.
    private static func hasOpenClaim(_ item: JSONValue) -> Bool {
        if item["return_claim"] != nil { return true }
        guard case .array(let claims) = item["return_claims"] else { return false }
        return claims.contains { $0["resolution"] == nil && $0["resolved_on"] == nil }
    }
}
