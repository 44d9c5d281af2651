package import Tags

/// A sweep's log as text, for a daemon that was on a cart without a network and for files of wands.
///
/// Three forms. Our own: comma-separated lines under a line of names, `uid,barcode,reader,at,pass,afi,antenna,signal`,
/// with `at` in milliseconds since 1970 and quotes around what holds a comma or a quote; it loses nothing. The plain
/// list that most wands write: one barcode a line. And a table of a wand or a spreadsheet under a line of names, of
/// which the column of barcodes, or else of tag numbers, is read.
package struct SightingLog: Hashable, Sendable {
    /// The line of names that our own form begins with.
    package static let header = "uid,barcode,reader,at,pass,afi,antenna,signal"

    /// The reader's name for lines that do not tell it.
    package let reader: String
    /// The moment for lines that do not tell it.
    package var moment: Moment
    /// Whether the line of names was seen: then each line has its columns.
    package private(set) var hasColumns = false
    /// Where the barcodes stand in a wand's table; `nil` for a plain list.
    private var table: Table?
    private var hasBegun = false
    private var line = 0

    /// `reader` may be any text, such as a file's name: a comma and a line's end become spaces.
    package init(reader: String, moment: Moment) {
        let name = String(reader.map { $0 == "," || $0.isNewline ? " " : $0 })
        self.reader = name.isEmpty ? "upload" : name
        self.moment = moment
    }

    /// A line that is no sighting, and why.
    package struct Rejection: Hashable, Sendable {
        /// Counted from 1.
        package var line: Int
        /// Lower case, no period.
        package var cause: String
    }

    /// What one line of a log came to.
    package enum Line: Hashable, Sendable {
        case sighting(Sighting)
        /// A barcode without a tag's number: the store knows the tag, or it stands for itself.
        case barcode(String)
        case nothing
        case rejected(Rejection)
    }

    /// Takes the next line of the file, its end left off.
    package mutating func take(_ text: some StringProtocol) -> Line {
        line += 1
        let whole = Substring(text)
        let text = whole.trimmed
        guard !text.isEmpty else { return .nothing }
        if text == Self.header {
            hasColumns = true
            return .nothing
        }
        guard hasColumns else { return foreign(text, whole) }
        let cells = Self.cells(text)
        guard cells.count == 8 else { return reject("found \(cells.count) columns, wanted 8") }
        guard let uid = TagUID(hexadecimal: cells[0]) else {
            return reject("uid: found '\(cells[0])', wanted 16 digits")
        }
        guard let at = Int64(cells[3]) else { return reject("at: found '\(cells[3])', wanted milliseconds since 1970") }
        guard !cells[2].isEmpty else { return reject("reader: found nothing") }
        guard cells[1].isPrinted, cells[2].isPrinted else { return reject("found control characters, wanted text") }
        guard let pass = Int(cells[4]), pass >= 1 else { return reject("pass: found '\(cells[4])', wanted 1 or more") }
        guard cells[5].isEmpty || UInt8(cells[5]) != nil else {
            return reject("afi: found '\(cells[5])', wanted 0 to 255")
        }
        return .sighting(
            Sighting(
                uid: uid,
                barcode: cells[1].isEmpty ? nil : String(cells[1]),
                reader: String(cells[2]),
                at: Moment(milliseconds: at),
                pass: pass,
                afi: UInt8(cells[5]),
                antenna: Int(cells[6]),
                signal: Int(cells[7])
            )
        )
    }

    /// `whole` is the line with the tabs that may stand at its ends.
    private mutating func foreign(_ text: Substring, _ whole: Substring) -> Line {
        let isFirst = !hasBegun
        hasBegun = true
        if isFirst, let named = Table(names: whole) {
            table = named
            return .nothing
        }
        guard let table else { return plain(text) }
        let cells = Self.cells(whole, separator: table.separator)
        guard cells.indices.contains(table.place), !cells[table.place].trimmed.isEmpty else {
            return reject("found no barcode in column \(table.place + 1)")
        }
        return plain(cells[table.place].trimmed)
    }

    private func plain(_ quoted: Substring) -> Line {
        let isQuoted = quoted.count > 2 && quoted.first == "\"" && quoted.last == "\""
        let text = isQuoted ? quoted.dropFirst().dropLast() : quoted
        if text.utf8.count == 16, text.prefix(2).uppercased() == "E0", let uid = TagUID(hexadecimal: text) {
            return .sighting(Sighting(uid: uid, reader: reader, at: moment))
        }
        guard text.utf8.count <= 64, text.isPrinted, !text.contains(where: { ",;\t".contains($0) || $0.isNewline })
        else {
            return reject("found '\(text.prefix(40))', wanted one barcode or tag number a line")
        }
        return .barcode(String(text))
    }

    private func reject(_ cause: String) -> Line {
        .rejected(Rejection(line: line, cause: cause))
    }

    /// The line of our own form, without its end; `nil` for a sighting whose words would break it.
    package static func line(_ sighting: Sighting) -> String? {
        let cells = [
            sighting.uid.description, sighting.barcode ?? "", sighting.reader, "\(sighting.at.milliseconds)",
            "\(sighting.pass)", sighting.afi.map { "\($0)" } ?? "", sighting.antenna.map { "\($0)" } ?? "",
            sighting.signal.map { "\($0)" } ?? "",
        ]
        guard cells.allSatisfy({ !$0.contains(where: \.isNewline) }) else { return nil }
        return cells.map(quoted).joined(separator: ",")
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { return cell }
        let doubled = cell.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
    }

    /// The cells of a line: in quotes a separator is one of the cell's, and two quotes are one.
    ///
    /// By scalars: a separator and an accent at the beginning of a cell are one character to Swift, and no separator.
    private static func cells(_ text: Substring, separator: Unicode.Scalar = ",") -> [Substring] {
        guard text.unicodeScalars.contains("\"") else {
            return text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false).map {
                Substring($0)
            }
        }
        var cells: [Substring] = []
        var cell = Substring.UnicodeScalarView()
        var isInside = false
        var endsPerhaps = false
        for letter in text.unicodeScalars {
            if isInside, endsPerhaps {
                endsPerhaps = false
                isInside = letter == "\""
            } else if isInside, letter == "\"" {
                endsPerhaps = true
                continue
            }
            if isInside {
                cell.append(letter)
            } else if letter == separator {
                cells.append(Substring(cell))
                cell = Substring.UnicodeScalarView()
            } else if letter == "\"", cell.isEmpty {
                isInside = true
            } else {
                cell.append(letter)
            }
        }
        return cells + [Substring(cell)]
    }

    /// Which column of a wand's table is read.
    private struct Table: Hashable, Sendable {
        var separator: Unicode.Scalar
        /// Counted from 0.
        var place: Int

        /// `nil` when the line names no column that we know, and so is no line of names.
        init?(names line: Substring) {
            separator = "\t;|".unicodeScalars.first { line.unicodeScalars.contains($0) } ?? ","
            let names = SightingLog.cells(line, separator: separator).map { $0.lowercased().filter(\.isLetter) }
            guard let name = Self.known.first(where: { names.contains($0) }), let place = names.firstIndex(of: name)
            else { return nil }
            self.place = place
        }

        /// Without spaces and signs; the better one first: a table that has an item's barcode may have a patron's as well.
        private static let known = [
            "itembarcode", "copybarcode", "barcode", "strichcode", "codebarres", "itemid", "primaryitemid",
            "primaryitemidentifier", "uid", "taguid", "tagid",
        ]
    }
}

extension TagUID {
    /// Sixteen hexadecimal digits, as printed.
    init?(hexadecimal text: some StringProtocol) {
        guard text.utf8.count == 16, text.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
            let number = UInt64(text, radix: 16)
        else { return nil }
        self.init(number)
    }

    /// Stands for an item that was seen by its barcode alone: no tag's number begins so (ISO 15693-3: E0 first).
    package init(barcodeAlone barcode: String) {
        // FNV-1a over the letters, the first byte cleared.
        let hash = barcode.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        self.init(hash & 0x00FF_FFFF_FFFF_FFFF)
    }

    /// Whether this stands for an item that was seen by its barcode alone: its first byte is 00, never E0.
    package var isBarcodeAlone: Bool { rawValue >> 56 == 0 }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    }

    /// Whether a label may say so: no control characters (a line's end is told of elsewhere), and no bytes that were no
    /// text, as of a file in UTF-16 or one that is no list at all.
    fileprivate var isPrinted: Bool {
        !unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x00...0x08, 0x0E...0x1F, 0x7F, 0xFFFD: true
            default: false
            }
        }
    }
}
