/// Reads a table with or without a header line and hands out each row as a draft by what its columns mean.
struct TableReader: Sendable {
    /// Which columns of the table mean what.
    enum Columns: Hashable, Sendable {
        /// By the names in the header line.
        case named([String: ItemField])
        /// By position; the table has no header line.
        case placed([ItemField?])
    }

    enum Event: Hashable, Sendable {
        case draft(ItemDraft, line: Int)
        case rejected(RejectedRow)
        case notice(String)
    }

    private enum Phase: Hashable, Sendable {
        case opening, header, rows
    }

    private let columns: Columns
    private let givenDelimiter: UInt8?
    private var phase = Phase.opening
    private var head: [UInt8] = []
    private var parser = DelimitedParser(delimiter: 0x2C)
    /// The columns that are read: where they stand and what they mean.
    private var wanted: [(place: Int, field: ItemField)] = []
    /// What the header's columns were taken for; of a table without header the mapped ones.
    private(set) var understood: [ImportColumn] = []
    private var width = 0
    private var patronPlaces: Set<Int> = []
    private var notices: [String] = []
    private var wasLatin = false
    private var hasToldLatin = false
    private var hasEnded = false

    init(columns: Columns, delimiter: UInt8? = nil) {
        self.columns = columns
        givenDelimiter = delimiter
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) throws(ImportError) {
        if phase == .opening {
            head += bytes
            guard bytes.contains(where: Self.isLineEnd) || head.count >= Delimiter.longestHeader else { return }
            try open()
        } else {
            parser.append(bytes)
        }
    }

    mutating func end() throws(ImportError) {
        hasEnded = true
        if phase == .opening { try open() }
        parser.end()
    }

    /// The next row; `nil` when more bytes are needed, or at the end.
    mutating func next() throws(ImportError) -> Event? {
        if phase == .opening { return nil }
        if phase == .header, !(try readHeader()) { return nil }
        if !notices.isEmpty { return .notice(notices.removeFirst()) }
        guard let event = parser.next() else { return nil }
        switch event {
        case .malformed(let line, let cause, let text):
            let isSafe = patronPlaces.isEmpty && !isHeaderless
            return .rejected(RejectedRow(line: line, cause: cause, text: isSafe ? text : ""))
        case .row(let line): return row(line)
        }
    }

    /// The present row for a rejection: without the columns that may name a patron, and of a table without names
    /// only the columns that are mapped.
    var rowText: String {
        guard !patronPlaces.isEmpty || isHeaderless else { return parser.rowText }
        var ignored = false
        let mapped = Set(wanted.map(\.place))
        let kept = (0..<parser.fieldCount).map { place in
            let isHidden = isHeaderless ? !mapped.contains(place) : patronPlaces.contains(place)
            return isHidden ? "" : PlainText.decoded(parser.field(place), wasLatin: &ignored) ?? ""
        }
        return String(kept.joined(separator: String(Unicode.Scalar(parser.delimiter))).prefix(500))
    }

    /// Starts once the first line is whole: only then is the delimiter known.
    private mutating func open() throws(ImportError) {
        if let found = Self.foreign(head) { throw .notText(found: found) }
        let text = (head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]).drop(while: Self.isLineEnd)
        // Lines that are empty would be kept and looked through again with every portion.
        guard head.count - text.count < Delimiter.longestHeader else {
            throw .notThisFormat(found: "\(Delimiter.longestHeader) bytes of empty lines", wanted: Self.wantedFirst)
        }
        let firstLine = text.prefix { !Self.isLineEnd($0) }
        guard firstLine.count < text.count || hasEnded || text.count >= Delimiter.longestHeader else { return }
        guard !firstLine.isEmpty else { throw .empty(wanted: Self.wantedFirst) }
        parser = DelimitedParser(delimiter: givenDelimiter ?? Delimiter.guess(firstLine: firstLine))
        parser.append(head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...])
        head = []
        phase = .header
        if case .placed(let fields) = columns {
            wanted = fields.enumerated().compactMap { place, field in field.map { (place, $0) } }
            understood = wanted.map { ImportColumn(name: "column \($0.place + 1)", meaning: .field($0.field)) }
            width = fields.count
            phase = .rows
        }
    }

    private static let wantedFirst = "a line of column names and rows"

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// What a file that is no text begins with.
    private static func foreign(_ head: [UInt8]) -> String? {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "a spreadsheet or zip file" }
        if head.starts(with: [0x1F, 0x8B]) { return "gzip" }
        if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "zstd" }
        return head.prefix(Delimiter.longestHeader).contains(0) ? "bytes of value 0" : nil
    }

    private mutating func readHeader() throws(ImportError) -> Bool {
        guard case .named(let names) = columns else { return false }
        repeat {
            guard let event = parser.next() else { return false }
            guard case .row = event else {
                throw .notThisFormat(found: "a first line without end", wanted: "column names")
            }
        } while isSeparatorLine
        var ignored = false
        let header = (0..<parser.fieldCount).map { PlainText.decoded(parser.field($0), wasLatin: &ignored) ?? "" }
        var taken: Set<ItemField> = []
        for (place, name) in header.enumerated() {
            if PatronColumns.include(name) {
                patronPlaces.insert(place)
                understood.append(ImportColumn(name: name, meaning: .patron))
                notices.append("column \(name.prefix(40)) may name a patron: dropped")
            } else if let field = names[ColumnName.plain(name)], taken.insert(field).inserted {
                wanted.append((place, field))
                understood.append(ImportColumn(name: name, meaning: .field(field)))
            } else {
                understood.append(ImportColumn(name: name, meaning: .unknown))
            }
        }
        guard taken.contains(.barcode) else {
            let wanted = names.filter { $0.value == .barcode }.keys.sorted()
            throw .noBarcodeColumn(found: header, wanted: wanted)
        }
        width = header.count
        phase = .rows
        return true
    }

    /// The present row names the separator, as spreadsheets have it before the header: its own one is there twice.
    private var isSeparatorLine: Bool {
        parser.fieldCount == 2 && parser.field(1).isEmpty && parser.field(0).elementsEqual(Delimiter.naming)
    }

    /// Without a header the map says how far rows must reach, not where they end.
    private var isHeaderless: Bool {
        if case .placed = columns { return true }
        return false
    }

    /// `="0007"`: a formula that keeps a spreadsheet from making a number of it, as some systems write barcodes.
    private static func unprotected(_ value: String) -> String? {
        guard value.utf8.first == 0x3D, value.utf8.count > 2, value.hasPrefix("=\""), value.hasSuffix("\"") else {
            return value
        }
        return String(value.dropFirst(2).dropLast()).trimmed
    }

    private mutating func row(_ line: Int) -> Event {
        var count = parser.fieldCount
        while count > width, parser.field(count - 1).isEmpty { count -= 1 }
        guard count == width || (isHeaderless && count > width) else {
            let cause = "found \(count) columns, wanted \(width)"
            let isSafe = patronPlaces.isEmpty && !isHeaderless
            return .rejected(RejectedRow(line: line, cause: cause, text: isSafe ? rowText : ""))
        }
        var draft = ItemDraft()
        for (place, field) in wanted {
            if let value = PlainText.decoded(parser.field(place), wasLatin: &wasLatin) {
                draft[field] = Self.unprotected(value)
            }
        }
        if wasLatin, !hasToldLatin {
            hasToldLatin = true
            notices.append("line \(line) is not UTF-8: such values are read as Windows-1252")
        }
        return .draft(draft, line: line)
    }
}
