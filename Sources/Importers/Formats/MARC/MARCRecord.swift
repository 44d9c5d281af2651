/// A bibliographic record as fields and subfields, whatever it was encoded in.
struct MARCRecord: Hashable, Sendable {
    var leader = ""
    var fields: [MARCField] = []

    /// The value of a control field such as 001.
    func control(_ tag: String) -> String? {
        fields.first { $0.tag == tag && $0.subfields.isEmpty }?.value.trimmed
    }

    /// The first value of a subfield, such as 245 `$a`.
    func value(_ tag: String, _ code: Unicode.Scalar) -> String? {
        fields.first { $0.tag == tag }?.value(code)
    }
}

/// One field: a control field has only a value, a data field indicators and subfields.
struct MARCField: Hashable, Sendable {
    struct Subfield: Hashable, Sendable {
        /// One character; a scalar is compared much faster than a `Character`.
        var code: Unicode.Scalar
        var value: String
    }

    var tag: String
    var indicators = ""
    var value = ""
    var subfields: [Subfield] = []

    /// The first value of a subfield.
    func value(_ code: Unicode.Scalar) -> String? {
        subfields.first { $0.code == code }?.value.trimmed
    }

    /// All values of a subfield, in order.
    func values(_ code: Unicode.Scalar) -> [String] {
        subfields.filter { $0.code == code }.compactMap(\.value.trimmed)
    }
}

extension String {
    /// Without surrounding spaces; `nil` when nothing is left.
    var trimmed: String? {
        guard let first = utf8.first, let last = utf8.last else { return nil }
        guard PlainText.isSpace(first) || PlainText.isSpace(last) else { return self }
        var ignored = false
        return PlainText.decoded(Array(utf8)[...], wasLatin: &ignored)
    }
}
