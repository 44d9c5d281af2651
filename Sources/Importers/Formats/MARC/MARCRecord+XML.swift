/// MARCXML: `record` with `leader`, `controlfield` and `datafield`, the latter with `subfield`.
extension MARCRecord {
    /// Reads one `record` element.
    init(xml bytes: [UInt8]) throws(XMLTokenizer.Flaw) {
        var tokens = XMLTokenizer(bytes)
        var text = ""
        var code: Character?
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
                case "subfield": code = attributes["code"]?.first
                default: break
                }
            case .end("leader"): leader = text
            case .end("subfield"):
                if let code { field?.subfields.append(MARCField.Subfield(code: code, value: text)) }
                code = nil
            case .end("controlfield"), .end("datafield"):
                if token == .end("controlfield") { field?.value = text }
                if let field { fields.append(field) }
                field = nil
            case .end: break
            }
        }
    }
}
