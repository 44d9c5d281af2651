import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOHTTP1

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy everything the daemon remembers into a file, while it runs.",
        discussion: """
            Holdings, tags, sweeps, the security journal and alarms are copied as they stand at one moment; every page of \
            the copy is looked at, and the file is read again after it was written. It is never a file half written: it \
            gets its name when it is whole.
            """
    )

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Flag(help: "Overwrite a file that is there already.")
    var force = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try OutputFile.check(file, mayReplace: force)
        let written = try await daemon.connect { client in
            let response = try await client.file("v1", "backup")
            return try await BackupDownload(path: file).take(
                response.body,
                digest: response.headers.first(name: "Repr-Digest")
            )
        }
        if output.json { return try output.console.say(json: written) }
        output.console.say("\(file): \(written.bytes) bytes, written, read again and found whole")
        output.console.say("restore it with: pressmark restore \(file)")
    }
}
