/// A return that the library system does not know of yet. There is no patron in it.
package struct StoredReturn: Hashable, Sendable, Identifiable {
    /// Its number in the store; later returns have higher ones.
    package var id: Int64
    /// The item that was given back.
    package var barcode: String
    /// When it was given back, which the library system is told as the time of the return.
    package var at: Moment
    /// Why the library system did not take it; `nil` while it was not told.
    package var conflict: String?

    package init(id: Int64, barcode: String, at: Moment, conflict: String? = nil) {
        self.id = id
        self.barcode = barcode
        self.at = at
        self.conflict = conflict
    }
}
