import API
import ArgumentParser

struct TokenRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End a token and every session begun with it, at once."
    )

    @Argument(help: "The token's name.")
    var name: String

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let token: TokenView = try await daemon.connect { try await $0.delete("v1", "tokens", name) }
        if output.json { return try output.console.say(json: token) }
        output.console.say("token \(token.name): revoked")
    }
}
