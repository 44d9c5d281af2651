package import Library
import Readers
import Store
import Tags

/// Repairs that somebody asks for.
extension SecurityDesk {
    /// Puts items right whose tags say something else than they must, or whose change was cut off: what lies on a
    /// reader is finished or rewritten, journalled and read back; of the rest it is said why not.
    ///
    /// Unlike what a device does by itself this does not depend on the site's policy for that device, but a gate writes
    /// only where the policy says so. Nothing is written where nobody knows for certain what is right.
    /// - Parameter barcodes: the items; `nil` for everything that is open.
    package func repair(_ barcodes: [String]?, on stations: [Station]) async throws -> [RepairReport] {
        var wanted = barcodes ?? []
        if barcodes == nil {
            wanted = try store.openIntents().map(\.intent.barcode) + store.openDivergences().map(\.barcode)
        }
        var seen: Set<String> = []
        var reports: [RepairReport] = []
        for barcode in try wanted.map({ try store.names(ofItem: $0).own }) where seen.insert(barcode).inserted {
            reports.append(try await repair(barcode, onAnyOf: stations))
        }
        return reports
    }

    /// Goes on without each reader that is away: what lies on the others is put right all the same. Whoever asks for
    /// one reader alone hears why not.
    private func repair(_ barcode: String, onAnyOf stations: [Station]) async throws -> RepairReport {
        var left = stations
        while true {
            do {
                return try await repair(barcode, on: left)
            } catch let error as StationError {
                let others = left.filter { $0.setup.name != error.station }
                guard stations.count > 1, others.count < left.count else { throw error }
                // One that is there and has too much to do keeps what lies on it: nobody would tell it anew.
                if case .offline = error { lying[error.station] = nil }
                left = others
            }
        }
    }

    private func repair(_ barcode: String, on stations: [Station]) async throws -> RepairReport {
        let open = try store.openIntents().filter { $0.intent.barcode == barcode }
        let tags = Set(try store.tags(ofItem: barcode).map(\.uid) + open.flatMap { $0.intent.changes.map(\.uid) })
        let station = stations.first { station in
            (station.setup.role != .gate || policy.table.repairs.contains(.gate))
                && lying[station.setup.name]?.isDisjoint(with: tags) == false
        }
        func report(_ end: RepairReport.End) -> RepairReport {
            RepairReport(barcode: barcode, reader: station?.setup.name, end: end)
        }
        for record in open {
            retries[record.id] = nil
            try await takeUp(record, on: station)
        }
        let left = try open.compactMap { try store.journal(after: $0.id - 1, limit: 1).first }
        if let record = left.last(where: { $0.settledAt == nil }) { return report(.open(record)) }
        guard let station else {
            // What newer knowledge has settled needs no reader.
            return report(left.last.map(RepairReport.End.settled) ?? .absent)
        }
        guard let item = try store.item(barcode: barcode)?.item else { return report(.unknown) }
        let last = try store.lastChange(of: barcode)?.id
        let standing = try await standing(of: item) { _ in true }
        guard let right = standing.right else { return report(.unsure(standing)) }
        // Whoever lends or returns it meanwhile goes first, and this is no longer what its tags must say.
        guard underWay[barcode] == nil, try store.lastChange(of: barcode)?.id == last else {
            return report(.unsure(.unknown))
        }
        return report(.changed(try await repair(barcode, to: right, on: station)))
    }
}

/// What became of an item that was to be put right.
package struct RepairReport: Sendable {
    /// How it ended, or why nothing was done.
    package enum End: Sendable {
        /// Its tags were compared with what they must say, and written where they said something else.
        case changed(SecurityReport)
        /// A change that was cut off has come to its end.
        case settled(SecurityRecord)
        /// A change that was cut off is still open.
        case open(SecurityRecord)
        /// It lies on no reader that may write.
        case absent
        /// Nobody knows for certain what its tags must say.
        case unsure(ItemStanding)
        /// The holdings do not know it.
        case unknown
    }

    /// The item's own barcode, even when it was asked for by a former one.
    package var barcode: String
    /// Where it lies; `nil` when nobody hears it.
    package var reader: String?
    /// How it ended.
    package var end: End
}
