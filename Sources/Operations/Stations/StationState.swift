package import Library
package import Readers

/// How a station's reader stands.
package enum StationState: Hashable, Sendable {
    case connecting
    case online(ReaderInformation)
    /// `cause` says what happened, `hint` what to do about it.
    case offline(cause: String, hint: String?)
}

/// A station at a glance.
package struct StationReport: Hashable, Sendable {
    /// The reader's name in the configuration: `pad-1`.
    package var name: String
    /// What the reader is there for.
    package var role: StationRole
    /// The driver's name: `feig`.
    package var driver: String
    /// Where the reader is, in words: `serial /dev/ttyUSB0`.
    package var place: String
    /// Whether the reader is there.
    package var state: StationState
    /// When the reader answered last.
    package var lastAnswer: Moment?
    /// Tags in its field, those missed in the last look included.
    package var tagsPresent: Int

    package init(
        name: String,
        role: StationRole,
        driver: String,
        place: String,
        state: StationState,
        lastAnswer: Moment?,
        tagsPresent: Int
    ) {
        self.name = name
        self.role = role
        self.driver = driver
        self.place = place
        self.state = state
        self.lastAnswer = lastAnswer
        self.tagsPresent = tagsPresent
    }
}

/// Why a station could not do what it was asked.
package enum StationError: Error, Hashable, Sendable {
    /// No reader of this name is configured.
    case unknown(name: String, known: [String])
    case offline(name: String, cause: String)
    /// Too many jobs are waiting already.
    case busy(name: String)
    case reader(name: String, ReaderError)
}

extension StationError {
    /// The name of the reader that it is about.
    var station: String {
        switch self {
        case .unknown(let name, _), .offline(let name, _), .busy(let name), .reader(let name, _): name
        }
    }
}

extension StationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let name, let known):
            "reader \(name): not configured, wanted one of \(known.joined(separator: ", "))"
        case .offline(let name, let cause): "reader \(name): offline, \(cause)"
        case .busy(let name): "reader \(name): too many jobs are waiting"
        case .reader(let name, let error): "reader \(name): \(error)"
        }
    }

    /// What to do about it.
    package var hint: String {
        switch self {
        case .unknown: "see `pressmark status` for the readers there are"
        case .offline: "look at cable and power; the station tries again by itself every few seconds"
        case .busy: "wait a moment and ask again"
        case .reader: "leave the item lying still in the middle of the reader and ask again"
        }
    }
}
