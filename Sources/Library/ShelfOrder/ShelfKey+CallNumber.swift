extension ShelfKey {
    /// The longest call number that is filed, in bytes.
    package static let longestCallNumber = 1000

    /// The place of a call number on the shelf, or why it has none.
    ///
    /// `enumeration` (volume, year, issue) and `copyNumber` are filed behind the number; an enumeration with which the
    /// call number already ends, as words of their own, is not filed twice.
    package static func filed(
        _ callNumber: String,
        enumeration: String? = nil,
        copyNumber: String? = nil,
        scheme: CallNumberScheme,
        rules: ShelfOrderRules = .standard
    ) -> Result<ShelfKey, UnsortableCallNumber> {
        let whole = CallNumberText.whole(callNumber, enumeration: enumeration, copyNumber: copyNumber)
        do throws(UnsortableCallNumber) {
            let key = try write(whole, scheme: scheme, rules: rules, asBound: false, explaining: false)
            return .success(ShelfKey(bytes: key.bytes))
        } catch {
            return .failure(error)
        }
    }

    /// The place of a call number on the shelf; `nil` when it cannot be sorted.
    package init?(callNumber: String, scheme: CallNumberScheme, rules: ShelfOrderRules = .standard) {
        guard case .success(let key) = Self.filed(callNumber, scheme: scheme, rules: rules) else { return nil }
        self = key
    }

    /// What each part of the call number was taken for and which bytes it became.
    package static func explanation(
        of callNumber: String,
        scheme: CallNumberScheme,
        rules: ShelfOrderRules = .standard
    ) -> Result<[ShelfKeyPart], UnsortableCallNumber> {
        do throws(UnsortableCallNumber) {
            return .success(
                try write(callNumber, scheme: scheme, rules: rules, asBound: false, explaining: true).parts
            )
        } catch {
            return .failure(error)
        }
    }

    /// Files a call number. A bound of a range may be incomplete: class letters alone.
    static func write(
        _ callNumber: String,
        scheme: CallNumberScheme,
        rules: ShelfOrderRules,
        asBound: Bool,
        explaining: Bool
    ) throws(UnsortableCallNumber) -> ShelfKeyWriter {
        let text = CallNumberText.folded(callNumber, alphabet: rules.alphabet)
        var cursor = CallNumberCursor(text)
        var key = ShelfKeyWriter(source: text, explaining: explaining)
        do throws(UnsortableCallNumber.Reason) {
            guard text.count <= longestCallNumber else { throw .tooLong(limit: longestCallNumber) }
            var probe = cursor
            guard probe.skipToToken() else { throw .empty }
            let isAlphabetical = ShelfPrefix.file(&cursor, scheme: scheme, rules: rules, into: &key)
            switch isAlphabetical ? .local : scheme {
            case .lcc, .nlm: try LCCFiling.file(&cursor, rules: rules, asBound: asBound, into: &key)
            case .ddc: try DDCFiling.file(&cursor, rules: rules, into: &key)
            case .sudoc: try SuDocFiling.file(&cursor, rules: rules, asBound: asBound, into: &key)
            case .udc: try UDCFiling.file(&cursor, asBound: asBound, into: &key)
            case .local: try LocalFiling.file(&cursor, rules: rules, into: &key)
            }
        } catch {
            throw UnsortableCallNumber(callNumber: callNumber, scheme: scheme, reason: error)
        }
        return key
    }
}
