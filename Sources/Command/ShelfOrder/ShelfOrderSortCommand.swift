import API
import ArgumentParser
import Foundation

struct ShelfOrderSortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sort",
        abstract: "Sort call numbers, one a line, into shelf order.",
        discussion: """
            Equal numbers stay in the order in which they came. Numbers that cannot be filed are named on standard error \
            with their line and reason, are not put anywhere, and make the exit status 1.
            """
    )

    @Argument(help: "A file with one call number a line; - reads standard input.")
    var file: String

    @OptionGroup var order: ShelfOrderOptions
    @OptionGroup var output: OutputOptions

    /// 64 MiB: a million spine labels.
    private static let longest = 64 << 20

    func run() async throws {
        let text = try await FilePieces(path: file).text(upTo: Self.longest)
        let sorted = SortedCallNumbers(text: text, scheme: order.scheme, rules: order.rules)
        if output.json {
            try output.console.say(json: sorted.answer)
        } else {
            output.console.say(sorted.numbers)
            for row in sorted.unsortable { output.console.remark("line \(row.line): \(row.cause.visible)") }
        }
        if !sorted.unsortable.isEmpty { throw ExitCode.failure }
    }
}
