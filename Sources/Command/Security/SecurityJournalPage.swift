import API
import Foundation
import Wire

/// Entries of the journal of security changes.
struct SecurityJournalPage {
    var entries: [SecurityEntry]
    var showsParts = false
    var now: Date
    var palette: Palette

    var lines: [String] {
        guard !entries.isEmpty else { return ["no changes"] }
        let table = Table(
            headings: ["NUMBER", "AGE", "ITEM", "CAUSE", "DEVICE", "TO BE", "RESULT", "WHY"],
            rows: entries.map { entry in
                [
                    "\(entry.id)", Wording.ago(entry.at, now: now), entry.barcode, entry.cause, entry.device,
                    entry.want.rawValue, entry.verdict, entry.why,
                ]
            }
        ).lines()
        var lines = [palette.paint(table[0], .strong)]
        for (entry, row) in zip(entries, table.dropFirst()) {
            lines.append(entry.settledAt == nil ? palette.paint(row, .bad) : row)
            if showsParts { lines += entry.parts.map { "  \($0.words)".visible } }
        }
        return lines
    }
}

extension SecurityEntry {
    /// The outcome; an open change says so, whatever was found last.
    fileprivate var verdict: String {
        guard settledAt == nil else { return outcome ?? "settled" }
        return outcome.map { "open, \($0)" } ?? "open"
    }

    fileprivate var why: String {
        if settledAt == nil, !isAgreed { return "whether the \(cause) stands is not known" }
        return reason ?? "cut off before the end of it was known"
    }
}

extension SecurityResult.Part {
    /// `E00401503309CE74  AFI 07 → C2, EAS on → off`
    var words: String {
        let hex = { (afi: UInt8?) in afi.map { Hex.string($0) } ?? "not read" }
        let bit = { (eas: Bool?) in eas.map { $0 ? "on" : "off" } ?? "not read" }
        let usesEAS = beforeEAS != nil || afterEAS != nil
        let afi = usesEAS && before == nil && after == nil ? nil : "AFI \(hex(before)) → \(hex(after))"
        let eas = usesEAS ? "EAS \(bit(beforeEAS)) → \(bit(afterEAS))" : nil
        return "\(uid)  " + [afi, eas].compactMap(\.self).joined(separator: ", ")
    }
}
