package import Tags

/// A sweep's log as text, for a daemon that was on a cart without a network and for files of wands.
///
/// Two forms. Our own: comma-separated lines under a line of names, `uid,barcode,reader,at,pass,afi,antenna,signal`,
/// with `at` in milliseconds since 1970 and quotes around what holds a comma or a quote; it loses nothing. And the plain
/// list that most wands write: one barcode a line.
package struct SightingLog: Hashable, Sendable {
    /// The line of names that our own form begins with.
    package static let header = "uid,barcode,reader,at,pass,afi,antenna,signal"

    /// The reader's name for lines that do not tell it.
    package let reader: String
    /// The moment for lines that do not tell it.
    package var moment: Moment
    /// Whether the line of names was seen: then each line has its columns.
    package private(set) var hasColumns = false
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
        let text = Substring(text).trimmed
        guard !text.isEmpty else { return .nothing }
        if text == Self.header {
            hasColumns = true
            return .nothing
        }
        guard hasColumns else { return plain(text) }
        let cells = Self.cells(text)
        guard cells.count == 8 else { return reject("found \(cells.count) columns, wanted 8") }
        guard let uid = TagUID(hexadecimal: cells[0]) else {
            return reject("uid: found '\(cells[0])', wanted 16 digits")
        }
        guard let at = Int64(cells[3]) else { return reject("at: found '\(cells[3])', wanted milliseconds since 1970") }
        guard !cells[2].isEmpty else { return reject("reader: found nothing") }
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

    private func plain(_ text: Substring) -> Line {
        if text.utf8.count == 16, text.prefix(2).uppercased() == "E0", let uid = TagUID(hexadecimal: text) {
            return .sighting(Sighting(uid: uid, reader: reader, at: moment))
        }
        guard text.utf8.count <= 64, !text.contains(where: { ",;\t".contains($0) || $0.isNewline }) else {
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
        guard cell.contains(where: { $0 == "," || $0 == "\"" }) else { return cell }
        return "\"" + String(cell.flatMap { $0 == "\"" ? [$0, $0] : [$0] }) + "\""
    }

    /// The cells of a line of our own form: in quotes a comma is one of the cell's, and two quotes are one.
    private static func cells(_ text: Substring) -> [Substring] {
        guard text.contains("\"") else { return text.split(separator: ",", omittingEmptySubsequences: false) }
        var cells: [Substring] = []
        var cell = Substring()
        var isInside = false
        var endsPerhaps = false
        for letter in text {
            if isInside, endsPerhaps {
                endsPerhaps = false
                isInside = letter == "\""
            } else if isInside, letter == "\"" {
                endsPerhaps = true
                continue
            }
            if isInside {
                cell.append(letter)
            } else if letter == "," {
                cells.append(cell)
                cell = Substring()
            } else if letter == "\"", cell.isEmpty {
                isInside = true
            } else {
                cell.append(letter)
            }
        }
        return cells + [cell]
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
}
