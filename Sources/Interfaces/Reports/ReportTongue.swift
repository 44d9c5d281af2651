import API
import Foundation
import HTTPTypes
import Hummingbird

/// A language in which pages are printed and notices are sent; their words stand in files of the page.
package enum ReportTongue: String, Hashable, CaseIterable, Sendable {
    case en
    case de

    /// What the page of a sweep says under `name`, its gaps filled with `facts`.
    func say(_ name: String, _ facts: [String]) -> String { sweep.say(name, facts) }

    func say(_ name: String, _ facts: String...) -> String { sweep.say(name, facts) }

    /// What the daemon says of a finding, in this language; it stays English where the language has no words for it.
    func told(_ text: String) -> String { sweep.told(text) }

    /// By which holdings a sweep is judged; `nil` when there are none.
    func judged(_ sweep: SweepSummary) -> String? {
        guard let holdings = sweep.judgedBy else { return nil }
        return say(sweep.isJudgedLate ? "judgedLate" : "judged", holdings.day, String(holdings.snapshot))
    }

    private var sweep: PageWords {
        switch self {
        case .en: Self.englishSweep
        case .de: Self.germanSweep
        }
    }

    /// The words of the privacy dossier.
    var dossier: PageWords {
        switch self {
        case .en: Self.englishDossier
        case .de: Self.germanDossier
        }
    }

    /// What notices say, and what stands around them.
    var notices: PageWords {
        switch self {
        case .en: Self.englishNotices
        case .de: Self.germanNotices
        }
    }

    private static let englishSweep = PageWords(said: PackageResources.report_en_js)
    private static let germanSweep = PageWords(
        said: PackageResources.report_de_js,
        told: [PackageResources.told_de_js]
    )
    private static let englishDossier = PageWords(said: PackageResources.dossier_en_js)
    private static let germanDossier = PageWords(
        said: PackageResources.dossier_de_js,
        told: [PackageResources.dossier_de_js]
    )
    private static let englishNotices = PageWords(said: PackageResources.notice_en_js)
    private static let germanNotices = PageWords(
        said: PackageResources.notice_de_js,
        told: [PackageResources.notice_de_js, PackageResources.told_de_js]
    )
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
