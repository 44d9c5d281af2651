import ArgumentParser

/// A word where a command's name was wanted: the parser calls it an unexpected argument and does not say which are known.
struct UnknownCommand {
    var word: String
    /// The commands before it, `pressmark sweep`.
    var path: String
    private var known: [String]
    /// Commands of exactly this name in the groups that are known, `tag read` for `read`.
    private var inGroups: [String]

    /// The first word of a command line that names no command; `nil` where every one does, as far as they are names.
    ///
    /// Words behind an option are not looked at: they may be its value. Where a command may be left out they may be meant
    /// for it.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var names = [root._commandName]
        for word in arguments.first == "help" ? Array(arguments.dropFirst()) : arguments {
            let configuration = command.configuration
            let subcommands = configuration.subcommands
            guard !word.hasPrefix("-"), !subcommands.isEmpty, configuration.defaultSubcommand == nil else {
                return nil
            }
            guard let next = subcommands.first(where: { $0._commandName == word }) else {
                self.word = word
                self.path = names.joined(separator: " ")
                self.known = subcommands.map { $0._commandName }
                self.inGroups = subcommands.filter { group in
                    group.configuration.subcommands.contains { $0._commandName == word }
                }
                .map { "\($0._commandName) \(word)" }
                return
            }
            command = next
            names.append(word)
        }
        return nil
    }

    var complaint: Complaint {
        let help = "see \(path) --help"
        let meant = inGroups.isEmpty ? nearest.map { [$0] } ?? [] : inGroups
        let names = meant.map { "\(path) \($0)" }.joined(separator: " or ")
        let hint = meant.isEmpty ? help : "did you mean \(names)? \(help)"
        return Complaint("found '\(word)', wanted a command of \(path)", hint: hint, isUsage: true)
    }

    /// The command that is meant, where one is two letters away at the most.
    private var nearest: String? {
        guard word.count <= 40 else { return nil }
        let near = known.map { (name: $0, distance: Self.distance(word, $0)) }.min { $0.distance < $1.distance }
        guard let near, near.distance <= 2, near.distance < near.name.count - 1 else { return nil }
        return near.name
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein).
    static func distance(_ one: String, _ other: String) -> Int {
        let letters = Array(other)
        var row = Array(0...letters.count)
        for (index, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, found) in letters.enumerated() {
                let above = row[place + 1]
                row[place + 1] = min(above + 1, row[place] + 1, diagonal + (found == letter ? 0 : 1))
                diagonal = above
            }
        }
        return row[letters.count]
    }
}
