import Library
import SIP2

extension CirculationLink {
    /// How items stand, for a gate that has no time: the first trouble ends the asking, and what was answered counts.
    /// `nil` when nothing was.
    func statuses(of barcodes: [String]) async -> [String: ItemStatus]? {
        var statuses: [String: ItemStatus] = [:]
        for barcode in barcodes {
            guard let answer = try? await item(barcode) else { return statuses.isEmpty ? nil : statuses }
            statuses[barcode] = answer.status.itemStatus
        }
        return statuses
    }
}
