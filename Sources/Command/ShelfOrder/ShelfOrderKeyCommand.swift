import API
import ArgumentParser
import Foundation
import Library
import Wire

struct ShelfOrderKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Show the sort key of a call number.",
        discussion: "Keys are bytes in hexadecimal; the order of the bytes is the order on the shelf."
    )

    @Argument(help: "The call number in quotes, as on the spine.")
    var number: String

    @Flag(help: "Say what each part of the number was taken for.")
    var explain = false

    @OptionGroup var order: ShelfOrderOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let explained = try ExplainedKey(number, scheme: order.scheme, rules: order.rules)
        if output.json { return try output.console.say(json: explained) }
        guard explain else { return output.console.say(explained.key) }
        output.console.say(explained.lines)
    }
}

/// A sort key with the parts it is made of.
struct ExplainedKey: Encodable {
    struct Part: Encodable, Equatable {
        var text: String
        var meaning: String
        var key: String
    }

    var number: String
    var key: String
    var parts: [Part]

    init(_ number: String, scheme: CallNumberScheme, rules: ShelfOrderRules) throws(Complaint) {
        self.number = number
        do {
            key = Hex.string(try ShelfKey.filed(number, scheme: scheme, rules: rules).get().bytes)
            parts = try ShelfKey.explanation(of: number, scheme: scheme, rules: rules).get().map { part in
                Part(text: part.text, meaning: part.meaning, key: Hex.string(part.bytes))
            }
        } catch {
            throw Complaint("\(error)", hint: "name another scheme with --scheme: lcc, ddc, nlm, sudoc, udc, local")
        }
    }

    var lines: [String] {
        let table = Table(headings: ["PART", "KEY", "TAKEN FOR"], rows: parts.map { [$0.text, $0.key, $0.meaning] })
        return table.lines() + ["", "key  \(key)"]
    }
}
