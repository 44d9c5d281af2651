import API
import Foundation

/// How the library system stands, on one screen.
struct LibrarySystemPage {
    var status: LibrarySystemStatus
    var now: Date
    var palette: Palette

    var lines: [String] {
        guard let place = status.place else {
            return ["no library system is set up", "hint: add an [ils] part to the configuration; see docs/ils.md"]
                + proxies
        }
        var lines = [palette.paint("\(status.system ?? "library system") at \(place): \(verdict)".visible, tone)]
        if let hint = status.hint { lines.append("hint: \(hint)".visible) }
        if let word = status.word { lines += told(word) }
        let detection = status.errorDetection == true ? "with error detection" : "without error detection"
        lines.append(
            "  \(status.openConnections) of \(status.connections) connections open, \(status.encoding ?? "?"), \(detection)"
        )
        if status.waitingReturns > 0 { lines.append("  \(status.waitingReturns) returns wait to be told to it") }
        if status.conflicts > 0 {
            lines.append(palette.paint("  \(status.conflicts) returns were not taken: pressmark ils returns", .bad))
        }
        return lines + proxies + status.notes.map { "note: \($0)".visible }
    }

    private var verdict: String {
        switch status.state {
        case .unasked: "not asked yet"
        case .online: "there" + since
        case .away: "away" + since + (status.cause.map { ": \($0)" } ?? "")
        }
    }

    private var since: String {
        guard let moment = status.since else { return "" }
        let seconds = max(0, Int(now.timeIntervalSince(moment)))
        return seconds < 120 ? " for \(seconds) s" : " for \(seconds / 60) min"
    }

    private var tone: Palette.Tone {
        switch status.state {
        case .unasked: .notice
        case .online: .good
        case .away: .bad
        }
    }

    private func told(_ word: LibrarySystemStatus.Word) -> [String] {
        let may = [
            (word.checkout, "check-out"), (word.checkin, "check-in"), (word.renewal, "renewal"),
            (word.offline, "going on without it"),
        ]
        let allowed = may.filter(\.0).map(\.1).joined(separator: ", ")
        let name = [word.library, word.institution].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
        return [
            "  \(name.isEmpty ? "no name" : name), SIP \(word.version), allows \(allowed.isEmpty ? "nothing" : allowed)"
                .visible
        ]
    }

    private var proxies: [String] { status.proxies.flatMap { shown($0) } }

    private func shown(_ proxy: ProxyStatus) -> [String] {
        let counts =
            "\(proxy.kiosks) kiosks, \(proxy.answers) answers, \(proxy.changed) items changed, \(proxy.failed) not"
        var lines = ["  \(proxy.name) at \(proxy.address) beside \(proxy.reader): \(counts)".visible]
        if let trouble = proxy.trouble {
            lines.append(palette.paint("    no kiosk can call it: \(trouble)".visible, .bad))
        }
        if let hint = proxy.hint { lines.append("    hint: \(hint)".visible) }
        if let trouble = proxy.systemTrouble {
            lines.append(palette.paint("    the library system could not be called: \(trouble)".visible, .bad))
        }
        if let hint = proxy.systemHint { lines.append("    hint: \(hint)".visible) }
        if let failure = proxy.lastFailure { lines.append("    last not changed: \(failure)".visible) }
        return lines
    }
}
