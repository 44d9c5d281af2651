/// The words of one printed page in one language.
struct PageWords: Sendable {
    private let said: [String: String]
    private let words: [String: String]
    private let forms: [WordForm]

    /// - Parameters:
    ///   - said: the script with the page's own words, under `say`.
    ///   - told: the script that has what the daemon says elsewhere, word for word under `told`, with gaps under
    ///     `sentences`; `nil` for the daemon's own language.
    init(said: [UInt8], told: [UInt8]? = nil) {
        self.said = Self.words(WordTable("say", in: said))
        words = told.map { Self.words(WordTable("told", in: $0)) } ?? [:]
        forms = told.map { WordTable("sentences", in: $0).rows.map { WordForm($0.name, $0.text) } } ?? []
    }

    /// What stands under `name`, with its gaps; the name itself where it lacks.
    func text(_ name: String) -> String { said[name] ?? name }

    /// What stands under `name`, its gaps filled with `facts`.
    func say(_ name: String, _ facts: [String]) -> String { WordForm.filled(text(name), with: facts) }

    /// What the daemon says elsewhere, in this language; it stays English where there are no words for it.
    func told(_ text: String) -> String {
        if let said = words[text] { return said }
        for form in forms {
            if let said = form.said(for: text, told: { words[$0] ?? $0 }) { return said }
        }
        return text
    }

    private static func words(_ table: WordTable) -> [String: String] {
        Dictionary(table.rows.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}
