/// ISO 2709: a leader of 24 bytes, a directory of 12 bytes a field (tag, length, start), fields that end in 1E,
/// subfields that begin with 1F.
extension MARCRecord {
    private static let fieldEnd: UInt8 = 0x1E
    private static let subfieldStart: UInt8 = 0x1F

    /// What is wrong with a record: lower case, no period.
    struct Flaw: Error, Hashable, Sendable {
        var cause: String
    }

    /// Reads one record that ends in its end mark, or only the fields that `isWanted` asks for by their tag. Where the
    /// directory lies, its tags are matched with the fields in the order in which they stand.
    init(iso2709 record: [UInt8], isWanted: (ArraySlice<UInt8>) -> Bool = { _ in true }) throws(Flaw) {
        guard record.count > 25 else { throw Flaw(cause: "found a record of \(record.count) bytes, wanted 26 or more") }
        guard let directoryEnd = record[24...].firstIndex(of: Self.fieldEnd) else {
            throw Flaw(cause: "found no end of the directory")
        }
        leader = String(decoding: record[..<24], as: UTF8.self)
        let directory = record[24..<directoryEnd]
        guard !directory.isEmpty, directory.count % 12 == 0 else {
            throw Flaw(cause: "found a directory of \(directory.count) bytes, wanted a multiple of 12")
        }
        let data = record[(directoryEnd + 1)..<(record.count - 1)]
        let entries = stride(from: directory.startIndex, to: directory.endIndex, by: 12).map {
            directory[$0..<$0 + 12]
        }
        let contents = Self.byDirectory(entries, data) ?? Self.bySeparators(data)
        let isUnicode = record[9] == 0x61 || String(validating: data, as: UTF8.self) != nil
        for (entry, content) in zip(entries, contents) where isWanted(entry.prefix(3)) {
            fields.append(Self.field(String(decoding: entry.prefix(3), as: UTF8.self), content, isUnicode: isUnicode))
        }
    }

    /// The fields where the directory says they are; `nil` when one of them does not end in its mark.
    private static func byDirectory(
        _ entries: [ArraySlice<UInt8>],
        _ data: ArraySlice<UInt8>
    ) -> [ArraySlice<UInt8>]? {
        var contents: [ArraySlice<UInt8>] = []
        for entry in entries {
            guard let length = number(entry.dropFirst(3).prefix(4)), let start = number(entry.dropFirst(7)),
                length > 0, start + length <= data.count
            else { return nil }
            let first = data.startIndex + start
            let field = data[first..<first + length]
            guard field.last == fieldEnd, !field.dropLast().contains(fieldEnd) else { return nil }
            contents.append(field.dropLast())
        }
        return contents
    }

    private static func bySeparators(_ data: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        data.split(separator: fieldEnd, omittingEmptySubsequences: false)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func field(_ tag: String, _ content: ArraySlice<UInt8>, isUnicode: Bool) -> MARCField {
        guard let first = content.firstIndex(of: subfieldStart) else {
            return MARCField(tag: tag, value: text(content, isUnicode: isUnicode))
        }
        var field = MARCField(tag: tag, indicators: text(content[..<first], isUnicode: true))
        for subfield in content[first...].split(separator: subfieldStart) {
            guard let code = subfield.first else { continue }
            field.subfields.append(
                MARCField.Subfield(
                    code: Unicode.Scalar(code),
                    value: text(subfield.dropFirst(), isUnicode: isUnicode)
                )
            )
        }
        return field
    }

    /// Where a leader promises UTF-8 and a value is none, it is read as in every other export.
    private static func text(_ bytes: ArraySlice<UInt8>, isUnicode: Bool) -> String {
        guard isUnicode else { return MARC8.text(bytes) }
        return String(validating: bytes, as: UTF8.self) ?? PlainText.windows1252(bytes)
    }
}
