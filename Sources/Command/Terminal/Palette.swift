/// Colours by meaning (ECMA-48 SGR); plain text when they are off.
struct Palette: Sendable {
    var isOn: Bool

    /// By the number of ECMA-48 that switches it on: green, yellow, red, faint, bold.
    enum Tone: Int, CaseIterable, Sendable {
        case good = 32
        case notice = 33
        case bad = 31
        case faint = 2
        case strong = 1
        /// Cyan and magenta by turns, where neighbours are to be told apart and neither is better.
        case first = 36
        case second = 35
    }

    func paint(_ text: String, _ tone: Tone) -> String {
        isOn ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// `info`, `notice`, `problem` as the daemon grades findings.
    func paint(_ text: String, severity: String) -> String {
        switch severity {
        case "problem": paint(text, .bad)
        case "notice": paint(text, .notice)
        default: text
        }
    }
}
