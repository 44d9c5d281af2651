import API
import ArgumentParser
import Foundation

struct HoldingsAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Take a previewed import into use."
    )

    @Argument(help: "The snapshot's number, as import said it.")
    var number: Int

    @Flag(help: "Take it even when many items of the snapshot in use are not in it.")
    var acceptShrink = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = AcceptRequest(acceptShrink: acceptShrink)
        let snapshot: SnapshotSummary = try await daemon.connect { client in
            try await client.post("v1", "holdings", "snapshots", String(number), "accept", body: body)
        }
        try output.say(inUse: snapshot)
    }
}

struct HoldingsDiscardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Throw a previewed import away."
    )

    @Argument(help: "The snapshot's number, as import said it.")
    var number: Int

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await daemon.connect { try await $0.discard(number) }
        if !output.json { output.console.say("snapshot \(number) is gone; nothing else was changed") }
    }
}

struct HoldingsRevertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert",
        abstract: "Go back to a snapshot that was in use before; the one in use now is kept."
    )

    @Argument(help: "The snapshot's number; see holdings snapshots.")
    var number: Int

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let snapshot: SnapshotSummary = try await daemon.connect { client in
            try await client.post("v1", "holdings", "snapshots", String(number), "revert")
        }
        try output.say(inUse: snapshot)
    }
}

extension OutputOptions {
    fileprivate func say(inUse snapshot: SnapshotSummary) throws {
        if json { return try console.say(json: snapshot) }
        console.say(console.palette.paint("in use: \(snapshot.summary(now: Date()))", .good))
    }
}
