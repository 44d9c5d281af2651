import Foundation
import Testing

@testable import Daemon

/// What the documents show as configuration is configuration.
@Suite struct ShownConfigurationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardized

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The text with every setting switched on that is only shown behind `#`.
    private static func switchedOn(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
            var setting = line
            while setting.hasPrefix("# ") { setting = setting.dropFirst(2) }
            let isSetting = setting.hasPrefix("[") || setting.prefixMatch(of: /[a-z-]+ = ./) != nil
            return isSetting ? setting : line
        }
        return lines.joined(separator: "\n")
    }

    @Test func `every piece of configuration in a document can be used as it stands`() throws {
        let folder = Self.root.appending(path: "docs").path
        // Documents speak of a pad whose place is told elsewhere.
        let pad = "\n[[reader]]\nname = \"pad-1\"\nrole = \"pad\"\ndriver = \"feig\"\nserial = \"/dev/ttyUSB0\"\n"
        var count = 0
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.hasSuffix(".md") {
            for part in try Self.text("docs/\(path)").components(separatedBy: "```toml\n").dropFirst() {
                let block = part.components(separatedBy: "\n```")[0]
                // An ellipsis for a line: what stands there belongs to it.
                if block.contains("# …\n") { continue }
                count += 1
                for text in [block, Self.switchedOn(block)] {
                    let whole = text.contains("[[reader]]") ? text : text + pad
                    #expect(throws: Never.self, "docs/\(path):\n\(whole)") {
                        _ = try ConfigurationFile.parse(whole, file: path)
                    }
                }
            }
        }
        #expect(count > 7)
    }
}
