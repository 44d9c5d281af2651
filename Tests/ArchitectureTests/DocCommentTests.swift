import Foundation
import Testing

private let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized

/// Every Swift file of the sources, as lines.
private func files() throws -> [(path: String, lines: [String])] {
    try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }.sorted()
        .map { path in
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            return (path, text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
}

/// A declaration that other targets see.
private struct Declaration {
    var kind: String
    var name: String

    /// `nil` for every other line.
    init?(_ line: String) {
        guard line.contains("package ") || line.contains("public ") else { return nil }
        var words = line.split { " (:{".contains($0) }.drop { $0.hasPrefix("@") }
        guard let access = words.popFirst(), ["package", "public", "open"].contains(access) else { return nil }
        let before: Set<Substring> = [
            "static", "final", "nonisolated", "unsafe)", "mutating", "indirect", "override", "convenience", "prefix",
            "private", "fileprivate", "package", "set)",
        ]
        words = words.drop(while: before.contains)
        let kinds: Set<Substring> = [
            "struct", "enum", "class", "actor", "protocol", "func", "var", "let", "init", "init?", "typealias",
            "subscript",
        ]
        guard let kind = words.popFirst(), kinds.contains(kind) else { return nil }
        self.kind = String(kind.prefix(while: \.isLetter))
        name = words.first.map { $0.first == "<" ? $0 : $0.prefix { $0 != "<" } }.map(String.init) ?? ""
    }
}

/// What a protocol asks for is said there: of ours, and of Swift's own.
private func requirements(_ files: [(path: String, lines: [String])]) -> Set<String> {
    var names: Set<String> = [
        "description", "debugDescription", "customMirror", "errorDescription", "==", "<", "hash", "rawValue", "id",
        "encode", "next", "makeAsyncIterator", "makeIterator", "body", "configuration", "run",
        "unownedExecutor", "enqueue", "allCases",
    ]
    let asking: Set<Substring> = ["func", "var", "associatedtype"]
    for (_, lines) in files {
        var end: String?
        for line in lines {
            let words = line.split { " (:{<".contains($0) }
            if end == nil, words.prefix(3).contains("protocol"), line.hasSuffix("{") {
                end = line.prefix { $0 == " " } + "}"
            } else if line == end {
                end = nil
            } else if end != nil, let place = words.firstIndex(where: asking.contains),
                place + 1 < words.endIndex
            {
                names.insert(String(words[place + 1]))
            }
        }
    }
    return names
}

/// Whether the initialiser that begins here only puts each value in its place: the properties say what they are.
private func isMemberwise(_ lines: ArraySlice<String>) -> Bool {
    guard let first = lines.first else { return false }
    let end = first.prefix { $0 == " " } + "}"
    var body: [Substring] = []
    if first.hasSuffix("}"), let start = first.firstIndex(of: "{") {
        body = first[first.index(after: start)...].dropLast().split(separator: ";")
    } else {
        let rest = lines.prefix { !$0.hasPrefix(end) || $0.hasSuffix("{") }
        guard let start = rest.firstIndex(where: { $0.hasSuffix("{") }) else { return false }
        body = rest[(start + 1)...].map { $0[...] }
    }
    return body.allSatisfy { line in
        let sides = line.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
        guard sides.count == 2 else { return line.allSatisfy(\.isWhitespace) }
        let isTuple = sides[0].hasPrefix("(") && sides[1].hasPrefix("(")
        return isTuple || sides.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || ".`_".contains($0) } }
    }
}

/// What a target shows to others it explains. Told are the declarations that lack a word, by file and line.
@Test func `nine of ten declarations that other targets see say what they are`() throws {
    let files = try files()
    let inherited = requirements(files)
    var counts: [String: (told: Int, all: Int)] = [:]
    var silent: [String] = []
    for (path, lines) in files {
        let target = String(path.prefix { $0 != "/" })
        for (index, line) in lines.enumerated() {
            guard let declaration = Declaration(line) else { continue }
            if declaration.kind == "init" {
                if isMemberwise(lines[index...]) { continue }
            } else if inherited.contains(declaration.name) {
                continue
            }
            let above = lines[..<index].last { !$0.drop(while: \.isWhitespace).hasPrefix("@") }
            let isTold = above?.drop(while: \.isWhitespace).hasPrefix("///") == true
            counts[target, default: (0, 0)].all += 1
            if isTold { counts[target]?.told += 1 } else { silent.append("\(path):\(index + 1): \(line)") }
        }
    }
    #expect(counts.count > 10)
    #expect(counts.values.reduce(0) { $0 + $1.all } > 4000)
    for (target, count) in counts.sorted(by: { $0.key < $1.key }) {
        let some = silent.filter { $0.hasPrefix(target) }.prefix(20).joined(separator: "\n")
        #expect(count.told * 10 >= count.all * 9, "\(target): \(count.told) of \(count.all) do; not these:\n\(some)")
    }
}

/// A clause without its book helps nobody: our own notes are explained in CONTRIBUTING.md, manuals at a driver's head.
@Test func `a clause is cited by a name that is explained`() throws {
    let files = try files()
    let heads = files.filter { $0.path.hasSuffix("Driver.swift") }.flatMap(\.lines).joined(separator: "\n")
    let guide = try String(
        contentsOf: sources.deletingLastPathComponent().appending(path: "CONTRIBUTING.md"),
        encoding: .utf8
    )
    var count = 0
    for (path, lines) in files {
        for (index, line) in lines.enumerated() {
            for citation in line.matches(of: /([A-Za-z][A-Za-z0-9.]*) §[0-9]/) {
                let name = String(citation.output.1)
                // `iso15693 §7.3 and §8` cites one book twice.
                if ["and", "to"].contains(name) { continue }
                count += 1
                let isExplained = guide.contains("`\(name)`") || heads.contains("\(name): ")
                #expect(isExplained, "\(path):\(index + 1): nothing says what \(name) is")
            }
        }
    }
    #expect(count > 50)
}

/// Whoever opens a file reads it from the top. Data beside the code, such as recorded sessions, is looked up and may be longer.
@Test func `no file is longer than five hundred lines`() throws {
    let root = sources.deletingLastPathComponent()
    let kinds: Set<String> = ["swift", "js", "css", "html", "py", ""]
    var count = 0
    for folder in ["Sources", "Tests", "Scripts", "Fuzz/Targets", ".ci"] {
        let folder = root.appending(path: folder)
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where kinds.contains(URL(filePath: path).pathExtension) {
            // A folder has no text.
            guard let text = try? Data(contentsOf: folder.appending(path: path)) else { continue }
            count += 1
            let lines = text.count { $0 == UInt8(ascii: "\n") }
            #expect(lines <= 500, "\(path): \(lines) lines, wanted 500 at most")
        }
    }
    #expect(count > 1000)
}
