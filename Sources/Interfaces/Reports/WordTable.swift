import Foundation

/// A table of words in one of the page's scripts, so that what the page says and what the daemon prints stand in one
/// place.
///
/// It begins with `const NAME = {` and ends with `};`, each on a line of its own; in between names and texts without
/// quotes in them: `name: "text",` or `"name": "text",`, the text on the next line where it is long. Other lines count
/// as remarks.
struct WordTable: Sendable {
    /// In the order of the file.
    let rows: [(name: String, text: String)]

    /// Has no rows where the script has no such table.
    init(_ name: String, in script: [UInt8]) {
        let text = String(decoding: script, as: UTF8.self)
        guard let start = text.range(of: "const \(name) = {\n")?.upperBound,
            let end = text.range(of: "\n};", range: start..<text.endIndex)?.lowerBound
        else {
            rows = []
            return
        }
        rows = text[start..<end].replacing(":\n    \"", with: ": \"").split(separator: "\n").compactMap(Self.row)
    }

    private static func row(_ line: Substring) -> (name: String, text: String)? {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        switch parts.count {
        case 3 where parts[0].hasPrefix("  ") && parts[0].hasSuffix(": "):
            return (String(parts[0].dropFirst(2).dropLast(2)), String(parts[1]))
        case 5 where parts[0] == "  " && parts[2] == ": ":
            return (String(parts[1]), String(parts[3]))
        default: return nil
        }
    }
}

/// A sentence of the daemon with gaps, `{1}`, `{2}`, … in the order of their numbers, and what is said for it.
struct WordForm: Sendable {
    /// What stands before, between and behind the gaps.
    private let literals: [String]
    private let text: String

    init(_ sentence: String, _ text: String) {
        var literals: [String] = []
        var rest = sentence[...]
        while let gap = rest.range(of: "{\(literals.count + 1)}") {
            literals.append(String(rest[..<gap.lowerBound]))
            rest = rest[gap.upperBound...]
        }
        self.literals = literals + [String(rest)]
        self.text = text
    }

    /// What is said for `words`; `nil` when they are another sentence.
    func said(for words: String, told: (String) -> String) -> String? {
        facts(in: words).map { Self.filled(text, with: $0, told: told).trimmingCharacters(in: .whitespaces) }
    }

    private func facts(in words: String) -> [String]? {
        guard literals.count > 1 else { return literals.contains(words) ? [] : nil }
        guard let first = literals.first, let last = literals.last, words.hasPrefix(first) else { return nil }
        var rest = words.dropFirst(first.count)
        guard rest.hasSuffix(last) else { return nil }
        rest = rest.dropLast(last.count)
        var facts: [String] = []
        for literal in literals.dropFirst().dropLast() {
            guard let found = rest.range(of: literal) else { return nil }
            facts.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return facts + [String(rest)]
    }

    /// A text with its gaps filled: `{1}` is the first fact as it is, `{=1}` the first fact as `told` has it.
    static func filled(_ text: String, with facts: [String], told: (String) -> String = { $0 }) -> String {
        var whole = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            whole.append(contentsOf: rest[..<start])
            let gap = rest[rest.index(after: start)..<end]
            if let number = Int(gap.drop { $0 == "=" }), facts.indices.contains(number - 1) {
                let fact = facts[number - 1]
                whole.append(contentsOf: gap.hasPrefix("=") ? told(fact) : fact)
            }
            rest = rest[rest.index(after: end)...]
        }
        whole.append(contentsOf: rest)
        return whole
    }
}
