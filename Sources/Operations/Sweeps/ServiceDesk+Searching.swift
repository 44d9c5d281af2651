package import Library
import Store

/// Lists, histories and logs, straight from the store.
extension ServiceDesk {
    /// Every list with its items.
    package func soughtLists() throws -> [(list: SoughtList, items: [SoughtItem])] {
        try store.lists().map { ($0, try store.items(of: $0.id)) }
    }

    /// Adds a list, or replaces the one of this name.
    package func saveList(_ name: String, purpose: SoughtList.Purpose, barcodes: [String]) throws {
        _ = try store.saveList(name, purpose: purpose, barcodes: barcodes, at: time.now())
    }

    /// Takes a list away with its items; one that is not there is no mistake.
    package func removeList(_ name: String) throws {
        try store.removeList(name)
    }

    /// Where and when an item was seen, under whichever of its barcodes, the newest first.
    package func history(of barcode: String) throws -> [ItemSighting] {
        try store.history(ofItem: barcode)
    }

    /// A sweep's log as text that another daemon takes, in the order in which it was written.
    package func sightingLog(of sweep: Sweep.ID) throws -> String {
        var text = SightingLog.header + "\n"
        try store.forEachSighting(of: sweep) { sighting in
            if let line = SightingLog.line(sighting) { text += line + "\n" }
        }
        return text
    }

    /// Barcodes of a list's items, each as the holdings write it; `nil` when there is no list of this name.
    ///
    /// What the holdings do not know stays as it is written: no sweep can expect it.
    package func listedItems(_ name: String) throws -> Set<String>? {
        guard let list = try store.lists().first(where: { $0.name == name }) else { return nil }
        let barcodes = try store.items(of: list.id).map(\.barcode)
        let known = try store.items(barcodes: barcodes)
        return Set(barcodes.map { known[$0]?.item.barcode ?? $0 })
    }
}
