import API
import Foundation
import HTTPTypes
import Hummingbird
import Library
import NIOCore
import Operations

/// Finds out who asks, and turns away whoever may not.
struct Gatekeeper: Sendable {
    let room: AccessRoom
    let door: Door
    let cookie: SessionCookie

    /// Whoever a request names, else whoever stands at this door.
    func caller(of request: Request, _ context: WebContext) async throws -> Caller {
        if let field = request.headers[.authorization] {
            let parts = field.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                throw Problem.invalid("Authorization", found: "another scheme", wanted: "Bearer and a token")
            }
            return Caller(try await room.admit(parts[1].trimmingCharacters(in: .whitespaces), from: context.peer))
        }
        if let session = cookie.session(in: request.headers),
            let token = try await room.token(ofSession: session)
        {
            return Caller(token, session: session)
        }
        switch door {
        case .loopback(let role):
            guard let role, Self.isLoopback(context.channel), !Self.isForwarded(request.headers) else { return .nobody }
            return Caller(name: "loopback", role: role, means: .loopback)
        case .socket(let owner, let group):
            guard let peer = await PeerCredentials.of(context.channel) else { return .nobody }
            return Caller(user: peer.user, owner: owner, group: group)
        case .network: return .nobody
        }
    }

    /// Whether a connection has come to a loopback address, where the kernel lets in nothing but this machine's own.
    ///
    /// A socket that systemd hands over listens where its unit says, which may be every address of the machine.
    private static func isLoopback(_ channel: any Channel) -> Bool {
        switch channel.localAddress {
        // A socket that was closed meanwhile says no more where it was: whoever sent an order and hung up is nobody.
        case nil: !(channel is any SocketOptionProvider)
        case .unixDomainSocket?: true
        case .v4(let address)?: withUnsafeBytes(of: address.address.sin_addr) { $0.first == 127 }
        case .v6(let address)?:
            withUnsafeBytes(of: address.address.sin6_addr) { bytes in
                // ::1, or ::ffff:127.0.0.1 on a socket that serves both (RFC 4291, 2.5.3 and 2.5.5.2).
                bytes.elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
                    || bytes.prefix(13).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127])
            }
        }
    }

    /// What proxies add, beside the `X-Forwarded-…` of which each adds others, in small letters.
    private static let proxyFields: Set<String> = [
        "forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip",
    ]

    /// A reverse proxy on this machine speaks for others: what may be done from this machine is not theirs to do.
    ///
    /// One that adds nothing cannot be told from a program of this machine: docs/access.md says what to set then.
    private static func isForwarded(_ fields: HTTPFields) -> Bool {
        fields.contains { field in
            let name = field.name.canonicalName
            return proxyFields.contains(name) || name.hasPrefix("x-forwarded")
        }
    }

    /// Throws the problem when `caller` may not do this.
    func check(_ rule: RouteRule, _ caller: Caller, _ request: Request) throws {
        // A link elsewhere may lead to a page or a report, not to a copy of everything in somebody's downloads.
        let forged = CrossSiteGuard.refusal(request.head, of: caller, mayBeLinked: rule.place != .all)
        if let forged { throw forged }
        guard let roles = rule.roles else { return }
        guard let role = caller.role else { throw Problem.signInNeeded }
        guard roles.contains(role) else { throw Problem.notPermitted(role: role, wanted: roles) }
    }

    /// Throws when the request is about readers and gates that are not the caller's.
    func checkPlaces(_ rule: RouteRule, _ caller: Caller, _ request: inout Request, _ context: WebContext) async throws
    {
        guard rule.roles != nil, !caller.scope.isEverywhere else { return }
        switch rule.place {
        case .none: break
        case .all: try caller.checkEverywhere()
        case .path: try caller.check(places: [try context.word("name")])
        case .named(let word):
            let body = try await request.collectBody(upTo: RequestLimits.json)
            // A body that is not understood here is not understood by the route either: it is the same decoder.
            let named = try JSON.decode(NamedPlaces.self, from: Data(body.readableBytesView)).under(word)
            guard !named.isEmpty else { return try caller.checkEverywhere() }
            try caller.check(places: named)
        }
    }

    private struct NamedPlaces: Decodable {
        var reader: String?
        var readers: [String]?
        var gate: String?

        func under(_ word: RouteRule.Place.Word) -> [String] {
            switch word {
            case .reader: reader.map { [$0] } ?? []
            case .readers: readers ?? []
            case .gate: gate.map { [$0] } ?? []
            }
        }
    }
}
