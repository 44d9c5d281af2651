import API
import ArgumentParser
import Foundation

struct TagHealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Say what is known of a tag's condition: when it was met, how writes went, how well it answers."
    )

    @Argument(help: ArgumentHelp("The tag's number, 16 hexadecimal digits, as tag read shows it.", valueName: "uid"))
    var uid: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let health: TagHealth = try await daemon.connect { try await $0.get("v1", "tags", uid) }
        if output.json { return try output.console.say(json: health) }
        output.console.say(TagHealthPage(health: health, now: Date(), palette: output.console.palette).lines)
    }
}

/// A tag's condition in some lines.
struct TagHealthPage {
    var health: TagHealth
    var now: Date
    var palette: Palette

    var lines: [String] {
        let name = [health.uid, health.chip, health.maker].compactMap(\.self).joined(separator: " · ")
        var lines = [palette.paint("tag \(name)".visible, .strong), palette.paint(verdict, tone)]
        lines += health.reasons.map { "          \($0)".visible }
        if let barcode = health.barcode { lines.append("item      \(barcode)".visible) }
        if let first = health.firstSeen { lines.append("first met \(text(first))" + age) }
        if let last = health.lastSeen { lines.append("last met  \(text(last))") }
        if let hearing = health.hearing { lines += heard(hearing) }
        lines.append("theft bit \(text(health.securityWrites))".visible)
        lines.append("memory    \(text(health.memoryWrites))".visible)
        if health.wrongBits > 0 {
            lines.append("wrong bit heard \(health.wrongBits) times" + (health.wrongNow ? ", and still" : ""))
        }
        if let memory = health.memory {
            let locked = memory.lockedBlocks.map { $0.isEmpty ? "none locked" : "locked \(BlockList.text($0))" }
            lines.append("blocks    \(memory.blocks) of \(memory.blockSize) bytes, \(locked ?? "locks not told")")
        }
        return lines
    }

    private var verdict: String {
        switch health.verdict {
        case .good: "condition good"
        case .watch: "condition to be watched"
        case .replace: "condition bad: replace the tag"
        case .unknown: "condition not known yet"
        }
    }

    private var tone: Palette.Tone {
        switch health.verdict {
        case .good: .good
        case .watch: .notice
        case .replace: .bad
        case .unknown: .faint
        }
    }

    private var age: String { health.ageDays.map { $0 > 0 ? ", at least \($0) days old" : "" } ?? "" }

    private func text(_ meeting: TagHealth.Meeting) -> String {
        (Wording.ago(meeting.at, now: now) + (meeting.reader.map { " on \($0)" } ?? "")).visible
    }

    private func heard(_ hearing: TagHealth.Hearing) -> [String] {
        var lines: [String] = []
        if hearing.looks > 0 {
            let share = "answers   \(hearing.answers) of \(hearing.looks) looks on \(hearing.reader)"
            lines.append((share + (hearing.there ? ", lies there" : "")).visible)
        }
        if let signal = hearing.signal {
            lines.append("signal    \(signal) on \(hearing.signalReader ?? hearing.reader)".visible)
        }
        return lines
    }

    private func text(_ writes: TagHealth.Writes) -> String {
        guard writes.tried > 0 else { return "never written as far as known" }
        let counts =
            "\(writes.tried) writes: \(writes.done) done, \(writes.failed) failed, \(writes.uncertain) uncertain"
        return counts + (writes.lastTrouble.map { "; last: \($0)" } ?? "")
    }
}
