import Wire

extension DataSet {
    /// The value as text; `nil` when the bytes break the rules of their packing.
    package var text: String? { Self.text(data, of: oid, in: compaction) }

    /// Codes and bitmaps are shown in hexadecimal whatever packing they claim: tags in the field use 0, 2 and 6 for
    /// them.
    static func text(_ data: ArraySlice<UInt8>, of oid: Int, in compaction: Compaction) -> String? {
        if data.isEmpty { return "" }
        switch DataElement(oid: oid)?.form {
        case .singleByte, .bitmap: return Hex.string(data)
        case .isil where compaction == .applicationDefined: return ISILPacking.text(data)
        default: return compaction.text(data)
        }
    }

    /// A data set for an element's value, packed as a writer would; refuses what the element cannot hold.
    package init(_ element: DataElement, _ text: String, style: Part2Style = .standard) throws(EncodeError) {
        oid = element.oid
        padByte = style.padByte
        switch element.form {
        case .isil:
            guard let packed = ISILPacking.bytes(text), (1...16).contains(text.utf8.count) else {
                throw .unrepresentable(
                    field: element.name,
                    value: text,
                    wanted: "an ISIL: 1 to 16 of A-Z a-z 0-9 / - :"
                )
            }
            (compaction, data) = (.applicationDefined, packed[...])
        case .singleByte:
            guard let byte = try? Hex.bytes(text), byte.count == 1 else {
                throw .unrepresentable(field: element.name, value: text, wanted: "two hexadecimal digits")
            }
            (compaction, data) = (style.codeCompaction, byte[...])
        case .digits:
            guard SetInformation(digits: text) != nil else {
                throw .unrepresentable(field: element.name, value: text, wanted: "2, 4 or 6 digits")
            }
            (compaction, data) = Self.packed(Compaction.automatic(text))
        case .bitmap:
            throw .unrepresentable(field: element.name, value: text, wanted: "nothing: the encoder writes it")
        case .text:
            (compaction, data) = Self.packed(style.compact(text, of: element))
        }
    }

    private static func packed(_ packed: (compaction: Compaction, bytes: [UInt8])) -> (Compaction, ArraySlice<UInt8>) {
        (packed.compaction, packed.bytes[...])
    }
}
