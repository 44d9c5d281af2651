import Library

/// Reads items as FOLIO's inventory gives them, with titles from instances read before.
///
/// **Source**: pages of `/item-storage/items` or `/inventory/items` (`{"items": […], "totalRecords": n}`), or items one
/// after another. For titles with `/item-storage/items`, put the pages of `/instance-storage/instances` and
/// `/holdings-storage/holdings` before them in the same stream, and for the names of places that of `/locations`.
/// **Encoding**: UTF-8.
/// **Oddities**: `effectiveShelvingOrder` is FOLIO's own sort key; prefix and suffix stand apart from the call number;
/// locations are identifiers unless a page has their names: for changes that is the page of places alone, which a whole
/// pull has too; `lastCheckIn.staffMemberId` is never read.
package struct FOLIOImporter: HoldingsImporter {
    package static let profile = "folio"

    private let settings: ImportSettings
    private var framer = JSONFramer(containers: ["items", "instances", "holdingsRecords", "locations"])
    private var records = JSONRecordReader()
    private var titles = FOLIOTitles()
    /// Whether an item stands in a place of which there is no name.
    private var hasNamelessPlace = false

    package init(settings: ImportSettings) {
        self.settings = settings
    }

    package static func recognises(_ head: FileHead) -> String? {
        head.jsonKeys?.contains("holdingsRecordId") == true ? "member holdingsRecordId of FOLIO items" : nil
    }

    package var columns: [ImportColumn] { records.columns { Self.fields[$0] } }

    package mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        framer.append(bytes)
        while let frame = framer.next() { try handOut(frame, row) }
    }

    package mutating func finish(row: (ImportRow) throws -> Void) throws {
        if let frame = framer.end() { try handOut(frame, row) }
        if titles.isFull {
            try row(.notice("more than \(FOLIOTitles.limit) instances: titles beyond them are missing"))
        }
        if hasNamelessPlace {
            try row(.notice("places are told by their identifiers alone: let the user of the pull see locations"))
        }
    }

    private mutating func handOut(_ frame: RecordFrame, _ row: (ImportRow) throws -> Void) throws {
        let (container, isUpdate) = (framer.container, settings.isUpdate)
        var titles = titles
        var isNameless = false
        self.titles = FOLIOTitles()
        defer {
            self.titles = titles
            hasNamelessPlace = hasNamelessPlace || isNameless
        }
        try records.row(
            frame,
            settings: settings,
            draft: { record in
                switch container {
                case "instances": titles.add(instance: record)
                case "holdingsRecords": titles.add(holdings: record)
                case "locations": titles.add(location: record)
                default:
                    let draft = Self.draft(record, titles, isUpdate: isUpdate)
                    isNameless = draft[.location].map(Self.isIdentifier) ?? false
                    return draft
                }
                return nil
            },
            status: FOLIOStatus.status,
            row: row
        )
    }

    /// Where each field may stand, the first place with a value wins.
    private static let places: [(field: ItemField, paths: [String])] = [
        (.barcode, ["barcode"]), (.itemIdentifier, ["hrid", "id"]),
        (.callNumberPrefix, ["effectiveCallNumberComponents.prefix", "itemLevelCallNumberPrefix"]),
        (.callNumber, ["effectiveCallNumberComponents.callNumber", "itemLevelCallNumber", "callNumber"]),
        (.callNumberSuffix, ["effectiveCallNumberComponents.suffix", "itemLevelCallNumberSuffix"]),
        (.scheme, ["effectiveCallNumberComponents.typeId", "itemLevelCallNumberTypeId"]),
        (.systemSortKey, ["effectiveShelvingOrder"]),
        (.enumeration, ["volume", "enumeration", "chronology"]), (.copyNumber, ["copyNumber"]),
        (
            .location,
            ["temporaryLocation.name", "effectiveLocation.name", "temporaryLocationId", "effectiveLocationId"]
        ),
        (.permanentLocation, ["permanentLocation.name", "permanentLocationId"]),
        (.itemType, ["materialType.name", "materialTypeId"]),
        (.status, ["status.name"]), (.damaged, ["itemDamagedStatusId"]), (.parts, ["numberOfPieces"]),
        (.lastSeen, ["lastCheckIn.dateTime"]), (.title, ["title"]),
    ]

    private static let paths: [(field: ItemField, paths: [[String]])] = places.map {
        ($0.field, $0.paths.map(JSONValue.names))
    }

    /// Where `/inventory/items` has the identifiers that `/item-storage/items` knows places and types by.
    private static let identifiers: [(field: ItemField, paths: [[String]])] = [
        (.location, [["temporaryLocation", "id"], ["effectiveLocation", "id"]]),
        (.permanentLocation, [["permanentLocation", "id"]]), (.itemType, [["materialType", "id"]]),
    ]

    private static let fields: [String: ItemField] = Dictionary(
        places.flatMap { place in place.paths.map { ($0, place.field) } },
        uniquingKeysWith: { first, _ in first }
    )

    private static func draft(_ item: JSONValue, _ titles: FOLIOTitles, isUpdate: Bool) -> ItemDraft {
        var draft = ItemDraft()
        for (field, paths) in isUpdate ? identifiers + paths : paths {
            for path in paths where draft[field] == nil { draft[field] = item.value(at: path)?.text }
        }
        let instance = item["instanceId"]?.text ?? titles.instance(ofHoldings: item["holdingsRecordId"]?.text)
        draft[.recordIdentifier] = instance ?? item["holdingsRecordId"]?.text
        draft[.title] = draft[.title] ?? titles.title(ofInstance: instance)
        draft[.enumeration] = enumeration(item)
        draft[.location] = titles.place(draft[.location])
        draft[.permanentLocation] = titles.place(draft[.permanentLocation])
        return draft
    }

    /// What tells one volume from another, all of it, as FOLIO's own sort key has it.
    private static func enumeration(_ item: JSONValue) -> String? {
        var told: [String] = []
        for name in ["volume", "enumeration", "chronology"] {
            guard let text = item[name]?.text, !told.contains(text) else { continue }
            told.append(text)
        }
        return told.isEmpty ? nil : told.joined(separator: " ")
    }

    /// A UUID in its usual spelling (RFC 9562, 4).
    private static func isIdentifier(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 } }
    }
}
