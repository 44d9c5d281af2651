import Foundation
import Library

extension ReportTongue {
    /// The notice in this language, as far as there are words for it: the rest stays English, and names stay names.
    func said(_ notice: Notice) -> Notice {
        guard self != .en else { return notice }
        var notice = notice
        notice.text = notice.text.components(separatedBy: "\n").map { noticed($0) }.joined(separator: "\n")
        notice.remedy = notice.remedy.map { noticed($0) }
        switch notice.event {
        // A reader's or gate's name, which is the site's own.
        case .alarm, .security: break
        case .trouble, .recovery, .sweep, .summary: notice.subject = noticed(notice.subject)
        }
        return notice
    }

    /// Words around a notice.
    func around(_ name: String, _ facts: String...) -> String { notices.say(name, facts) }

    private func noticed(_ text: String) -> String {
        let commas = Array(text.ranges(of: ", ").reversed())
        // A reason and how many, a finding and its cause: either may have commas of its own.
        for comma in commas {
            let (head, tail) = (String(text[..<comma.lowerBound]), String(text[comma.upperBound...]))
            if let head = known(head), let tail = known(tail) { return "\(head), \(tail)" }
        }
        if let said = known(text) { return said }
        guard let comma = commas.first else { return text }
        return noticed(String(text[..<comma.lowerBound])) + ", " + noticed(String(text[comma.upperBound...]))
    }

    /// `nil` where there are no words for it; a number before it stays: `3 not on loan`.
    private func known(_ text: String) -> String? {
        let said = notices.told(text, nested: { noticed($0) })
        guard said == text else { return said }
        guard let space = text.firstIndex(of: " "), text[..<space].allSatisfy(\.isNumber) else { return nil }
        return known(String(text[text.index(after: space)...])).map { "\(text[..<space]) \($0)" }
    }
}
