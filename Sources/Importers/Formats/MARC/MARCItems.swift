import Library

/// Turns MARC records into import rows: one row for each item field of a record.
struct MARCItems: Sendable {
    /// Where a system keeps its items in a record.
    struct Map: Sendable {
        /// The field that holds one item each.
        var tag: String
        /// What the subfields of an item field mean.
        var subfields: [Unicode.Scalar: ItemField]
        /// The field of the title, in `$a`: 245 in MARC 21, 200 in UNIMARC.
        var titleTag = "245"
        /// The subfield of the rest of the title, and what stands between: MARC 21 has the punctuation in its values.
        /// In UNIMARC it is `$e`; `$b` says what kind of thing it is, `Texte imprimé`.
        var titleRest: (code: Unicode.Scalar, joint: String) = ("b", " ")
        /// Sets right what the system expresses in its own way.
        var prepare: @Sendable (inout ItemDraft, MARCField) -> Void = { _, _ in }
        var status: @Sendable (ItemDraft) -> (ItemStatus, text: String?)
    }

    private let map: Map
    private let settings: ImportSettings
    private var stream: MARCStream
    /// What the ASCII subfields mean, by their code.
    private let meanings: [ItemField?]
    private var recordsWithoutItems = 0
    private var firstWithoutItems = 0

    /// A site's settings may name another item field (`item = "949"`) and other subfields (`barcode = "i"`).
    init(map: Map, settings: ImportSettings) {
        var map = map
        if let tag = settings.columns["item"] { map.tag = tag }
        for (name, code) in settings.columns {
            let letters = code.unicodeScalars
            guard let field = ItemField(name: name), letters.count == 1, let letter = letters.first else { continue }
            map.subfields = map.subfields.filter { $0.value != field }
            map.subfields[letter] = field
        }
        self.map = map
        self.settings = settings
        meanings = (0..<128).map { map.subfields[Unicode.Scalar(UInt8($0))] }
        stream = MARCStream(tags: [map.tag, map.titleTag, "001"])
    }

    /// The subfields that are read, in their order; a library branch may stand in one of its own.
    var columns: [ImportColumn] {
        [ImportColumn(name: map.titleTag, meaning: .field(.title))]
            + map.subfields.sorted { $0.key < $1.key }.map { code, field in
                ImportColumn(name: "\(map.tag)$\(code)", meaning: .field(field))
            }
    }

    mutating func read(_ bytes: ArraySlice<UInt8>, row: (ImportRow) throws -> Void) throws {
        try stream.append(bytes)
        while let event = stream.next() { try handOut(event, row) }
    }

    mutating func finish(row: (ImportRow) throws -> Void) throws {
        if let event = stream.end() { try handOut(event, row) }
        guard recordsWithoutItems > 0 else { return }
        try row(
            .notice(
                "\(recordsWithoutItems) records without an item in field \(map.tag), the first is record \(firstWithoutItems)"
            )
        )
    }

    private mutating func handOut(_ event: MARCStream.Event, _ row: (ImportRow) throws -> Void) throws {
        switch event {
        case .malformed(let rejected): try row(.rejected(rejected))
        case .record(let record, let line):
            let items = record.fields.filter { $0.tag == map.tag && !$0.subfields.isEmpty }
            if items.isEmpty {
                if recordsWithoutItems == 0 { firstWithoutItems = line }
                recordsWithoutItems += 1
            }
            guard !items.isEmpty else { return }
            var common = ItemDraft()
            common[.recordIdentifier] = record.control("001")
            common[.title] = title(record)
            for field in items { try row(importRow(field, common, line: line)) }
        }
    }

    /// `common` is what all items of the record have and what counts where a field does not say it itself.
    private func importRow(_ field: MARCField, _ common: ItemDraft, line: Int) -> ImportRow {
        var draft = ItemDraft()
        for subfield in field.subfields {
            guard let meaning = meaning(subfield.code), draft[meaning] == nil else { continue }
            draft[meaning] = subfield.value.trimmed
        }
        map.prepare(&draft, field)
        if draft[.recordIdentifier] == nil { draft[.recordIdentifier] = common[.recordIdentifier] }
        if draft[.title] == nil { draft[.title] = common[.title] }
        let (status, text) = map.status(draft)
        switch draft.item(status: status, statusText: text, settings: settings) {
        case .success(let item): return .item(item, line: line)
        case .failure(let flaw): return .rejected(RejectedRow(line: line, cause: flaw.cause, text: draft.summary))
        }
    }

    private func meaning(_ code: Unicode.Scalar) -> ItemField? {
        code.value < 128 ? meanings[Int(code.value)] : map.subfields[code]
    }

    /// Title and rest of title without the punctuation of catalogue cards at their end, and without the controls around
    /// an article that is not filed (88 and 89 of MARC-8, U+0088 or U+0098 and their partners in Unicode).
    private func title(_ record: MARCRecord) -> String? {
        let rest = record.value(map.titleTag, map.titleRest.code)
        let pieces = [record.value(map.titleTag, "a"), rest].compactMap { $0 }
        guard !pieces.isEmpty else { return nil }
        var plain = String.UnicodeScalarView()
        for scalar in pieces.joined(separator: map.titleRest.joint).unicodeScalars
        where scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) {
            plain.append(scalar)
        }
        var title = String(plain)[...]
        while let last = title.last, last == "/" || last == ":" || last == ";" || last == " " { title.removeLast() }
        return title.isEmpty ? nil : String(title)
    }
}
