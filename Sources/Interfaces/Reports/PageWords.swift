/// The words of one printed page, or of notices, in one language.
struct PageWords: Sendable {
    private let said: [String: String]
    private let words: [String: String]
    private let forms: [WordForm]

    /// - Parameters:
    ///   - said: the script with the page's own words, under `say`.
    ///   - told: scripts that have what the daemon says elsewhere, word for word under `told` and `more`, with gaps
    ///     under `sentences`; none for the daemon's own language. The first that has it counts.
    init(said: [UInt8], told: [[UInt8]] = []) {
        self.said = Self.words([WordTable("say", in: said)])
        words = Self.words(told.flatMap { [WordTable("told", in: $0), WordTable("more", in: $0)] })
        forms = told.flatMap { WordTable("sentences", in: $0).rows }.map { WordForm($0.name, $0.text) }
    }

    /// What stands under `name`, with its gaps; the name itself where it lacks.
    func text(_ name: String) -> String { said[name] ?? name }

    /// What stands under `name`, its gaps filled with `facts`.
    func say(_ name: String, _ facts: [String]) -> String { WordForm.filled(text(name), with: facts) }

    /// What the daemon says elsewhere, in this language; it stays English where there are no words for it.
    ///
    /// - Parameter nested: says what stands in a gap; word for word where it is left out.
    func told(_ text: String, nested: ((String) -> String)? = nil) -> String {
        if let said = words[text] { return said }
        for form in forms {
            if let said = form.said(for: text, told: { nested?($0) ?? words[$0] ?? $0 }) { return said }
        }
        return text
    }

    private static func words(_ tables: [WordTable]) -> [String: String] {
        let rows = tables.flatMap(\.rows).map { ($0.name, $0.text) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
