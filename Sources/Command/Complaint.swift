import API
import Foundation

/// Why a command could not do what was asked, and what to do about it.
struct Complaint: Error, Equatable {
    /// Lower case, no period: what, where, found, wanted.
    var message: String
    var hint: String?
    /// The command line itself was wrong: exit status 2.
    var isUsage = false

    init(_ message: String, hint: String? = nil, isUsage: Bool = false) {
        self.message = message
        self.hint = hint
        self.isUsage = isUsage
    }

    /// A refusal of the daemon in its own words.
    init(_ problem: Problem) {
        self.init(problem.detail.isEmpty ? problem.title : problem.detail, hint: problem.hint)
    }

    /// The argument parser's text (`Error: Missing …`, usage, `See 'pressmark … --help' …`) in our voice.
    init(usage text: String) {
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        var message = lines.first { !$0.hasPrefix("Usage:") } ?? "wrong usage"
        if message.hasPrefix("Error: ") { message.removeFirst("Error: ".count) }
        if message.hasSuffix(".") { message.removeLast() }
        // Few values stand in the sentence, many on lines of their own beneath it.
        let many = lines.filter { $0.hasPrefix("- ") }.map { $0.dropFirst(2) }.joined(separator: ", ")
        message = message.replacing(". Please provide one of the following:", with: ", wanted one of \(many)")
        message = message.replacing(". Please provide one of ", with: ", wanted one of ")
        self.init(message.prefix(1).lowercased() + message.dropFirst(), isUsage: true)
        let usage = lines.first { $0.hasPrefix("Usage:") }.map { "usage:" + $0.dropFirst("Usage:".count) }
        let help = lines.last?.split(separator: "'").dropFirst().first.map { "see \($0)" }
        // What would have been right the parser knows only in the words of the argument's help.
        let isUnsaid = message.contains(" is invalid for ") && !message.contains(", wanted one of ")
        let meaning = isUnsaid ? lines.first { $0.hasPrefix("Help:") } : nil
        let wanted = meaning.map { $0.dropFirst("Help:".count).trimmingCharacters(in: .whitespaces) }
        hint = [wanted, usage, help].compactMap(\.self).joined(separator: "\n      ")
        if hint?.isEmpty == true { hint = nil }
    }
}
