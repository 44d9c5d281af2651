/// A gate's rules as a text that staff can read and change: one rule a line, `what = how`, `#` begins a remark.
///
///     on loan, tag not cleared = log
///     parked after = 90 s
///     bulk = 5 in 5 s
///     lane left = 1, 2
///     neighbour Town Library = DE-7, DE-7a, barcode 4711
///
/// Reasons are answered with `alarm`, `log` or `silent`; times are `300 ms`, `20 s`, `5 min`, `12 h` or `3 d`.
package enum GatePolicyFile {
    /// What is wrong with one line of it.
    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// Counted from 1.
        package var line: Int
        /// What stands there, lower case, no period.
        package var found: String
        /// What would have been understood there, lower case, no period.
        package var wanted: String

        package var description: String { "line \(line): found \(found), wanted \(wanted)" }
    }

    /// The longest text that is read; a page of rules has a hundredth of it.
    package static let longest = 65_536

    /// Changes `policy` as the text says; every mistake is told, and then nothing is changed.
    package static func apply(_ text: String, to policy: GatePolicy) -> Result<GatePolicy, Mistakes> {
        guard text.utf8.count <= longest else {
            return .failure(
                Mistakes(list: [Mistake(line: 1, found: "\(text.utf8.count) bytes", wanted: "a few lines")])
            )
        }
        var policy = policy
        var mistakes: [Mistake] = []
        var seen: Set<String> = []
        // Editors of other systems end lines with two characters, which are one to Swift and not "\n".
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, raw) in lines.enumerated() {
            let line = trimmed(raw.prefix { $0 != "#" })
            guard !line.isEmpty else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
            do throws(Refusal) {
                guard parts.count == 2 else { throw Refusal(found: "\"\(line)\"", wanted: "what = how") }
                guard seen.insert(parts[0]).inserted else {
                    throw Refusal(found: "\"\(parts[0])\" a second time", wanted: "each rule once")
                }
                try GatePolicyRule.apply(parts[0], parts[1], to: &policy)
            } catch {
                mistakes.append(Mistake(line: index + 1, found: error.found, wanted: error.wanted))
            }
        }
        return mistakes.isEmpty ? .success(policy) : .failure(Mistakes(list: mistakes))
    }

    /// Every mistake of a text, in the order of its lines.
    package struct Mistakes: Error, Hashable, Sendable, CustomStringConvertible {
        /// Never empty. A text that is too long has one mistake, in line 1.
        package var list: [Mistake]

        package var description: String { list.map(\.description).joined(separator: "; ") }
    }

    /// Why one rule was not understood.
    struct Refusal: Error {
        var found: String
        var wanted: String
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        let isSpace = { (character: Character) in character.isWhitespace }
        let start = text.drop(while: isSpace)
        guard let end = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(start[...end])
    }
}
