import Library

/// Turns framed JSON objects into import rows and watches for members that would name a patron.
struct JSONRecordReader: Sendable {
    /// Member names that have been looked at; bounded in number and length, as names are data too.
    private var knownNames: Set<String> = []
    private static let mostNames = 1000
    /// In bytes; no column has so long a name.
    private static let longestName = 200

    /// The members seen so far and what `field` takes each name for; members inside of members by their path.
    func columns(_ field: (String) -> ItemField?) -> [ImportColumn] {
        knownNames.sorted().map { name in
            if PatronColumns.include(name) { return ImportColumn(name: name, meaning: .patron) }
            return ImportColumn(name: name, meaning: field(name).map { .field($0) } ?? .unknown)
        }
    }

    /// Reads one frame; `draft` picks the values it knows from the object, `status` reads its state.
    mutating func row(
        _ frame: RecordFrame,
        settings: ImportSettings,
        draft: (JSONValue) -> ItemDraft?,
        status: (ItemDraft) -> (ItemStatus, text: String?),
        row: (ImportRow) throws -> Void
    ) throws {
        switch frame {
        case .malformed(let line, let cause, _):
            // The text of a record that cannot be parsed may name a patron and is not kept.
            try row(.rejected(RejectedRow(line: line, cause: cause, text: "")))
        case .record(let bytes, let line):
            guard let value = try parse(bytes, line: line, row: row) else { return }
            for name in patronMembers(value) {
                try row(.notice("member \(name.prefix(40)) may name a patron: dropped"))
            }
            guard let draft = draft(value) else { return }
            let (status, text) = status(draft)
            switch draft.item(status: status, statusText: text, settings: settings) {
            case .success(let item): try row(.item(item, line: line))
            case .failure(let flaw):
                try row(.rejected(RejectedRow(line: line, cause: flaw.cause, text: draft.summary)))
            }
        }
    }

    private func parse(_ bytes: [UInt8], line: Int, row: (ImportRow) throws -> Void) throws -> JSONValue? {
        do throws(JSONParser.Flaw) {
            let value = try JSONParser.value(bytes[...])
            if case .object = value { return value }
            throw JSONParser.Flaw(found: "a value that is no object", offset: 0)
        } catch {
            let cause = "found \(error.found) at byte \(error.offset) of the record, wanted JSON"
            try row(.rejected(RejectedRow(line: line, cause: cause, text: "")))
            return nil
        }
    }

    /// Members not looked at before whose names mean a person, also one level down.
    private mutating func patronMembers(_ value: JSONValue) -> [String] {
        guard case .object(let members) = value else { return [] }
        var found: [String] = []
        for (name, member) in members {
            if isNew(name), PatronColumns.include(name) { found.append(name) }
            guard case .object(let inner) = member else { continue }
            for (innerName, _) in inner {
                let path = "\(name).\(innerName)"
                if isNew(path), PatronColumns.include(innerName) { found.append(path) }
            }
        }
        return found.sorted()
    }

    private mutating func isNew(_ name: String) -> Bool {
        knownNames.count < Self.mostNames && name.utf8.count <= Self.longestName && knownNames.insert(name).inserted
    }
}
