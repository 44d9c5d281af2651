import API
import Foundation
import Library
import Operations

/// Refusals of somebody, whatever is asked.
extension Problem {
    static let signInNeeded = Problem(
        type: "sign-in-needed",
        title: "Sign-in needed",
        status: 401,
        detail: "found nobody who may do anything, wanted a token",
        hint: "make one with pressmark token create on the daemon's machine; programs send it as Authorization: Bearer"
    )

    static func notPermitted(role: AccessRole, wanted: Set<AccessRole>) -> Problem {
        let names = AccessRole.allCases.filter(wanted.contains).map(\.rawValue)
        let most = names.last.map { last in
            names.count > 1 ? names.dropLast().joined(separator: ", ") + " or \(last)" : last
        }
        return Problem(
            type: "not-permitted",
            title: "Not permitted",
            status: 403,
            detail: "role: found \(role.rawValue), wanted \(most ?? "another")",
            hint: "docs/access.md says which role may do what; take another token, or on this machine sudo"
        )
    }

    static func outOfScope(_ detail: String) -> Problem {
        Problem(
            type: "out-of-scope",
            title: "Not permitted",
            status: 403,
            detail: detail,
            hint: "a token for other readers and gates is made with pressmark token create --reader … --gate …"
        )
    }

    /// A browser's request that might have been made by another page.
    static func forged(_ detail: String) -> Problem {
        Problem(
            type: "cross-site",
            title: "Forbidden",
            status: 403,
            detail: detail,
            hint: "the daemon's own page sends \(CrossSiteGuard.field): 1 with every order"
        )
    }

    /// A route that nobody has decided about is nobody's.
    static let noRule = Problem(
        type: "not-permitted",
        title: "Not permitted",
        status: 403,
        detail: "nobody has decided who may ask for this",
        hint: "GET /v1/openapi.json has every route and what it takes"
    )

    init(_ refusal: AccessRefusal) {
        switch refusal {
        case .unknown: self = .wrongToken("token: found one that is not known")
        case .expired(let name): self = .wrongToken("token \(name): found one that has run out")
        case .revoked(let name): self = .wrongToken("token \(name): found one that was revoked")
        case .lockedOut(let rest):
            self.init(
                type: "locked-out",
                title: "Too many wrong tokens",
                status: 429,
                detail: "too many wrong tokens came from this address",
                hint: "wait \(max(1, rest.components.seconds)) seconds"
            )
        }
    }

    private static func wrongToken(_ detail: String) -> Problem {
        Problem(
            type: "wrong-token",
            title: "Wrong token",
            status: 401,
            detail: detail,
            hint: "pressmark token list shows the tokens; a new one is made with pressmark token create"
        )
    }
}
