import API
import HTTPTypes
import Library

/// What one route is, who may use it and at which readers and gates.
struct RouteRule: Sendable {
    var method: HTTPRequest.Method
    /// As in OpenAPI: `/v1/readers/{name}/tags`.
    var path: String
    /// `nil`: everybody, also who has shown nothing.
    var roles: Set<AccessRole>?
    var place = Place.none
    /// Whether something is different afterwards: written down in the audit log.
    var changes: Bool
    /// Whether the answer is there in a moment, so that the connection's own thread may give it.
    var isQuick = false
    var form = RouteForm()

    /// Which readers and gates a request is about.
    enum Place: Hashable, Sendable {
        /// None: a token for some readers is good enough.
        case none
        /// Every one: a token for some readers is not.
        case all
        /// The one in the path, `{name}`.
        case path
        /// Those that the body names under this word; without it every one. What stands there under another word the
        /// route does not read, so that it narrows nothing.
        case named(Word)

        /// What a route calls its readers and gates in a body.
        enum Word: Hashable, Sendable { case reader, readers, gate }
    }
}

extension Set<AccessRole> {
    static let anybody = Set(AccessRole.allCases)
    /// Everybody but a kiosk: strangers stand before it.
    static let staff: Self = [.viewer, .technician, .desk, .admin]
    static let floor: Self = [.technician, .desk, .admin]
    static let technicians: Self = [.technician, .admin]
    static let counter: Self = [.desk, .admin]
    static let lending: Self = [.desk, .kiosk, .admin]
    static let admins: Self = [.admin]
}

extension RouteRule {
    /// Reads what is at hand: a few values in memory or by an index.
    static func glance(_ path: String, _ roles: Set<AccessRole>?) -> RouteRule {
        RouteRule(method: .get, path: path, roles: roles, changes: false, isQuick: true)
    }

    /// Reads.
    static func get(_ path: String, _ roles: Set<AccessRole>?, at place: Place = .none) -> RouteRule {
        RouteRule(method: .get, path: path, roles: roles, place: place, changes: false)
    }

    /// Changes something.
    static func post(_ path: String, _ roles: Set<AccessRole>?, at place: Place = .none) -> RouteRule {
        RouteRule(method: .post, path: path, roles: roles, place: place, changes: true)
    }

    /// Changes parts of something.
    static func patch(_ path: String, _ roles: Set<AccessRole>?, at place: Place = .none) -> RouteRule {
        RouteRule(method: .patch, path: path, roles: roles, place: place, changes: true)
    }

    /// Removes something.
    static func delete(_ path: String, _ roles: Set<AccessRole>?, at place: Place = .none) -> RouteRule {
        RouteRule(method: .delete, path: path, roles: roles, place: place, changes: true)
    }

    /// Works something out from what is sent, and changes nothing.
    static func ask(_ path: String, _ roles: Set<AccessRole>?, at place: Place = .none) -> RouteRule {
        RouteRule(method: .post, path: path, roles: roles, place: place, changes: false)
    }
}
