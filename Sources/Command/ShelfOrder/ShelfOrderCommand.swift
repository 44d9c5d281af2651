import ArgumentParser

struct ShelfOrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shelf-order",
        abstract: "Put call numbers into shelf order, and see why they stand where they stand.",
        discussion: "Works without a daemon, by the same rules as its holdings.",
        subcommands: [ShelfOrderSortCommand.self, ShelfOrderKeyCommand.self]
    )
}
