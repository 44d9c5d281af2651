package import Library
package import Logging
package import Store

/// Who somebody is: tokens, the sessions of people who have signed in, and the wait for whoever guesses.
package actor AccessRoom {
    private nonisolated let store: Store
    private nonisolated let time: Timekeeper
    private let logger: Logger
    private var lockout = Lockout()
    private var sessions: [String: Session] = [:]
    /// Texts that have opened a token since the start: they are no guesses, whoever else guesses from their address.
    private var proven: Set<String> = []

    private struct Session {
        var token: AccessToken.ID
        var begun: Duration
        var used: Duration
    }

    /// A session ends when nobody has used it for so long,
    package static let idle: Duration = .seconds(4 * 3600)
    /// or is so old, whatever happens.
    package static let longest: Duration = .seconds(16 * 3600)
    /// Of more sessions one ends: the longest unused of the token that has most.
    package static let mostSessions = 500
    private static let mostProven = 1000
    private static let useNotedEvery: Duration = .seconds(60)

    package init(store: Store, time: Timekeeper, logger: Logger) {
        self.store = store
        self.time = time
        self.logger = logger
    }
}

/// Why a token opens nothing.
package enum AccessRefusal: Error, Hashable, Sendable {
    case unknown
    case expired(name: String)
    case revoked(name: String)
    /// Too many wrong ones came from there.
    case lockedOut(rest: Duration)
}

// MARK: - Tokens

extension AccessRoom {
    /// A new token and what opens it, which is told this once. `nil` when the name is taken.
    package nonisolated func create(
        _ name: String,
        role: AccessRole,
        scope: AccessScope,
        for lifetime: Duration?
    ) throws -> (token: AccessToken, secret: String)? {
        let now = time.now()
        let secret = Self.secret(prefix: "pressmark_")
        let token = try store.addToken(
            name,
            secret: secret,
            role: role,
            scope: scope,
            at: now,
            until: lifetime.map { now + $0 }
        )
        return token.map { ($0, secret) }
    }

    /// All tokens, the revoked ones too.
    package nonisolated func tokens() throws -> [AccessToken] { try store.tokens() }

    /// Whether there is a token that opens something now.
    package nonisolated func hasTokens() throws -> Bool {
        let now = time.now()
        return try store.tokens().contains { $0.isGood(at: now) }
    }

    /// Ends a token and every session begun with it. `nil` when there is none of this name.
    package func revoke(_ name: String) throws -> AccessToken? {
        guard let token = try store.revokeToken(name, at: time.now()) else { return nil }
        sessions = sessions.filter { $0.value.token != token.id }
        return token
    }

    /// The token that a text opens. Whoever has tried too many wrong ones from an address waits, unless the text has
    /// been right before.
    ///
    /// Throws ``AccessRefusal``, or what the store says.
    package func admit(_ secret: String, from peer: String) throws -> AccessToken {
        let now = time.uptime()
        if !proven.contains(secret), let rest = lockout.rest(of: peer, at: now) {
            throw AccessRefusal.lockedOut(rest: rest)
        }
        guard let found = try store.token(secret: secret) else {
            lockout.fail(peer, at: now)
            if lockout.rest(of: peer, at: now) != nil {
                logger.warning("wrong tokens", metadata: ["from": "\(peer)"])
            }
            throw AccessRefusal.unknown
        }
        // One that has run out or was revoked is no guess, and forgives none.
        let token = try good(found)
        if !proven.contains(secret) {
            lockout.succeed(peer)
            if proven.count >= Self.mostProven { proven.removeAll() }
            proven.insert(secret)
        }
        return token
    }

    /// The token, when it opens something at this moment; its use is noted.
    private nonisolated func good(_ token: AccessToken) throws -> AccessToken {
        let moment = time.now()
        guard token.revokedAt == nil else { throw AccessRefusal.revoked(name: token.name) }
        guard token.isGood(at: moment) else { throw AccessRefusal.expired(name: token.name) }
        if token.lastUsedAt.map({ $0 + Self.useNotedEvery <= moment }) ?? true {
            // That a token was used is for people to look at: a full disk is no reason to turn anybody away.
            try? store.noteUse(of: token.id, at: moment)
        }
        return token
    }

    /// 260 random bits, so that it cannot be guessed, in letters that are copied without trouble.
    private static func secret(prefix: String) -> String {
        let letters = Array("abcdefghijkmnopqrstuvwxyz0123456")
        var generator = SystemRandomNumberGenerator()
        var text = prefix
        for _ in 0..<52 { text.append(letters[Int.random(in: 0..<letters.count, using: &generator)]) }
        return text
    }
}

// MARK: - Sessions

extension AccessRoom {
    /// Begins a session with a token; what it is known by is told this once. Throws as ``admit(_:from:)`` does.
    package func signIn(_ secret: String, from peer: String) throws -> (token: AccessToken, session: String) {
        let token = try admit(secret, from: peer)
        let now = time.uptime()
        sessions = sessions.filter { Self.isAlive($0.value, at: now) }
        if sessions.count >= Self.mostSessions { endOne() }
        let session = Self.secret(prefix: "")
        sessions[session] = Session(token: token.id, begun: now, used: now)
        return (token, session)
    }

    /// Ends the longest unused session of the token that has most: whoever signs in again and again signs nobody out.
    private func endOne() {
        let counts = Dictionary(sessions.values.map { ($0.token, 1) }, uniquingKeysWith: +)
        let most = counts.values.max()
        let crowd = sessions.filter { counts[$0.value.token] == most }
        guard let oldest = crowd.min(by: { $0.value.used < $1.value.used }) else { return }
        sessions[oldest.key] = nil
    }

    /// The token behind a session; `nil` when the session is over, or its token opens nothing any more.
    package func token(ofSession session: String) throws -> AccessToken? {
        let now = time.uptime()
        guard let found = sessions[session] else { return nil }
        guard Self.isAlive(found, at: now), let token = try store.token(found.token),
            let good = try? good(token)
        else {
            sessions[session] = nil
            return nil
        }
        sessions[session]?.used = now
        return good
    }

    /// Whether what let somebody in would let them in now; being asked is no use of it.
    ///
    /// Throws what the store says.
    package func isGood(_ pass: AccessPass) throws -> Bool {
        let id: AccessToken.ID
        switch pass {
        case .token(let token): id = token
        case .session(let session):
            guard let found = sessions[session], Self.isAlive(found, at: time.uptime()) else { return false }
            id = found.token
        }
        guard let token = try store.token(id) else { return false }
        return token.isGood(at: time.now())
    }

    /// Ends a session at once; whether there was one. That it is over already, or was never begun, is no mistake.
    @discardableResult
    package func signOut(_ session: String) -> Bool {
        sessions.removeValue(forKey: session) != nil
    }

    private static func isAlive(_ session: Session, at now: Duration) -> Bool {
        now - session.used < idle && now - session.begun < longest
    }
}
