import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "See who has changed what, and whether that log is as it was written.",
        subcommands: [AuditListCommand.self, AuditVerifyCommand.self]
    )
}
