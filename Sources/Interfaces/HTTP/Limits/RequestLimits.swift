/// How much a caller may send.
package enum RequestLimits {
    /// A JSON request in bytes; only lists of items may be longer.
    package static let json = 64 << 10
    /// A list of items in bytes: the most that one may have, with barcodes of the usual lengths.
    package static let list = 4 << 20
    /// A holdings export in bytes; ten million items fit into it.
    package static let importFile = 4 << 30
    /// A backup in bytes: ten million items with three snapshots and years of sweeps fit into it.
    package static let backupFile = 64 << 30
    /// All header fields of a request in bytes.
    package static let headers = 16 << 10
    /// Header fields of one request.
    package static let headerFields = 100
    /// Connections at one time, event streams included.
    package static let connections = 2048
}
