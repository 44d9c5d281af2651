import Foundation
import Library
import Store

/// Writes the sweeps of a damaged database down as logs that can be uploaded to a new one.
enum SweepRecovery {
    /// Says what was found, a line for each sweep.
    static func run(from state: String, to folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var logs: [Sweep.ID: [String]] = [:]
        let salvage = try Store.salvage(folder: state) { sweep, sighting in
            if let line = SightingLog.line(sighting) { logs[sweep, default: []].append(line) }
        }
        var report: [String] = []
        for (sweep, lines) in logs.sorted(by: { $0.key < $1.key }) {
            let file = URL(filePath: folder).appending(path: "sweep-\(sweep).csv")
            let text = ([SightingLog.header] + lines).joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: file, options: .atomic)
            report.append("sweep \(sweep): \(lines.count) sightings in \(file.path)")
        }
        if report.isEmpty { report.append("no sighting could be read") }
        if let damage = salvage.damage { report.append("the log is damaged, what is missing is lost: \(damage)") }
        return report.joined(separator: "\n")
    }
}
