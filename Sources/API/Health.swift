/// Whether the service is well, for monitoring: `GET /health/live`, `GET /health/ready`.
package struct Health: Codable, Hashable, Sendable {
    /// Only `failed` makes `/health/ready` answer 503.
    package enum Status: String, Codable, Hashable, Sendable, CaseIterable {
        case ok
        /// It works, and something that belongs to it is away.
        case degraded
        case failed
    }

    /// One thing that was looked at.
    package struct Part: Codable, Hashable, Sendable {
        /// A reader's name, `store`, `holdings` or `library system`.
        package var name: String
        /// How this one thing is.
        package var status: Status
        /// Why, lower case, no period: `online`, `still connecting`, `none yet`.
        package var detail: String

        package init(name: String, status: Status, detail: String) {
            self.name = name
            self.status = status
            self.detail = detail
        }
    }

    /// As well as the worst of its parts; `ok` from `/health/live`, which looks at nothing.
    package var status: Status
    /// Store, readers, holdings and, where one is set up, library system; empty from `/health/live`.
    package var parts: [Part]

    package init(status: Status, parts: [Part]) {
        self.status = status
        self.parts = parts
    }

    /// As well as the worst of its parts.
    package init(parts: [Part]) {
        let found = Set(parts.map(\.status))
        self.init(status: found.contains(.failed) ? .failed : found.contains(.degraded) ? .degraded : .ok, parts: parts)
    }
}
