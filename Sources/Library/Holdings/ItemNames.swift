/// The barcodes under which one item is known: the one that the holdings file it under, and others on its tags.
package struct ItemNames: Hashable, Sendable {
    /// What journal, lists and alarms call the item.
    package var own: String
    /// Further barcodes that mean this item and no other, such as one that was pasted over.
    package var others: Set<String>

    /// The item's own barcode may stand among `others`; it is left out there.
    package init(own: String, others: Set<String> = []) {
        self.own = own
        self.others = others.subtracting([own])
    }

    /// Every barcode that means the item, its own included.
    package var all: Set<String> { others.union([own]) }
}
