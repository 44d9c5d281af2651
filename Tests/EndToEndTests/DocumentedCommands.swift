import Foundation

/// The commands that the documents show, as they stand in their blocks of shell.
struct DocumentedCommands {
    struct Line: Hashable {
        var document: String
        var number: Int
        /// With continuation lines joined, without the remark behind it.
        var text: String

        var place: String { "\(document):\(number): \(text)" }

        /// The words of each `pressmark` in the line, as the shell would hand them over.
        var invocations: [[String]] {
            var found: [[String]] = []
            for command in Self.commands(of: text) {
                guard let first = command.firstIndex(of: "pressmark") else { continue }
                // `sudo pressmark` is one, a file that is called so is not.
                if first == 0 || first == 1 && command[0] == "sudo" {
                    found.append(Array(command[command.index(after: first)...]))
                }
            }
            return found
        }

        /// Words between `|`, `||`, `&&` and `;`, without redirections.
        private static func commands(of text: String) -> [[String]] {
            var commands: [[String]] = [[]]
            var skipsNext = false
            for word in words(of: text) {
                switch word {
                case "|", "||", "&&", ";": commands.append([])
                case ">", ">>", "<": skipsNext = true
                case _ where skipsNext: skipsNext = false
                default: commands[commands.count - 1].append(word)
                }
            }
            return commands
        }

        private static func words(of text: String) -> [String] {
            var words: [String] = []
            var word = ""
            var isWord = false
            var quote: Character?
            for character in text {
                if let open = quote {
                    if character == open { quote = nil } else { word.append(character) }
                } else if character == "\"" || character == "'" {
                    quote = character
                    isWord = true
                } else if character.isWhitespace {
                    if isWord { words.append(word) }
                    (word, isWord) = ("", false)
                } else {
                    word.append(character)
                    isWord = true
                }
            }
            if isWord { words.append(word) }
            return words
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    /// Documents in the order in which a newcomer reads them.
    static func documents() throws -> [String] {
        let folders = ["docs", "docs/guide"]
        let inFolders = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
                .filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
        }
        return ["README.md", "CONTRIBUTING.md", "hardware-notes.md"] + inFolders
    }

    /// Every line of a document's blocks that are marked as shell, and what is typed in those that show the answer too.
    static func lines(of document: String) throws -> [Line] {
        let text = try String(contentsOf: root.appending(path: document), encoding: .utf8)
        var (lines, fence, open) = ([Line](), String?.none, String?.none)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                fence = fence == nil ? String(line.dropFirst(3)) : nil
                continue
            }
            let prompt = fence == "console" ? "$ " : ""
            guard fence == "sh" || fence == "console", line.hasPrefix(prompt) else { continue }
            var command = (open ?? "") + withoutRemark(String(line.dropFirst(prompt.count)))
            if command.hasSuffix("\\") {
                command.removeLast()
                open = command
                continue
            }
            open = nil
            if !command.isEmpty { lines.append(Line(document: document, number: index + 1, text: command)) }
        }
        return lines
    }

    /// Every `pressmark` that a document names within its sentences; what stands for several commands or leaves words out is none.
    static func mentions(in document: String) throws -> [Line] {
        let text = try String(contentsOf: root.appending(path: document), encoding: .utf8)
        return text.matches(of: /`(?:sudo )?(pressmark [^`]+)`/).compactMap { match in
            let words = match.output.1.split { $0.isWhitespace }.joined(separator: " ")
            guard !words.contains("…"), !words.contains("|") else { return nil }
            let number = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
            return Line(document: document, number: number, text: words)
        }
    }

    /// A remark begins with `#` behind a space or at the line's begin, outside quotes.
    private static func withoutRemark(_ line: String) -> String {
        var (quote, before) = (Character?.none, Character(" "))
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "#", before.isWhitespace {
                return line[..<index].trimmingCharacters(in: .whitespaces)
            }
            before = character
        }
        return line.trimmingCharacters(in: .whitespaces)
    }
}
