import API
import ArgumentParser

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and revoke tokens: who may do what, and at which readers and gates.",
        discussion: """
            Roles: viewer looks; technician looks after readers, tags, holdings and sweeps; desk works at a desk or gate; \
            kiosk lends and takes back at its own pad; admin may do everything. docs/access.md has the whole table.
            """,
        subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self]
    )
}

extension Role: ExpressibleByArgument {}
