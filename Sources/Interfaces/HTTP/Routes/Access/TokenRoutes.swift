import API
import Hummingbird
import Library
import Operations

/// The tokens: made, listed, revoked.
struct TokenRoutes {
    let desk: ServiceDesk
    /// Streams that a token has opened end with it.
    let feed: EventFeed

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/tokens") { _, _ in try Response.json(try desk.access.tokens().map { TokenView($0) }) }
        router.post("/v1/tokens") { request, _ in
            try Response.json(try create(try await request.json()), status: .created)
        }
        router.delete("/v1/tokens/:name") { _, context in
            let name = try context.word("name")
            guard let token = try await desk.access.revoke(name) else {
                throw Problem.notFound("token \(name.prefix(64))", hint: "see pressmark token list")
            }
            await feed.showOut()
            return try Response.json(TokenView(token))
        }
    }

    private func create(_ wanted: TokenRequest) throws -> TokenCreated {
        let letters = wanted.name.utf8
        guard (1...64).contains(letters.count), letters.allSatisfy(Self.isAllowed) else {
            throw Problem.invalid(
                "name",
                found: "'\(wanted.name.prefix(64))'",
                wanted: "1 to 64 letters, digits and -._"
            )
        }
        if let days = wanted.days, !(1...3650).contains(days) {
            throw Problem.invalid("days", found: "\(days)", wanted: "1 to 3650")
        }
        let scope = AccessScope(readers: wanted.readers ?? [], gates: wanted.gates ?? [])
        try check(scope.readers, "readers", gates: false)
        try check(scope.gates, "gates", gates: true)
        let role = AccessRole(wanted.role)
        // Strangers stand before a kiosk: a token for every pad would let them lend and take back at the desk's.
        guard role != .kiosk || !scope.readers.isEmpty else {
            throw Problem.invalid(
                "readers",
                found: "none",
                wanted: "the pad at which the kiosk stands",
                hint: "pressmark token create \(wanted.name) --role kiosk --reader and the pad's name"
            )
        }
        let made = try desk.access.create(
            wanted.name,
            role: role,
            scope: scope,
            for: wanted.days.map { .seconds($0 * 86_400) }
        )
        guard let made else {
            throw Problem(
                type: "name-taken",
                title: "Name taken",
                status: 409,
                detail: "token \(wanted.name): there is one already",
                hint: "take another name, or revoke it first: pressmark token revoke \(wanted.name)"
            )
        }
        return TokenCreated(token: TokenView(made.token), secret: made.secret)
    }

    private static func isAllowed(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// A token for a reader that is not there would be a token for nothing, by a slip of the pen.
    private func check(_ names: Set<String>, _ field: String, gates: Bool) throws {
        let known = desk.stations.map(\.setup).filter { ($0.role == .gate) == gates }.map(\.name)
        for name in names.sorted() where !known.contains(name) {
            let wanted = known.isEmpty ? "none: there is none" : "one of \(known.joined(separator: ", "))"
            throw Problem.invalid(field, found: "'\(name.prefix(64))'", wanted: wanted)
        }
    }
}
