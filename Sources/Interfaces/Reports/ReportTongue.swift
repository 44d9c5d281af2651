import API
import Foundation
import HTTPTypes
import Hummingbird

/// A language in which a sweep is printed; its words stand in files of the page, `report-de.js` and `told-de.js`.
enum ReportTongue: String, CaseIterable, Sendable {
    case en
    case de

    /// What stands under `name` in the language's file, its gaps filled with `facts`; the name itself where it lacks.
    func say(_ name: String, _ facts: [String]) -> String {
        WordForm.filled(words.said[name] ?? name, with: facts)
    }

    func say(_ name: String, _ facts: String...) -> String { say(name, facts) }

    /// What the daemon says elsewhere, in this language; it stays English where the language has no words for it.
    func told(_ text: String) -> String {
        let word = { (text: String) in words.told[text] ?? text }
        if let said = words.told[text] { return said }
        for form in words.forms {
            if let said = form.said(for: text, told: word) { return said }
        }
        return text
    }

    private struct Words: Sendable {
        let said: [String: String]
        let told: [String: String]
        let forms: [WordForm]

        /// - Parameter told: what the daemon says elsewhere; `nil` for the daemon's own language.
        init(said: [UInt8], told: [UInt8]?) {
            self.said = Self.words(WordTable("say", in: said))
            self.told = told.map { Self.words(WordTable("told", in: $0)) } ?? [:]
            forms = told.map { WordTable("sentences", in: $0).rows.map { WordForm($0.name, $0.text) } } ?? []
        }

        private static func words(_ table: WordTable) -> [String: String] {
            Dictionary(table.rows.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private var words: Words {
        switch self {
        case .en: Self.english
        case .de: Self.german
        }
    }

    private static let english = Words(said: PackageResources.report_en_js, told: nil)
    private static let german = Words(said: PackageResources.report_de_js, told: PackageResources.told_de_js)
}

extension ReportTongue {
    /// The language that `lang` in the query names, else the one a browser wants most; English where it wants none of
    /// ours.
    static func wanted(by request: Request) throws -> ReportTongue {
        guard let wish = request.word("lang") else { return accepted(request.headers[.acceptLanguage] ?? "") }
        guard let tongue = ReportTongue(rawValue: wish) else {
            let names = allCases.map(\.rawValue).joined(separator: " or ")
            throw Problem.invalid("lang", found: "'\(wish.prefix(80))'", wanted: names)
        }
        return tongue
    }

    /// The first of ours in an `Accept-Language` field, by its weights (RFC 9110, 12.5.4): `de-AT,de;q=0.9,en;q=0.8`.
    static func accepted(_ field: String) -> ReportTongue {
        var best: (tongue: ReportTongue, weight: Double)?
        for wish in field.split(separator: ",").prefix(32) {
            let parts = wish.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            guard let name = parts.first, let tongue = ReportTongue(rawValue: String(name.prefix { $0 != "-" })) else {
                continue
            }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if weight > best?.weight ?? 0 { best = (tongue, weight) }
        }
        return best?.tongue ?? .en
    }
}
