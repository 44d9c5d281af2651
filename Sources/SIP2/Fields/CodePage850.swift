/// The upper half of code page 850, which the standard names for its text (ils §2.2).
enum CodePage850 {
    /// The characters of bytes 80 to FF.
    static let upper: [Unicode.Scalar] = Array(
        ("ÇüéâäàåçêëèïîìÄÅ" + "ÉæÆôöòûùÿÖÜø£Ø×ƒ" + "áíóúñÑªº¿®¬½¼¡«»" + "░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
            + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤" + "ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀" + "ÓßÔÒõÕµþÞÚÛÙýÝ¯´"
            + "\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}").unicodeScalars
    )

    static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
        upper.enumerated().map { ($1, UInt8(truncatingIfNeeded: 0x80 + $0)) },
        uniquingKeysWith: { first, _ in first }
    )
}
