import Library
import SIP2

/// What the library system said of one loan or return: for the person at the pad, and for the tags.
///
/// The answer goes into the journal and never repeats the system's own words: they may name a person.
struct LoanWord: Sendable {
    var report: LoanReport
    var answer: LoanAnswer

    init(_ report: LoanReport, _ answer: LoanAnswer) {
        self.report = report
        self.answer = answer
    }

    static func refused(_ barcode: String, _ messages: [String]) -> LoanWord {
        LoanWord(
            LoanReport(barcode: barcode, end: .refused, messages: messages),
            .declined("the library system did not agree")
        )
    }

    /// Nothing was asked, so nothing stands.
    static func away(_ barcode: String, _ error: CirculationError) -> LoanWord {
        LoanWord(LoanReport(barcode: barcode, end: .away(error)), .declined("the library system could not be asked"))
    }

    static func uncertain(_ barcode: String, _ error: SIP2Error) -> LoanWord {
        LoanWord(
            LoanReport(barcode: barcode, end: .uncertain(.system(error))),
            .unknown("the library system's answer did not arrive")
        )
    }
}

extension LoanAnswer {
    init(_ verdict: SecurityVerdict) {
        self =
            switch verdict {
            case .change: .agreed
            case .keep(let why): .agreedWithoutChange(why)
            case .leave(let why): .declined(why)
            }
    }
}

/// Holds the word of the library system until the tags have followed it.
actor LoanNote {
    private(set) var word: LoanWord?

    func take(_ word: LoanWord) -> LoanAnswer {
        self.word = word
        return word.answer
    }
}
