import API
import ArgumentParser
import Foundation

struct ReadersRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Write down everything that goes over a reader's line, from its opening on.",
        discussion: """
            The file is text: > what we sent, < what came, # what was asked and what came of it. It replays as a test as it \
            is, and is the best thing to attach to a question about a reader. It holds the bytes of every tag on the reader: \
            lay no patron card there.
            """
    )

    @Argument(help: ArgumentHelp("Which reader, as in pressmark readers.", valueName: "name"))
    var reader: String

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("For how long, in seconds.", valueName: "1 to 240"))
    var seconds = 10

    @Flag(help: "Overwrite a file that is there already.")
    var force = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard 1...240 ~= seconds else { throw ValidationError("--seconds: found \(seconds), wanted 1 to 240") }
    }

    func run() async throws {
        try OutputFile.check(file, mayReplace: force)
        let console = output.console
        if !output.json {
            console.remark("recording \(reader.visible) for \(seconds) s; lay a tag on it and take it away")
        }
        let recording: Recording = try await daemon.connect { client in
            // The file first: whoever has laid tags on a pad for minutes is not told then that there is no room for it.
            try await OutputFile.fill(file) { put in
                let recording: Recording = try await client.post(
                    "v1",
                    "readers",
                    reader,
                    "recording",
                    body: RecordingRequest(seconds: seconds),
                    within: Int64(seconds) + 60
                )
                try put(Data(recording.transcript.utf8))
                return recording
            }
        }
        if output.json { return try console.say(json: recording) }
        let lines = recording.transcript.split(separator: "\n").count
        console.say("\(file): \(Wording.count(lines, "line", "lines"))")
        if lines < 3 { throw Complaint("nothing went over the line", hint: "see pressmark readers for how it stands") }
    }
}
