/// What a backup holds, as found by looking at every page of the written file.
package struct BackupFacts: Hashable, Sendable {
    /// Size in bytes.
    package var byteCount: Int64
    /// Items of the holdings snapshot in use.
    package var itemCount: Int
    /// Sweeps, finished ones included.
    package var sweepCount: Int
    /// Changes of security bits whose end is not known.
    package var openChangeCount: Int

    package init(byteCount: Int64, itemCount: Int, sweepCount: Int, openChangeCount: Int) {
        self.byteCount = byteCount
        self.itemCount = itemCount
        self.sweepCount = sweepCount
        self.openChangeCount = openChangeCount
    }
}
