import ArgumentParser

/// An option that no command has. The parser says first what is missing, which is mostly the same option, spelt rightly.
struct UnknownOption {
    var word: String
    /// The whole command, `pressmark tag read`.
    var path: String
    private var known: [String]

    /// The first long option of a command line that its command does not have; `nil` where it has all of them.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var names = [root._commandName]
        var rest = arguments[...]
        while let name = rest.first,
            let next = command.configuration.subcommands.first(where: { $0._commandName == name })
        {
            command = next
            names.append(name)
            rest.removeFirst()
        }
        if let usual = command.configuration.defaultSubcommand { command = usual }
        let help = root.helpMessage(for: command, columns: 200)
        let known = Set(help.matches(of: /--[a-z][a-z0-9-]+/).map { String($0.output) })
        // Behind a lone -- everything is an argument, whatever it begins with.
        let options = rest.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
            .map { option in String(option.prefix { $0 != "=" }) }
        guard let word = options.first(where: { !known.contains($0) }) else { return nil }
        self.word = word
        self.path = names.joined(separator: " ")
        self.known = known.sorted()
    }

    var complaint: Complaint {
        let help = "see \(path) --help"
        let near = known.map { (name: $0, distance: UnknownCommand.distance(String(word.prefix(40)), $0)) }
            .min { $0.distance < $1.distance }
        let meant = near.flatMap { $0.distance <= 2 ? $0.name : nil }
        let hint = meant.map { "did you mean \($0)? \(help)" } ?? help
        return Complaint("found '\(word)', wanted an option of \(path)", hint: hint, isUsage: true)
    }
}
