import Foundation
import Testing

/// Whoever follows a link in a document arrives: in the sources, and where the package puts the documents.
@Suite struct DocumentLinksTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static func documents() throws -> [String] {
        let inFolder = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "docs").path)
        return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "hardware-notes.md", "Fuzz/README.md"]
            + inFolder.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    }

    private struct Link {
        /// From the root of the sources.
        var target: String
        var heading: String?
    }

    /// Links to other places of the sources.
    private static func links(in document: String) throws -> [Link] {
        let links = try text(document).matches(of: /\]\(([^)\s]+)\)/).map { $0.output.1 }
        return links.filter { !$0.hasPrefix("http") }.map { link -> Link in
            let halves = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            var parts = document.split(separator: "/").map(String.init)
            if !halves[0].isEmpty { parts.removeLast() }
            for part in halves[0].split(separator: "/") {
                if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
            }
            let heading = halves.count > 1 ? String(halves[1]) : nil
            return Link(target: parts.joined(separator: "/"), heading: heading)
        }
    }

    /// Headings as links name them.
    private static func headings(of document: String) throws -> Set<String> {
        let lines = try text(document).split(separator: "\n").filter { $0.hasPrefix("#") }
        return Set(
            lines.map { line -> String in
                let words = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                return words.replacing(" ", with: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            }
        )
    }

    /// What debian/NAME lists, a line each.
    private static func listed(_ name: String) throws -> [String] {
        try text("debian/\(name)").split(separator: "\n").map(String.init)
    }

    @Test func `every link leads to a file, and to a heading of it`() throws {
        var count = 0
        for document in try Self.documents() {
            for link in try Self.links(in: document) {
                count += 1
                let isThere = FileManager.default.fileExists(atPath: Self.root.appending(path: link.target).path)
                #expect(isThere, "\(document): found a link to \(link.target), wanted a file that is there")
                guard isThere, let heading = link.heading else { continue }
                let headings = try Self.headings(of: link.target)
                #expect(headings.contains(heading), "\(document): found no heading \(heading) in \(link.target)")
            }
        }
        #expect(count > 40)
    }

    @Test func `every script is told of somewhere`() throws {
        let scripts = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Scripts").path)
        #expect(scripts.count > 20)
        let documents = try Self.documents().map { try Self.text($0) }
        for script in scripts.sorted() where script.first?.isLetter == true {
            // `Scripts/bench` is not told of where only `Scripts/bench-vm` is.
            let name = try Regex("Scripts/\(script)(?![A-Za-z0-9-])")
            #expect(documents.contains { $0.contains(name) }, "Scripts/\(script) stands in no document")
        }
    }

    @Test func `what a document of the package links to is in the package`() throws {
        let packed = try Self.listed("pressmark.docs")
        func isPacked(_ path: String) -> Bool { packed.contains { path == $0 || path.hasPrefix("\($0)/") } }
        let documents = try Self.documents().filter(isPacked)
        #expect(documents.contains("README.md") && documents.contains("docs/install.md"))
        for document in documents {
            for link in try Self.links(in: document) {
                #expect(isPacked(link.target), "\(document): \(link.target) is not in debian/pressmark.docs")
            }
        }
    }

    @Test func `a unit or drop-in that a document names is there, and in the package`() throws {
        let packed = try Self.listed("pressmark.install")
        var names: Set<String> = []
        for document in try Self.documents() {
            let named = try Self.text(document).matches(of: /pressmarkd[a-z-]*\.(?:conf|socket|service)/)
            names.formUnion(named.map { String($0.output) })
        }
        #expect(names.count > 5)
        for name in names.sorted() {
            let isPacked = packed.contains { $0.hasPrefix("systemd/\(name) ") }
            #expect(isPacked, "found no systemd/\(name) in debian/pressmark.install")
            let path = Self.root.appending(path: "systemd/\(name)").path
            #expect(FileManager.default.fileExists(atPath: path), "found no systemd/\(name)")
        }
    }

    @Test func `the manual that a unit names is one of the package's`() throws {
        let pages = try Self.listed("pressmark.manpages")
        let units = ["pressmarkd.service", "pressmarkd.socket", "pressmarkd-control.socket"]
        for unit in units {
            let line = try #require(try Self.text("systemd/\(unit)").firstMatch(of: /Documentation=(.+)/))
            for place in line.output.1.split(separator: " ") {
                let page = try #require(place.wholeMatch(of: /man:([\w.-]+)\((\d)\)/), "\(unit): found \(place)")
                #expect(pages.contains("debian/made/\(page.output.1).\(page.output.2)"), "\(unit): found \(place)")
            }
        }
    }
}
