import ArgumentParser

struct TagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Read, explain, release and secure tags.",
        subcommands: [
            TagReadCommand.self, TagExplainCommand.self, TagReleaseCommand.self, TagSecureCommand.self,
        ]
    )
}
