import API
import ArgumentParser

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Hand a backup to the daemon; it takes its place at the next start.",
        discussion: """
            The daemon looks at every page of the file first. Nothing changes before it is started again; the database of \
            now is kept in the state folder as pressmark.before-restore.sqlite.
            """
    )

    @Argument(help: "A file that pressmark backup has written.", completion: .file())
    var file: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let pieces = try FilePieces(path: file)
        let summary: BackupSummary = try await daemon.connect { client in
            try await client.post("v1", "restore", query: [:], file: pieces)
        }
        if output.json { return try output.console.say(json: summary) }
        let items = Wording.count(summary.items, "item", "items")
        output.console.say("\(file): whole; \(items), \(Wording.count(summary.sweeps, "sweep", "sweeps"))")
        output.console.say("it takes effect at the next start: systemctl restart pressmarkd")
    }
}
