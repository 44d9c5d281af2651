/// A stretch of the shelf between two call numbers, both ends included with everything filed under them.
///
/// The bounds are read as beginnings: "QA 76" to "QA 77" runs from the first book of QA 76 to the last of QA 77, with
/// QA 76.9 and QA 77.5 and all their cutters, but without QA 760. "510" to "519" includes 519.5. Bounds may be as
/// short as class letters: "Q" to "QA" runs from Q to the end of QA. A cutter as bound counts with its decimals: up to
/// ".B3" includes ".B35".
package struct ShelfRange: Hashable, Sendable {
    /// Keys at or above this belong to the range.
    package var lower: [UInt8]
    /// Keys below this belong to the range; no key begins with 0xFF.
    package var upper: [UInt8]

    /// In SQL: `key >= lower AND key < upper`, with both as BLOB.
    package init(lower: [UInt8], upper: [UInt8]) {
        self.lower = lower
        self.upper = upper
    }

    /// The range between two call numbers; `nil` leaves that end open.
    package init(
        from: String?,
        to: String?,
        scheme: CallNumberScheme,
        rules: ShelfOrderRules = .standard
    ) throws(UnsortableCallNumber) {
        lower = []
        upper = [0xFF]
        if let from {
            lower = try ShelfKey.write(from, scheme: scheme, rules: rules, asBound: true, explaining: false).bytes
        }
        if let to {
            upper = try ShelfKey.write(to, scheme: scheme, rules: rules, asBound: true, explaining: false).bytes
            upper.append(0xFF)
        }
        guard lower.lexicographicallyPrecedes(upper) else {
            throw UnsortableCallNumber(
                callNumber: to ?? "",
                scheme: scheme,
                reason: .endsBeforeItBegins(beginning: from ?? "")
            )
        }
    }

    /// Whether the key lies on the stretch; compare it only with keys made by the same rules.
    package func contains(_ key: ShelfKey) -> Bool {
        !key.bytes.lexicographicallyPrecedes(lower) && key.bytes.lexicographicallyPrecedes(upper)
    }
}
