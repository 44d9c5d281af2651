import Foundation
import NIOCore
import Testing

@testable import Interfaces

/// In what order the keyboard goes through a page: that of its text, which is also what a screen reader reads.
@Suite struct WebFocusTests {
    private static let pages = ["/", "/kiosk", "/sign-in"]

    private func file(_ path: String) throws -> String {
        String(buffer: try #require(WebFile.all.first { $0.path == path }, "\(path) is not served").content)
    }

    @Test func `nothing is taken out of its turn`() throws {
        for file in WebFile.all where !file.path.hasSuffix(".svg") {
            let text = String(buffer: file.content)
            // -1 is for what a script gives the focus to, 0 for what has its turn where it stands.
            let turns = text.matches(of: /tabindex["=:\s]+(-?\d+)/).map { String($0.output.1) }
            #expect(turns.filter { $0 != "-1" && $0 != "0" } == [], "\(file.path)")
            #expect(!text.contains("tabIndex"), "\(file.path)")
        }
    }

    @Test func `no style shows things in another order than they stand in`() throws {
        let styles = WebFile.all.filter { $0.path.hasSuffix(".css") }
        #expect(styles.count > 3)
        for style in styles {
            let text = String(buffer: style.content)
            let orders = text.matches(of: /(?:^|[;{\s])order\s*:|-reverse\b|grid-area|grid-row\s*:|float\s*:/)
            #expect(orders.map { String($0.output) } == [], "\(style.path)")
        }
    }

    @Test func `the first thing that the keyboard comes to leads past what is the same everywhere`() throws {
        let page = try file("/")
        let first = try #require(page.firstMatch(of: /<(?:a|button|input|select|summary)\b[^>]*>/)).output
        #expect(first.contains("class=\"skip\"") && first.contains("href=\"#main\""))
        #expect(page.contains("<main id=\"main\" tabindex=\"-1\">"))
    }

    @Test func `whoever opens a question stands on the answer that changes nothing`() throws {
        let dialogs = try Self.pages.flatMap { page in
            try file(page).matches(of: /<dialog\b(?s:.*?)<\/dialog>/).map { String($0.output) }
        }
        #expect(dialogs.count > 2)
        for dialog in dialogs {
            let buttons = dialog.matches(of: /<button\b[^>]*>/).map { String($0.output) }
            let first = try #require(buttons.first { $0.contains("autofocus") } ?? buttons.first)
            #expect(!first.contains("value=\"yes\"") && !first.contains("type=\"submit\""), "\(first)")
        }
    }

    @Test func `where the focus is can be seen, in every style`() throws {
        #expect(try file("/style.css").contains(":focus-visible { outline: 3px solid"))
        for style in WebFile.all where style.path.hasSuffix(".css") {
            let hidden = String(buffer: style.content).matches(of: /(?m)^([^{\n]*)\{[^}]*outline:\s*(?:none|0)\b/)
                .map { $0.output.1.trimmingCharacters(in: .whitespaces) }
            // Only what no key leads to.
            #expect(hidden.filter { !["main:focus", ".kiosk h1:focus"].contains($0) } == [], "\(style.path)")
        }
    }
}
