package import Wire

/// Why the library system did not answer a message, or not in a way that can be used. Never names a patron.
package enum SIP2Error: Error, Hashable, Sendable {
    /// No connection could be made, or it was lost before anything of the request left.
    case link(LinkError)
    /// The connection was lost after the request had left: whether it was carried out is not known.
    case answerLost(MessageCode, LinkError)
    /// The request left so often and nothing came back: whether it was carried out is not known.
    case noAnswer(MessageCode, times: Int)
    /// What came could not be understood after asking for it again: whether it was carried out is not known.
    case garbled(MessageCode, reason: String)
    /// A line of plain words came instead of a message, as FOLIO's edge-sip2 has it for an item that it does not know:
    /// whether the request was carried out is not known, and the system is there. The connection stands unless another
    /// answer may still be under way on it.
    case answeredInWords(MessageCode)
    /// The system asked for the request again and again: it never arrived whole.
    case notUnderstood(MessageCode)
    case loginRefused
    /// A connection stood, and the system did not get as far as answering login and first question: nothing was asked.
    case notOpened(reason: String)
    /// The system says of itself that it cannot do anything just now.
    case offline
    /// A value has characters that no message can carry.
    case notCarried(field: String)

    /// Whether the library system may have done what was asked.
    package var mayHaveHappened: Bool {
        switch self {
        case .answerLost, .noAnswer, .garbled, .answeredInWords: true
        case .link, .notUnderstood, .loginRefused, .notOpened, .offline, .notCarried: false
        }
    }
}

extension SIP2Error: CustomStringConvertible {
    package var description: String {
        switch self {
        case .link(let error): "library system: \(error)"
        case .answerLost(let code, let error): "library system: \(error) before it answered the \(code.name)"
        case .noAnswer(let code, let times): "library system: no answer to the \(code.name), sent \(times) times"
        case .garbled(let code, let reason): "library system: answer to the \(code.name) not understood, \(reason)"
        case .answeredInWords(let code):
            "library system: answered the \(code.name) in words of its own, wanted a message"
        case .notUnderstood(let code): "library system: asked again and again for the \(code.name)"
        case .loginRefused: "library system: refused the login"
        case .notOpened(let reason): "library system: no conversation could be begun: \(reason)"
        case .offline: "library system: says that it is offline"
        case .notCarried(let field): "\(field): found a bar or a control character, wanted plain text"
        }
    }

    /// What went wrong, without whom it is told of: for a sentence that begins with the library system already.
    package var cause: String {
        let place = "library system: "
        return description.hasPrefix(place) ? String(description.dropFirst(place.count)) : description
    }

    /// What somebody at the desk can do about it.
    package var hint: String? {
        switch self {
        case .link(let error): error.hint ?? "check host and port of [ils], and whether its SIP server runs"
        case .answerLost, .noAnswer: "look the item up in the library system before trying again"
        case .answeredInWords:
            "its own log has the words: FOLIO's edge-sip2 says so that it does not know an item, or that FOLIO failed "
                + "it; where the login is asked for in words, take the port that is called raw"
        case .garbled, .notUnderstood:
            "check encoding and error-detection of [ils] against the library system's account"
        case .loginRefused:
            "it is not tried again by itself, so that the account is not locked: put user and password-file of [ils] "
                + "right and restart the service, or try once more with pressmark ils ping"
        case .notOpened: "check whether its SIP server runs, and encoding and error-detection of [ils]"
        case .offline: "loans wait until it is back"
        case .notCarried: nil
        }
    }
}
