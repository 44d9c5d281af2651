import ArgumentParser

struct TagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Read, explain, encode, convert, release and secure tags; say how they do.",
        subcommands: [
            TagReadCommand.self, TagExplainCommand.self, TagEncodeCommand.self, TagConvertCommand.self,
            TagReleaseCommand.self, TagSecureCommand.self, TagHealthCommand.self,
        ]
    )
}
