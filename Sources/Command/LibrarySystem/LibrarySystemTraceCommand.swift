import API
import ArgumentParser
import Foundation

struct LibrarySystemTraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Read along what was said to and by the library system; nothing of a patron is ever in it."
    )

    @Option(help: ArgumentHelp("How many of the last lines, 1 to 500.", valueName: "count"))
    var limit = 40

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...500).contains(limit) else { throw ValidationError("--limit: found \(limit), wanted 1 to 500") }
    }

    func run() async throws {
        let all: [LibrarySystemLine] = try await daemon.connect { try await $0.get("v1", "ils", "trace") }
        let lines = Array(all.suffix(limit))
        let console = output.console
        if output.json { return try console.say(json: lines) }
        if lines.isEmpty { return console.say("nothing was said yet") }
        for line in lines {
            let time = line.at.formatted(.iso8601.time(includingFractionalSeconds: true))
            console.say("\(time) \(line.isSent ? ">" : "<") \(line.text)".visible)
        }
    }
}
