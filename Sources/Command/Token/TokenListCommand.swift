import API
import ArgumentParser
import Foundation

struct TokenListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tokens, by name."
    )

    @Flag(help: "Those too that were revoked or have run out.")
    var all = false

    @OptionGroup var daemon: DaemonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let tokens: [TokenView] = try await daemon.connect { try await $0.get("v1", "tokens") }
        let now = Date()
        let shown = tokens.filter { all || $0.isGood(at: now) }
        if output.json { return try output.console.say(json: shown) }
        output.console.say(TokenPage(tokens: shown, now: now, palette: output.console.palette).lines)
    }
}

/// Tokens as a table.
struct TokenPage {
    var tokens: [TokenView]
    var now: Date
    var palette: Palette

    var lines: [String] {
        guard !tokens.isEmpty else { return ["no tokens"] }
        let table = Table(
            headings: ["NAME", "ROLE", "AT", "MADE", "LAST USED", "ENDS"],
            rows: tokens.map { token in
                let places = token.readers + token.gates
                return [
                    token.name, token.role.rawValue, places.isEmpty ? "everywhere" : places.joined(separator: ", "),
                    Wording.ago(token.createdAt, now: now),
                    token.lastUsedAt.map { Wording.ago($0, now: now) } ?? "never", end(of: token),
                ]
            }
        ).lines()
        return [palette.paint(table[0], .strong)] + table.dropFirst()
    }

    private func end(of token: TokenView) -> String {
        if let revoked = token.revokedAt { return "revoked \(Wording.ago(revoked, now: now))" }
        guard let end = token.expiresAt else { return "when revoked" }
        let days = Int((end.timeIntervalSince(now) / 86_400).rounded(.up))
        return end <= now ? "has run out" : "in \(days) day\(days == 1 ? "" : "s")"
    }
}

extension TokenView {
    func isGood(at now: Date) -> Bool { revokedAt == nil && (expiresAt.map { now < $0 } ?? true) }
}
