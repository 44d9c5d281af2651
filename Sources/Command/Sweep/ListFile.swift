import Library

/// The barcodes of a file for a list: one a line, or the column of them in a table under a line of names, as library
/// systems export their holds.
struct ListFile {
    private(set) var barcodes: [String] = []
    /// Lines that name no item, such as a hold on any copy of a title.
    private(set) var without = 0

    init(_ text: String) {
        var log = SightingLog(reader: "list", moment: Moment(milliseconds: 0))
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            switch log.take(line) {
            case .barcode(let barcode): barcodes.append(barcode)
            case .nothing: break
            // A tag's number is no barcode.
            case .sighting, .rejected: without += 1
            }
        }
    }
}
