/// What the library system said when it was asked for a loan or a return.
package enum LoanAnswer: Hashable, Sendable {
    /// It stands: the tags are changed.
    case agreed
    /// It stands, and the tags shall stay as they are (SIP2: desensitize or resensitize is N).
    case agreedWithoutChange(String)
    /// It does not stand: nothing is written.
    case declined(String)
    /// There was no answer, or none that could be understood: nobody knows whether it stands.
    case unknown(String)
}
