/// One mistake in a configuration file: where, what was found, what is allowed.
struct ConfigurationMistake: Error, Equatable, Sendable {
    var line: Int
    /// `reader 2, role`.
    var what: String
    var found: String
    var wanted: String
    var hint: String?
}

extension ConfigurationMistake: CustomStringConvertible {
    var description: String {
        "line \(line): \(what): found \(found), wanted \(wanted)" + (hint.map { "\n  hint: \($0)" } ?? "")
    }
}

/// A configuration file that cannot be used, with every mistake in it.
struct ConfigurationError: Error, Sendable {
    var file: String
    var mistakes: [ConfigurationMistake]
}

extension ConfigurationError: CustomStringConvertible {
    var description: String {
        mistakes.map { "\(file): \($0)" }.joined(separator: "\n")
    }
}
