import Library
import Logging
import Store
import Synchronization
import Testing

@testable import Operations

/// A clock that stands until it is moved.
final class StillTime: Sendable {
    private let passed = Mutex(Duration.zero)

    var keeper: Timekeeper {
        Timekeeper(
            now: { Moment(milliseconds: 1_795_000_000_000) + self.passed.withLock { $0 } },
            sleep: { self.advance($0) }
        )
    }

    func advance(_ duration: Duration) {
        passed.withLock { $0 += duration }
    }
}

@Suite struct AccessRoomTests {
    private let time = StillTime()
    private let room: AccessRoom

    init() throws {
        room = AccessRoom(
            store: try Store.inMemory(),
            time: time.keeper,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func make(_ name: String = "desk-1", for lifetime: Duration? = nil) throws -> String {
        try #require(try room.create(name, role: .desk, scope: .everywhere, for: lifetime)).secret
    }

    private func refusal(_ secret: String, from peer: String = "192.0.2.7") async -> AccessRefusal? {
        do {
            _ = try await room.admit(secret, from: peer)
            return nil
        } catch {
            return error as? AccessRefusal
        }
    }

    @Test func `no two tokens are alike, and none can be guessed`() throws {
        let secrets = try (0..<50).map { try make("desk-\($0)") }
        #expect(Set(secrets).count == 50)
        #expect(secrets.allSatisfy { $0.hasPrefix("pressmark_") && $0.count == 62 })
    }

    @Test func `a token opens until it ends or is revoked`() async throws {
        let secret = try make(for: .seconds(60))
        #expect(try await room.admit(secret, from: "192.0.2.7").name == "desk-1")
        time.advance(.seconds(60))
        #expect(await refusal(secret) == .expired(name: "desk-1"))
        let other = try make("desk-2")
        _ = try await room.revoke("desk-2")
        #expect(await refusal(other) == .revoked(name: "desk-2"))
        #expect(try await room.revoke("desk-2") == nil)
    }

    @Test func `who guesses is locked out, a token that was right before is not`() async throws {
        let (used, fresh) = (try make("desk-1"), try make("desk-2"))
        #expect(await refusal(used) == nil)
        for _ in 0..<Lockout.limit { #expect(await refusal("guess") == .unknown) }
        #expect(await refusal("guess") == .lockedOut(rest: Lockout.shortest))
        #expect(await refusal(fresh) == .lockedOut(rest: Lockout.shortest))
        #expect(await refusal(used) == nil)
        #expect(await refusal(fresh, from: "192.0.2.8") == nil)
        time.advance(Lockout.shortest)
        #expect(await refusal("guess") == .unknown)
        #expect(await refusal("guess") == .lockedOut(rest: Lockout.shortest * 2))
    }

    @Test func `a revoked token makes up for no wrong guess`() async throws {
        let revoked = try make()
        _ = try await room.revoke("desk-1")
        for _ in 1..<Lockout.limit { #expect(await refusal("guess") == .unknown) }
        #expect(await refusal(revoked) == .revoked(name: "desk-1"))
        #expect(await refusal("guess") == .unknown)
        #expect(await refusal("guess") == .lockedOut(rest: Lockout.shortest))
        #expect(await refusal(revoked) == .lockedOut(rest: Lockout.shortest))
    }

    @Test func `its last use is told to the minute`() async throws {
        let secret = try make()
        func lastUse() throws -> Moment? { try room.tokens().first?.lastUsedAt }
        #expect(try lastUse() == nil)
        _ = try await room.admit(secret, from: "local")
        let first = try #require(try lastUse())
        time.advance(.seconds(59))
        _ = try await room.admit(secret, from: "local")
        #expect(try lastUse() == first)
        time.advance(.seconds(1))
        _ = try await room.admit(secret, from: "local")
        #expect(try lastUse() == first + .seconds(60))
    }

    @Test func `a session lasts while it is used, and not for ever`() async throws {
        let secret = try make()
        let (_, session) = try await room.signIn(secret, from: "local")
        #expect(session != secret)
        time.advance(AccessRoom.idle - .seconds(1))
        #expect(try await room.token(ofSession: session)?.name == "desk-1")
        time.advance(AccessRoom.idle)
        #expect(try await room.token(ofSession: session) == nil)

        let (_, busy) = try await room.signIn(secret, from: "local")
        var lasted = Duration.zero
        while try await room.token(ofSession: busy) != nil, lasted < AccessRoom.longest * 2 {
            time.advance(.seconds(1800))
            lasted += .seconds(1800)
        }
        #expect(lasted == AccessRoom.longest)
    }

    @Test func `a session ends with its token, and when somebody signs out`() async throws {
        let secret = try make()
        let (_, first) = try await room.signIn(secret, from: "local")
        let (_, second) = try await room.signIn(secret, from: "local")
        await room.signOut(first)
        #expect(try await room.token(ofSession: first) == nil)
        #expect(try await room.token(ofSession: second) != nil)
        _ = try await room.revoke("desk-1")
        #expect(try await room.token(ofSession: second) == nil)
        #expect(try await room.token(ofSession: "") == nil)
    }

    @Test func `whether a pass is good is known without using it`() async throws {
        let secret = try make(for: AccessRoom.idle + .seconds(60))
        let token = try await room.admit(secret, from: "local")
        let (_, session) = try await room.signIn(secret, from: "local")
        let (_, other) = try await room.signIn(secret, from: "local")
        time.advance(AccessRoom.idle - .seconds(1))
        for pass in [AccessPass.token(token.id), .session(session), .session(other)] {
            #expect(try await room.isGood(pass), "\(pass)")
        }
        _ = try await room.token(ofSession: other)
        time.advance(.seconds(1))
        #expect(try await !room.isGood(.session(session)))
        #expect(try await room.isGood(.session(other)))
        await room.signOut(other)
        #expect(try await !room.isGood(.session(other)))
        #expect(try await room.isGood(.token(token.id)))
        time.advance(.seconds(60))
        #expect(try await !room.isGood(.token(token.id)))
        #expect(try await !room.isGood(.token(token.id + 1)))
    }

    @Test func `whoever signs in again and again signs nobody else out`() async throws {
        let (restless, quiet) = (try make("desk-1"), try make("desk-2"))
        let (_, session) = try await room.signIn(quiet, from: "local")
        let (_, first) = try await room.signIn(restless, from: "local")
        for _ in 0..<AccessRoom.mostSessions {
            time.advance(.milliseconds(1))
            _ = try await room.signIn(restless, from: "local")
        }
        #expect(try await room.token(ofSession: session)?.name == "desk-2")
        #expect(try await room.token(ofSession: first) == nil)
    }

    @Test func `there are so many sessions and no more`() async throws {
        let secret = try make()
        let (_, first) = try await room.signIn(secret, from: "local")
        for _ in 0..<AccessRoom.mostSessions {
            time.advance(.milliseconds(1))
            _ = try await room.signIn(secret, from: "local")
        }
        #expect(try await room.token(ofSession: first) == nil)
    }
}
