/// Which character separates the columns of a file.
enum Delimiter {
    /// Comma, semicolon, tab, pipe.
    static let known: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

    /// How far into a file the header line may reach, in bytes.
    static let longestHeader = 1 << 16

    /// What a line of its own before the header begins with, in which a spreadsheet names the separator: `sep=;`.
    static let naming = Array("sep=".utf8)

    /// Whether a line does no more than that.
    static func isNamed(in line: ArraySlice<UInt8>) -> Bool {
        line.count == naming.count + 1 && line.starts(with: naming) && line.last.map(known.contains) == true
    }

    /// The known separator that stands most often outside quotes in the first line; the comma when none does.
    static func guess(firstLine: ArraySlice<UInt8>) -> UInt8 {
        var counts = [0, 0, 0, 0]
        var isInside = false
        for byte in firstLine {
            if byte == 0x22 { isInside.toggle() }
            if !isInside, let index = known.firstIndex(of: byte) { counts[index] += 1 }
        }
        guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return known[0] }
        return known[index]
    }
}
