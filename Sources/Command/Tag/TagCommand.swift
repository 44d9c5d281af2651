import ArgumentParser

struct TagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Read, explain, encode, release and secure tags.",
        subcommands: [
            TagReadCommand.self, TagExplainCommand.self, TagEncodeCommand.self,
            TagReleaseCommand.self, TagSecureCommand.self,
        ]
    )
}
