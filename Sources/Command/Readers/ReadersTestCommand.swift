import API
import ArgumentParser
import Foundation

struct ReadersTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Try a reader with one tag, and print a page for hardware-notes.md.",
        discussion: """
            Identifies the reader, looks at the field ten times, reads the tag whole and, with --write, sets its AFI to the \
            other value and back. Written is only what a desk would write: an item of this library, read back each time. The \
            page holds nothing that stands on the tag.
            """
    )

    @Argument(help: ArgumentHelp("Which reader, as in pressmark readers.", valueName: "name"))
    var reader: String

    @Flag(help: "Also write the AFI of the item on the reader, there and back.")
    var write = false

    @Flag(name: .shortAndLong, help: "Do not ask for a tag to be laid down: it lies there.")
    var yes = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        if !yes, console.isTerminal {
            console.remark("lay one library item on \(reader.visible), nothing else, and press return")
            _ = readLine()
        }
        let (status, result): (Status, ReaderTestResult) = try await daemon.connect { client in
            (
                try await client.get("v1", "status"),
                try await client.post(
                    "v1",
                    "readers",
                    reader,
                    "test",
                    body: ReaderTestRequest(write: write),
                    within: 120
                )
            )
        }
        if output.json {
            try console.say(json: result)
        } else {
            console.say(ReaderTestPage(result: result, at: Date(), isSimulated: status.simulated).lines)
        }
        if result.steps.contains(where: { $0.outcome == "failed" }) { throw ExitCode.failure }
    }
}

/// The page to paste into hardware-notes.md.
struct ReaderTestPage {
    var result: ReaderTestResult
    var at: Date
    /// The reader is one of the simulated branch, which proves nothing of any hardware.
    var isSimulated = false

    var lines: [String] {
        let reader = result.reader
        let device = [reader.model, reader.firmware.map { "firmware \($0)" }].compactMap(\.self).joined(separator: ", ")
        let day = at.formatted(.iso8601.year().month().day())
        return [
            "### \(device.isEmpty ? "a reader that did not answer" : device) — driver `\(reader.driver)`", "",
            "Grade: \(grade), \(day), pressmark \(result.version), as \(reader.role) on \(kind(of: reader.link)).",
            "",
            "| Step | Outcome | What came of it |", "|---|---|---|",
        ].map(\.visible) + result.steps.map { "| \($0.name) | \($0.outcome) | \(cell($0.detail)) |".visible }
    }

    private var grade: String { isSimulated ? "none, a simulated reader" : "**hardware**" }

    /// Which kind of line, without where it is: that is nobody else's business.
    private func kind(of link: String) -> String { String(link.prefix { $0 != " " }) }

    private func cell(_ text: String) -> String { text.replacing("|", with: "/") }
}
