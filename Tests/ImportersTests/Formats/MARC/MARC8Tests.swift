import Testing

@testable import Importers

@Suite struct MARC8Tests {
    @Test(
        arguments: [
            // An accent stands before its letter: E8 (umlaut) u.
            ([0x4D, 0xE8, 0x75, 0x6C, 0x6C, 0x65, 0x72], "Müller"),
            // Two accents on one letter: E3 (circumflex) E2 (acute) a.
            ([0xE3, 0xE2, 0x61], "a\u{302}\u{301}"),
            // Letters and signs of ANSEL: Ł ø ß © £.
            ([0xA1, 0xB2, 0xC7, 0xC3, 0xB9], "Łøß©£"),
            // ESC ( N basic Cyrillic, ESC ( B back: м и р.
            ([0x1B, 0x28, 0x4E, 0x4D, 0x49, 0x52, 0x1B, 0x28, 0x42, 0x21], "мир!"),
            // ESC p superscript, ESC b subscript, ESC s back: x², H₂O.
            ([0x78, 0x1B, 0x70, 0x32, 0x1B, 0x73, 0x20, 0x48, 0x1B, 0x62, 0x32, 0x1B, 0x73, 0x4F], "x² H₂O"),
            // ESC g Greek symbol alpha.
            ([0x1B, 0x67, 0x61, 0x1B, 0x73, 0x78], "αx"),
            // ESC ( 2 Hebrew: shalom.
            ([0x1B, 0x28, 0x32, 0x79, 0x6C, 0x65, 0x6D, 0x1B, 0x28, 0x42], "שלום"),
            // ESC $ 1 East Asian, three bytes each, not read: one U+FFFD a character.
            ([0x1B, 0x24, 0x31, 0x21, 0x30, 0x21, 0x21, 0x30, 0x22, 0x1B, 0x28, 0x42, 0x61], "\u{FFFD}\u{FFFD}a"),
            // An escape and an accent at the end.
            ([0x61, 0xE2, 0x1B], "a\u{301}"),
            ([0x61, 0xFF], "a\u{FFFD}"),
        ] as [([UInt8], String)]
    )
    func `bytes become their characters`(_ bytes: [UInt8], _ text: String) {
        #expect(MARC8.text(bytes[...]) == text)
    }

    @Test func `any bytes become text`() {
        var generator = SeededGenerator(state: 5)
        for _ in 0..<500 {
            let bytes = (0..<20).map { _ in
                Bool.random(using: &generator) ? 0x1B : UInt8.random(in: 0...255, using: &generator)
            }
            #expect(MARC8.text(bytes[...]).unicodeScalars.count <= 20)
        }
    }
}
