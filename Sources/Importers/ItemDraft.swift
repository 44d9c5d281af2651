import Library

/// The values of one item as they stand in an export, before they become an item or a rejected row.
struct ItemDraft: Hashable, Sendable {
    private var values = [String?](repeating: nil, count: ItemField.allCases.count)

    /// The value without surrounding spaces; an empty one counts as absent.
    subscript(field: ItemField) -> String? {
        get { values[field.rawValue] }
        set { values[field.rawValue] = newValue }
    }

    /// The longest barcode, in characters: what ISO 28560 tags and library systems hold with room to spare.
    static let longestBarcode = 64

    /// The item, or what is wrong with it.
    func item(status: ItemStatus, statusText: String?, settings: ImportSettings) -> Result<Item, Flaw> {
        guard let barcode = self[.barcode] else { return .failure(Flaw(cause: "found no barcode")) }
        if let flaw = Flaw(barcode: barcode) { return .failure(flaw) }
        if let cause = settings.barcodes.flaw(of: barcode) { return .failure(Flaw(cause: cause)) }
        return .success(
            Item(
                barcode: barcode,
                otherBarcodes: self[.otherBarcodes].map { Self.otherBarcodes($0, than: barcode) } ?? [],
                itemIdentifier: self[.itemIdentifier],
                recordIdentifier: self[.recordIdentifier],
                title: self[.title],
                callNumber: callNumber,
                scheme: CallNumberScheme(sourceWord: self[.scheme]) ?? settings.defaultScheme,
                systemSortKey: self[.systemSortKey],
                enumeration: self[.enumeration],
                copyNumber: self[.copyNumber],
                homeBranch: self[.homeBranch],
                holdingBranch: self[.holdingBranch],
                location: self[.location] ?? self[.permanentLocation],
                permanentLocation: self[.permanentLocation] ?? self[.location],
                collection: self[.collection],
                itemType: self[.itemType],
                status: status,
                statusText: statusText,
                parts: self[.parts].flatMap(Self.partCount),
                owner: self[.owner],
                lastSeen: self[.lastSeen]
            )
        )
    }

    /// Prefix, number and suffix as they stand on the spine.
    private var callNumber: String? {
        guard self[.callNumberPrefix] != nil || self[.callNumberSuffix] != nil else { return self[.callNumber] }
        let pieces = [self[.callNumberPrefix], self[.callNumber], self[.callNumberSuffix]].compactMap { $0 }
        return pieces.isEmpty ? nil : pieces.joined(separator: " ")
    }

    /// Eight at most; one that could be no barcode is left out.
    private static func otherBarcodes(_ text: String, than barcode: String) -> [String] {
        var others: [String] = []
        for piece in text.split(whereSeparator: { " ,;|\t\n".contains($0) }).prefix(8).map(String.init)
        where piece != barcode && !others.contains(piece) && Flaw(barcode: piece) == nil {
            others.append(piece)
        }
        return others
    }

    /// The count of parts where a field begins with one: `3`, `2 CDs`; anything else says nothing countable.
    private static func partCount(_ text: String) -> Int? {
        guard let count = Int(text.prefix { $0.isASCII && $0.isNumber }), (1...250).contains(count) else { return nil }
        return count
    }

    /// Why a draft cannot be an item: lower case, no period.
    struct Flaw: Error, Hashable, Sendable {
        var cause: String

        init(cause: String) {
            self.cause = cause
        }

        /// What is wrong with a barcode; `nil` when nothing is.
        init?(barcode: String) {
            if barcode.utf8.count > ItemDraft.longestBarcode {
                let length = barcode.utf8.count
                self.init(cause: "found a barcode of \(length) bytes, wanted at most \(ItemDraft.longestBarcode)")
            } else if barcode.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
                self.init(cause: "found a control character in the barcode")
            } else if barcode.wasRounded {
                self.init(cause: "found barcode \(barcode), which a spreadsheet has rounded to a scientific number")
            } else {
                return nil
            }
        }
    }
}

extension String {
    /// `3.0001E+13`: what a spreadsheet makes of a long barcode.
    fileprivate var wasRounded: Bool {
        guard let sign = utf8.firstIndex(of: 0x2B), sign > utf8.startIndex,
            utf8[utf8.index(before: sign)] | 0x20 == 0x65
        else { return false }
        let mantissa = utf8[..<utf8.index(before: sign)]
        let exponent = utf8[utf8.index(after: sign)...]
        return !mantissa.isEmpty && mantissa.allSatisfy { ($0 &- 0x30) < 10 || $0 == 0x2E || $0 == 0x2C }
            && !exponent.isEmpty && exponent.allSatisfy { ($0 &- 0x30) < 10 }
    }
}

extension ItemDraft {
    /// The values that were understood, by field, for a rejected row of a format without text rows.
    var summary: String {
        let pairs = ItemField.allCases.compactMap { field in self[field].map { "\(field.name)=\($0)" } }
        return String(pairs.joined(separator: ", ").prefix(500))
    }
}
