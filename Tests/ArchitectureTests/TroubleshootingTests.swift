import Foundation
import Testing

/// What the page for troubled people quotes is what the programs say: nobody finds help under words that never appear.
@Suite struct TroubleshootingTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    private static func page() throws -> String {
        let text = try String(contentsOf: root.appending(path: "docs/troubleshooting.md"), encoding: .utf8)
        // A line's end within a quotation is a space.
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
            .joined(separator: " ")
    }

    /// Everything between quotation marks in the sources, and what stands in the page's own words.
    private static func sayings() throws -> String {
        let sources = root.appending(path: "Sources")
        var text = ""
        for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where path.hasSuffix(".swift") {
            let code = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            for line in code.split(separator: "\n") where line.contains("\"") {
                // Remarks are not said by anybody.
                guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { continue }
                text += line + "\n"
            }
        }
        return text
    }

    @Test func `every message that is quoted is one of ours`() throws {
        let quoted = try Self.page().matches(of: /\*\*([^*]+)\*\*/).map { String($0.output.1) }
            .filter { $0 != "bold" }
        #expect(quoted.count > 15)
        let sayings = try Self.sayings()
        for message in quoted {
            #expect(sayings.contains(message), "docs/troubleshooting.md quotes **\(message)**, which nothing says")
        }
    }

    @Test func `every setting that is named is one`() throws {
        let named = try Self.page().matches(of: /`\[([a-z-]+)\] ([a-z-]+)/).map { String($0.output.2) }
        #expect(named.count > 3)
        let sayings = try Self.sayings()
        for key in named {
            #expect(sayings.contains("\"\(key)\""), "docs/troubleshooting.md names \(key), which nothing reads")
        }
    }
}
