/// A word that announces a volume, part or copy number: `v.`, `Bd.`, `no.`, `c.`.
enum Designator {
    case volume, part, copy, opus

    /// One spelling for all that mean the same, so that `vol. 4` and `v.4` meet.
    private static let table: [(word: String, meaning: Designator, spelling: String)] = [
        ("V", .volume, "V"), ("VOL", .volume, "V"), ("VOLS", .volume, "V"), ("VOLUME", .volume, "V"),
        ("BD", .volume, "BD"), ("BAND", .volume, "BD"), ("T", .volume, "T"), ("TOME", .volume, "T"),
        ("TOM", .volume, "T"), ("JAHRG", .volume, "JAHRG"), ("JG", .volume, "JAHRG"), ("SER", .volume, "SER"),
        ("PT", .part, "PT"), ("PTS", .part, "PT"), ("PART", .part, "PT"), ("TEIL", .part, "TEIL"),
        ("NO", .part, "NO"), ("NOS", .part, "NO"), ("NR", .part, "NO"), ("NUM", .part, "NO"),
        ("ISSUE", .part, "ISSUE"), ("BK", .part, "BK"), ("FASC", .part, "FASC"), ("SUPPL", .part, "SUPPL"),
        ("SUPP", .part, "SUPPL"), ("DISC", .part, "DISC"), ("CD", .part, "CD"),
        ("C", .copy, "C"), ("COP", .copy, "C"), ("COPY", .copy, "C"),
        ("OP", .opus, "OP"), ("K", .opus, "K"), ("BWV", .opus, "BWV"), ("KV", .opus, "KV"), ("HWV", .opus, "HWV"),
    ]

    /// The words of the table as single numbers, so that the look-up compares no text.
    private static let packed: [UInt64: (meaning: Designator, spelling: [UInt8])] = Dictionary(
        uniqueKeysWithValues: table.map { (pack(Array($0.word.utf8)[...]), ($0.meaning, Array($0.spelling.utf8))) }
    )

    static func find(_ word: ArraySlice<UInt8>) -> (meaning: Designator, spelling: [UInt8])? {
        word.count <= 8 ? packed[pack(word)] : nil
    }

    private static func pack(_ word: ArraySlice<UInt8>) -> UInt64 {
        word.reduce(0) { $0 << 8 | UInt64(CallNumberCursor.capital($1)) }
    }
}
