/// The choices ISO 28560-2 leaves to the writer and on which libraries differ; readers accept them all.
package struct Part2Style: Hashable, Sendable {
    /// What pad bytes hold: 00 (ISO 28560-2 example) or 80 (ISO/IEC 15962 example, Finland).
    package var padByte: UInt8 = 0x00
    /// Text that fits no shorter packing is written in UTF-8 even where ISO 8859-1 would do.
    package var prefersUTF8 = false
    /// Title and ONIX media format are always written in UTF-8, as some writers do.
    package var forcesUTF8OnTitle = false
    /// The packing code written on one-byte elements: application-defined or octets.
    package var codeCompaction = Compaction.applicationDefined
    /// Zero bytes added to the content parameter so that later elements do not move locked ones, 0 to 8.
    package var contentParameterReserve = 0

    /// Elements on a tag of ISO 28560-2 that is written anew stay in the order they have, new ones behind them; by
    /// rising number otherwise. The identifier stands first and the content parameter second either way.
    package var keepsOrder = false

    package init() {}

    /// Pad bytes 00, codes application-defined, ISO 8859-1 before UTF-8, no room kept, elements by rising number.
    package static let standard = Part2Style()

    func compact(_ text: String, of element: DataElement) -> (compaction: Compaction, bytes: [UInt8]) {
        if forcesUTF8OnTitle, element == .title || element == .onixMediaFormat { return (.utf8, Array(text.utf8)) }
        let choice = Compaction.automatic(text)
        return prefersUTF8 && choice.compaction == .octets ? (.utf8, Array(text.utf8)) : choice
    }
}
