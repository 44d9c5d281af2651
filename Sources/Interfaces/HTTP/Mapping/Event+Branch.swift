import API
import Library
import Operations

extension Event {
    /// `items` looks barcodes up in the holdings; an event goes out without titles when they cannot be read. `nil` for
    /// what is no event of the branch: that events were lost.
    init?(_ event: BranchEvent, items: ([String]) throws -> [String: Item]) {
        switch event {
        case .station(let report): self = .reader(ReaderStatus(report))
        case .pad(let report):
            let known = try? items(report.tags.compactMap(\.barcode))
            self = .pad(PadContent(report, items: known ?? [:]))
        case .sweep(let view): self = .sweep(SweepSummary(view))
        case .finding(let finding): self = .finding(Finding(finding))
        case .security(let report): self = .security(SecurityResult(report))
        case .divergences(let open): self = .divergences(DivergenceNote(open: open))
        case .parked(let parking, let barcode):
            let known = try? items([barcode].compactMap(\.self))
            self = .parked(ParkedItem(parking, barcode: barcode, item: barcode.flatMap { known?[$0] }))
        case .gateTrouble(let trouble): self = .trouble(GateTroubleNote(trouble))
        case .sought(let ring): self = .sought(Sought(ring))
        case .guide(let reading): self = .guide(Guide(reading))
        case .librarySystem(let isOnline): self = .ils(LibrarySystemNote(online: isOnline))
        case .alarm(let record):
            let known = try? items(record.alarm.items.compactMap(\.barcode))
            self = .alarm(Alarm(record, items: known ?? [:]))
        case .lost: return nil
        }
    }
}
