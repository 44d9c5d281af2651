import API
import Foundation

/// The daemon's state on one screen.
struct StatusPage {
    var status: Status
    var now: Date
    var palette: Palette

    var lines: [String] {
        [headline] + store + [holdings, ils, gate, sweep] + configuration + unsettled + [""] + readers
    }

    private var headline: String {
        let up = Wording.length(now.timeIntervalSince(status.startedAt))
        let kind = status.simulated ? ", simulated" : ""
        return line("daemon", "\(status.library), pressmarkd \(status.version)\(kind), up \(up)".visible)
    }

    private var store: [String] {
        guard let damage = status.store.damage else { return [line("store", status.store.path)] }
        var lines = [line("store", palette.paint("\(status.store.path): torn", .bad)), "  cause: \(damage.visible)"]
        if let hint = status.store.hint { lines.append("  hint: \(hint.visible)") }
        return lines
    }

    private var holdings: String {
        guard let snapshot = status.store.snapshot else {
            return line("holdings", palette.paint("none yet: pressmark holdings import FILE --profile koha", .notice))
        }
        return line("holdings", snapshot.summary(now: now))
    }

    private var ils: String {
        let tone: Palette.Tone =
            switch status.ils.state {
            case "online": .good
            case "offline": .bad
            default: .faint
            }
        return line("ILS", palette.paint(status.ils.state.visible, tone) + detail(status.ils.detail))
    }

    private var gate: String {
        let count = Wording.count(status.gate.alarmsToday, "alarm", "alarms") + " today"
        guard let last = status.gate.lastAlarm, let item = last.items.first else { return line("gate", count) }
        let words = [item.barcode ?? item.uid, item.title].compactMap(\.self).joined(separator: " ")
        return line("gate", "\(count), last \(Wording.ago(last.at, now: now)): \(item.reason), \(words)".visible)
    }

    private var sweep: String {
        guard let sweep = status.sweep else { return line("sweep", "none") }
        let seen = "\(Wording.number(sweep.seen)) of \(Wording.number(sweep.expected)) seen"
        return line("sweep", "\(sweep.id) \(sweep.state.rawValue): \(sweep.scope), \(seen)".visible)
    }

    /// What of the configuration file is not in force.
    private var configuration: [String] {
        guard let configuration = status.configuration else { return [] }
        var lines: [String] = []
        if !configuration.refused.isEmpty {
            let since = Wording.ago(configuration.readAt, now: now)
            lines.append(line("settings", palette.paint("file refused, those read \(since) are in force", .bad)))
            lines += configuration.refused.map { "  cause: \($0.visible)" }
        }
        if !configuration.waitsForRestart.isEmpty {
            let names = configuration.waitsForRestart.joined(separator: ", ").visible
            lines.append(line("settings", palette.paint("changed, in force after a restart: \(names)", .notice)))
        }
        return lines
    }

    private var unsettled: [String] {
        var lines: [String] = []
        if status.openSecurityChanges > 0 {
            let count = Wording.count(status.openSecurityChanges, "security change", "security changes")
            lines.append(
                line("open", palette.paint("\(count) begun, end not known: lay the items on a pad again", .bad))
            )
        }
        if status.wrongSecurityBits > 0 {
            let count = Wording.count(status.wrongSecurityBits, "tag says", "tags say")
            lines.append(line("wrong", palette.paint("\(count) the wrong thing: pressmark security divergence", .bad)))
        }
        return lines
    }

    private var readers: [String] {
        guard !status.readers.isEmpty else { return [palette.paint("no readers configured", .notice)] }
        let table = Table(
            headings: ["READER", "ROLE", "STATE", "TAGS", "LAST SEEN", "DRIVER", "DEVICE", "LINK"],
            rows: status.readers.map { reader in
                [
                    reader.name, reader.role, reader.state.rawValue, String(reader.tagsPresent),
                    reader.lastSeen.map { Wording.ago($0, now: now) } ?? "never", reader.driver,
                    [reader.model, reader.firmware].compactMap(\.self).joined(separator: " "), reader.link,
                ]
            }
        ).lines()
        var lines = [palette.paint(table[0], .strong)]
        for (reader, row) in zip(status.readers, table.dropFirst()) {
            lines.append(reader.state == .online ? row : palette.paint(row, reader.state == .offline ? .bad : .notice))
            if let cause = reader.cause { lines.append("  cause: \(cause.visible)") }
            if let hint = reader.hint { lines.append("  hint: \(hint.visible)") }
        }
        return lines
    }

    private func line(_ name: String, _ text: String) -> String {
        palette.paint(name.padded(to: 10), .strong) + text
    }

    private func detail(_ text: String) -> String { text.isEmpty ? "" : ": \(text.visible)" }
}

extension SnapshotSummary {
    /// `2 004 items, snapshot 3 (koha, items.csv), imported 12 min ago, 4 rows rejected`
    func summary(now: Date) -> String {
        let rejected = rejected > 0 ? ", \(Wording.count(self.rejected, "row", "rows")) rejected" : ""
        let age = Wording.ago(importedAt, now: now)
        let checked = checkedAt.map { ", checked \(Wording.ago($0, now: now))" } ?? ""
        let origin = "snapshot \(number) (\(profile), \(source))"
        return "\(Wording.count(items, "item", "items")), \(origin), imported \(age)\(checked)\(rejected)".visible
    }
}
