import API
import Library
import Operations

/// Who asks, in what role, and at which readers and gates.
struct Caller: Hashable, Sendable {
    /// For the audit log: a token's name, `uid 1000`, `loopback`.
    var name: String
    /// `nil`: nobody who may do anything.
    var role: AccessRole?
    var scope = AccessScope.everywhere
    var means: Means
    /// The token or session that let the caller in; `nil` where it was none.
    var pass: AccessPass?

    /// By what a caller is known.
    enum Means: String, Hashable, Sendable {
        case token, session, socket, loopback, nobody

        /// Whether a browser adds it by itself, whichever page makes it ask.
        var isAmbient: Bool { self == .session || self == .loopback }
    }

    static let nobody = Caller(name: "nobody", role: nil, means: .nobody)

    init(name: String, role: AccessRole?, scope: AccessScope = .everywhere, means: Means) {
        self.name = name
        self.role = role
        self.scope = scope
        self.means = means
    }

    /// Whoever shows a token, or the session that was begun with it.
    init(_ token: AccessToken, session: String? = nil) {
        self.init(name: token.name, role: token.role, scope: token.scope, means: session == nil ? .token : .session)
        pass = session.map(AccessPass.session) ?? .token(token.id)
    }

    /// A program of this machine, by its user: root and the daemon's own may do everything, whoever else may open the
    /// socket is in its group.
    init(user: UInt32, owner: UInt32, group: AccessRole?) {
        let role: AccessRole? = [0, owner].contains(user) ? .admin : group
        self.init(name: "uid \(user)", role: role, means: role == nil ? .nobody : .socket)
    }

    /// Refuses readers and gates that the caller's token does not name.
    func check(places: some Sequence<String>) throws {
        for place in places where !scope.contains(place) {
            throw Problem.outOfScope("\(place): not among the readers and gates of this token")
        }
    }

    /// Refuses whoever may act at some readers and gates only.
    func checkEverywhere() throws {
        guard scope.isEverywhere else {
            throw Problem.outOfScope("this concerns every reader and gate, and the token is for some")
        }
    }
}
