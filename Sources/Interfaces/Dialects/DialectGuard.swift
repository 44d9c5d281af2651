import Foundation
import HTTPTypes

/// Which pages may speak to the pad, and under which names this machine is called.
///
/// A page of another site can make a browser send requests here. What lies on a desk is nobody else's business, and the
/// bit of a book least of all: the page must stand in the site's list, and the host must be this machine.
package struct DialectGuard: Hashable, Sendable {
    /// As browsers write them: `https://koha.example.org`, lower case.
    package var origins: Set<String>
    /// Whether every page of this machine itself may ask; only in the simulated branch.
    package var allowsLoopbackPages: Bool

    /// Case and a slash at the end of an origin make no difference.
    package init(origins: some Sequence<String> = [], allowsLoopbackPages: Bool = false) {
        self.origins = Set(origins.map(Self.normalised))
        self.allowsLoopbackPages = allowsLoopbackPages
    }

    /// Why a call is turned away.
    package enum Refusal: Hashable, Sendable {
        case host(String)
        case origin(String)
        /// It changes something and does not say for which page.
        case noOrigin
        /// A page of another site sent it, without asking to read the answer.
        case crossSite
    }

    /// Why the call is turned away; `nil` when it is not.
    ///
    /// - Parameters:
    ///   - changes: whether the call would change something.
    ///   - site: the header field `Sec-Fetch-Site`, which browsers send.
    package func refusal(
        method: String,
        authority: String?,
        origin: String?,
        site: String?,
        changes: Bool
    ) -> Refusal? {
        if HostPolicy().refusal(method: .get, authority: authority, origin: nil, site: nil) != nil {
            return .host(authority ?? "")
        }
        if let origin {
            return allows(origin) ? nil : .origin(origin)
        }
        if let site, !["same-origin", "none"].contains(site.lowercased()) { return .crossSite }
        // An image on any page can send a GET and a script a HEAD, and old browsers say nothing of where it comes from.
        return changes && ["GET", "HEAD"].contains(method) ? .noOrigin : nil
    }

    /// Whether pages of this origin, e.g. `https://koha.example.org`, may speak to the pad.
    package func allows(_ origin: String) -> Bool {
        let origin = Self.normalised(origin)
        if origins.contains(origin) { return true }
        guard allowsLoopbackPages, let scheme = ["http://", "https://"].first(where: { origin.hasPrefix($0) }) else {
            return false
        }
        let authority = String(origin.dropFirst(scheme.count))
        // An origin has neither path nor user; what looks like one is no page of this machine.
        guard !authority.contains(where: { "/?#@".contains($0) }), let host = HostPolicy.host(of: authority) else {
            return false
        }
        return ["localhost", "127.0.0.1", "[::1]"].contains(host) || host.hasSuffix(".localhost")
    }

    private static func normalised(_ origin: String) -> String {
        let text = origin.lowercased()
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

extension DialectProblem {
    init(_ refusal: DialectGuard.Refusal) {
        switch refusal {
        case .host(let found):
            self.init(status: 421, text: "Host: found '\(found)', wanted localhost, 127.0.0.1 or [::1]")
        case .origin(let found):
            self.init(
                status: 403,
                text: "Origin: found '\(found)', wanted a page that stands in the list",
                hint: "add it to origins of this [[dialect]] in pressmark.toml"
            )
        case .noOrigin:
            self.init(status: 403, text: "Origin: found nothing, wanted the page that a change is for")
        case .crossSite:
            self.init(status: 403, text: "Sec-Fetch-Site: found another site, wanted a page that stands in the list")
        }
    }
}
