package import Importers
package import Library

/// How far a write-back has come, and what came of the portion that was just told.
package struct WriteBackProgress: Hashable, Sendable {
    /// How the library system is told.
    package var route: WriteBackRoute
    /// Which system is told.
    package var place: String
    /// What came of this portion, item by item.
    package var answers: [WriteBackAnswer] = []
    /// Items that are not told at all.
    package var leftOut: [WriteBackAnswer] = []
    /// What would go next, on a dry run.
    package var next: [String] = []
    /// Of the whole sweep, told now or before.
    package private(set) var done = 0
    /// Items that the library system did not take.
    package private(set) var refused = 0
    /// Items of which nobody knows whether it was done, those on their way included.
    package private(set) var uncertain = 0
    /// Items that are still to be told; of those that were picked where some were.
    package var remaining = 0
    /// Why it stopped before its end.
    package var trouble: PullFailure?
    /// Why the library system over SIP2 cannot be asked.
    package var away: String?

    init(route: WriteBackRoute, place: String) {
        self.route = route
        self.place = place
    }

    mutating func count(_ state: WriteBackState) {
        switch state {
        case .done: done += 1
        case .refused: refused += 1
        case .sent, .uncertain: uncertain += 1
        case .written, .leftOut: break
        }
    }
}

/// A library system that may be told over HTTP, as its site has set it up.
package struct WriteBackSetup: Sendable {
    /// The name under `[[write-back]]` in the configuration.
    package var name: String
    /// Which system it is, with FOLIO's tenant and service point.
    package var target: WriteBackTarget
    /// The system's address.
    package var label: String
    /// Between two requests with items.
    package var pause: Duration
    /// Reads the credentials anew and opens a way to the system.
    package var open: @Sendable () async throws -> WriteBackDoor

    package init(
        name: String,
        target: WriteBackTarget,
        label: String,
        pause: Duration,
        open: @escaping @Sendable () async throws -> WriteBackDoor
    ) {
        self.name = name
        self.target = target
        self.label = label
        self.pause = pause
        self.open = open
    }
}

/// A way to a library system, for one portion.
package struct WriteBackDoor: Sendable {
    /// Read anew for each portion: changing them needs no restart.
    package var credentials: PullCredentials
    /// Throws ``WriteBackLoss`` when no answer came.
    package var send: @Sendable (PullRequest) async throws -> PullResponse
    /// Hangs up; call it once, however the portion ended.
    package var close: @Sendable () async -> Void

    package init(
        credentials: PullCredentials,
        send: @escaping @Sendable (PullRequest) async throws -> PullResponse,
        close: @escaping @Sendable () async -> Void
    ) {
        self.credentials = credentials
        self.send = send
        self.close = close
    }
}

/// No answer came; `wasSent` when the request may have arrived all the same.
package struct WriteBackLoss: Error, Hashable, Sendable {
    /// Why no answer came, in words.
    package var cause: String
    /// Whether the request may have arrived; false when it surely did not.
    package var wasSent: Bool

    package init(cause: String, wasSent: Bool) {
        self.cause = cause
        self.wasSent = wasSent
    }
}

/// Why nothing is told.
package enum WriteBackRefusal: Error, Hashable, Sendable {
    case onlyFile(WriteBackRoute)
    case notPicked(WriteBackRoute)
    case notSeen(String)
    case noLink
    case noTarget(name: String?, known: [String], system: PullSource.System)
    case busy
}

extension WriteBackRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .onlyFile(let route): "route \(route.rawValue): found one that is a file alone, wanted one that is sent"
        case .notPicked(let route): "items: found none, wanted those to check in by \(route.rawValue)"
        case .notSeen(let barcode): "item \(barcode): not among the expected items that this sweep has heard"
        case .noLink: "library system: none is set up over SIP2"
        case .noTarget(nil, let known, let system):
            known.isEmpty
                ? "write-back: no \(system.rawValue) is set up"
                : "system: found no name, wanted one of \(known.joined(separator: ", "))"
        case .noTarget(let name?, let known, _):
            known.isEmpty
                ? "system \(name): not set up" : "system \(name): wanted one of \(known.joined(separator: ", "))"
        case .busy: "write-back: somebody else tells of this sweep at this moment"
        }
    }

    /// What to do about it, for a person.
    package var hint: String {
        switch self {
        case .onlyFile: "write it with --to FILE"
        case .notPicked: "a check-in has side effects: name each item with --item BARCODE"
        case .notSeen: "pressmark sweep report shows what was heard"
        case .noLink: "set it up as [ils] in the configuration"
        case .noTarget: "systems that may be told stand under [[write-back]] in the configuration"
        case .busy: "wait until it is through, then ask again: what is done is not sent twice"
        }
    }
}
