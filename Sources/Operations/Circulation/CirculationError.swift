package import SIP2

/// Why the library system could not be asked.
package enum CirculationError: Error, Hashable, Sendable {
    case system(SIP2Error)
    /// More questions wait than it answers.
    case busy
    case stopping

    /// Whether it is out of reach, so that nothing was asked at all.
    package var isUnreachable: Bool {
        switch self {
        case .system(.link), .system(.offline), .system(.loginRefused), .system(.notOpened): true
        case .system, .busy, .stopping: false
        }
    }
}

extension CirculationError {
    /// What kind of trouble it is, for those who must not know the protocol.
    package enum Kind: Hashable, Sendable {
        case away, loginRefused, notCarried, failed, busy
    }

    /// What kind of trouble it is; a system that is away and a service that is stopping are the same for whoever asks.
    package var kind: Kind {
        switch self {
        case .system(.link), .system(.offline), .system(.notOpened), .stopping: .away
        case .system(.loginRefused): .loginRefused
        case .system(.notCarried): .notCarried
        case .system: .failed
        case .busy: .busy
        }
    }
}

extension CirculationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let error): "\(error)"
        case .busy: "library system: too many questions wait for an answer"
        case .stopping: "library system: the service is stopping"
        }
    }

    /// What to do about it; `nil` where there is nothing to do but to wait.
    package var hint: String? {
        switch self {
        case .system(let error): error.hint
        case .busy: "allow more connections in [ils], if the library system does"
        case .stopping: nil
        }
    }
}
