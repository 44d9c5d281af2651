import Foundation
import NIOCore
import Testing

@testable import Interfaces

/// A file of the page as it is served.
private func file(_ path: String) throws -> String {
    String(buffer: try #require(WebFile.all.first { $0.path == path }).content)
}

/// The words of the page: a name that stands twice in an object silently has its second meaning everywhere.
@Suite struct WebStringsTests {
    private static func names(_ text: String) -> [String] {
        text.matches(of: /(?m)^  (\w+):/).map { String($0.output.1) }
    }

    @Test func `no word of the page is given twice`() throws {
        let names = Self.names(try file("/strings.js"))
        #expect(names.count > 100)
        #expect(Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test func `every word that the page says is there`() throws {
        let names = Set(Self.names(try file("/strings.js")))
        var said = 0
        for page in WebFile.all where page.path.hasSuffix(".js") || ["/", "/sign-in"].contains(page.path) {
            guard !page.path.hasPrefix("/kiosk") else { continue }
            let text = String(buffer: page.content)
            let words =
                text.matches(of: /\bsay\.(\w+)/).map(\.output.1)
                + text.matches(of: /data-(?:say|label)="(\w+)"/).map(\.output.1)
            said += words.count
            #expect(words.filter { !names.contains(String($0)) } == [], "\(page.path)")
        }
        #expect(said > 100)
    }
}
