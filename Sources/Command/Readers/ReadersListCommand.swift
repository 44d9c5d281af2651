import API
import ArgumentParser

struct ReadersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the configured readers: what they are, how they are reached, what they can do."
    )

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let readers: [ReaderStatus] = try await daemon.connect { try await $0.get("v1", "readers") }
        let console = output.console
        if output.json { return try console.say(json: readers) }
        console.say(ReaderList(readers: readers, palette: console.palette).lines)
    }
}

/// The readers in a table, each with what it can do.
struct ReaderList {
    var readers: [ReaderStatus]
    var palette: Palette

    var lines: [String] {
        guard !readers.isEmpty else { return [palette.paint("no readers configured", .notice)] }
        let table = Table(
            headings: ["READER", "ROLE", "STATE", "DRIVER", "DEVICE", "LINK"],
            rows: readers.map { reader in
                let device = [reader.model, reader.firmware].compactMap(\.self).joined(separator: " ")
                return [reader.name, reader.role, reader.state.rawValue, reader.driver, device, reader.link]
            }
        ).lines()
        var lines = [palette.paint(table[0], .strong)]
        for (reader, row) in zip(readers, table.dropFirst()) {
            lines.append(reader.state == .online ? row : palette.paint(row, .bad))
            if let abilities = reader.abilities, !abilities.isEmpty {
                lines.append(palette.paint("  can: \(abilities.joined(separator: ", "))".visible, .faint))
            }
            if let cause = reader.cause { lines.append("  cause: \(cause.visible)") }
            if let hint = reader.hint { lines.append("  hint: \(hint.visible)") }
        }
        return lines
    }
}
