/// Latin letters with accents, and the plain letters they are filed as (Unicode blocks Latin-1 and Extended-A).
enum LatinLetter {
    /// Base letters of U+00C0 to U+017F in order; `.` stands for a sign that is no letter.
    private static let bases: [String] = [
        "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I",
        "D", "N", "O", "O", "O", "O", "O", ".", "O", "U", "U", "U", "U", "Y", "TH", "SS",
        "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I",
        "D", "N", "O", "O", "O", "O", "O", ".", "O", "U", "U", "U", "U", "Y", "TH", "Y",
        "A", "A", "A", "A", "A", "A", "C", "C", "C", "C", "C", "C", "C", "C", "D", "D",
        "D", "D", "E", "E", "E", "E", "E", "E", "E", "E", "E", "E", "G", "G", "G", "G",
        "G", "G", "G", "G", "H", "H", "H", "H", "I", "I", "I", "I", "I", "I", "I", "I",
        "I", "I", "IJ", "IJ", "J", "J", "K", "K", "K", "L", "L", "L", "L", "L", "L", "L",
        "L", "L", "L", "N", "N", "N", "N", "N", "N", "N", "N", "N", "O", "O", "O", "O",
        "O", "O", "OE", "OE", "R", "R", "R", "R", "R", "R", "S", "S", "S", "S", "S", "S",
        "S", "S", "T", "T", "T", "T", "T", "T", "U", "U", "U", "U", "U", "U", "U", "U",
        "U", "U", "U", "U", "W", "W", "Y", "Y", "Y", "Z", "Z", "Z", "Z", "Z", "Z", "S",
    ]

    /// The plain letters a Latin letter with accent is filed as; `nil` for other scripts.
    static func base(of scalar: Unicode.Scalar) -> [UInt8]? {
        guard scalar.value >= 0xC0 else { return nil }
        let index = Int(scalar.value) - 0xC0
        guard index < bases.count, bases[index] != "." else { return nil }
        return Array(bases[index].utf8)
    }

    /// The letter that a plain letter and a combining accent make, for those that some alphabet files on their own.
    static func composed(_ base: UInt8, _ accent: UInt32) -> Unicode.Scalar? {
        switch (base | 0x20, accent) {
        case (0x61, 0x308): "ä"
        case (0x6F, 0x308): "ö"
        case (0x75, 0x308): "ü"
        case (0x61, 0x30A): "å"
        default: nil
        }
    }
}
