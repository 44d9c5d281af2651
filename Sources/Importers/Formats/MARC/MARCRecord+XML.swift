/// MARCXML: `record` with `leader`, `controlfield` and `datafield`, the latter with `subfield`.
extension MARCRecord {
    /// Reads one `record` element, or only the fields that `isWanted` asks for by their tag.
    init(xml bytes: [UInt8], isWanted: (ArraySlice<UInt8>) -> Bool = { _ in true }) throws(XMLTokenizer.Flaw) {
        var tokens = XMLTokenizer(bytes)
        var text = ""
        var code: Unicode.Scalar?
        var field: MARCField?
        while let token = try tokens.next() {
            switch token {
            case .text(let piece): text += piece
            case .start(let name, let attributes):
                text = ""
                switch name {
                case "controlfield": field = MARCField(tag: attributes["tag"] ?? "")
                case "datafield":
                    let indicators = (attributes["ind1"] ?? " ") + (attributes["ind2"] ?? " ")
                    field = MARCField(tag: attributes["tag"] ?? "", indicators: indicators)
                case "subfield": code = attributes["code"]?.unicodeScalars.first
                default: break
                }
            case .end("leader"): leader = text
            case .end("subfield"):
                if let code { field?.subfields.append(MARCField.Subfield(code: code, value: text)) }
                code = nil
            case .end("controlfield"), .end("datafield"):
                if token == .end("controlfield") { field?.value = text }
                if let field, isWanted(Array(field.tag.utf8)[...]) { fields.append(field) }
                field = nil
            case .end: break
            }
        }
    }
}
