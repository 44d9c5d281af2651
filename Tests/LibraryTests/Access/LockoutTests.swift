import Library
import Testing

@Suite struct LockoutTests {
    private static func failing(_ times: Int, at now: Duration = .zero) -> Lockout {
        var lockout = Lockout()
        for _ in 0..<times { lockout.fail("192.0.2.7", at: now) }
        return lockout
    }

    @Test func `slips are forgiven, guesses are not`() {
        #expect(Self.failing(Lockout.limit - 1).rest(of: "192.0.2.7", at: .zero) == nil)
        let locked = Self.failing(Lockout.limit)
        #expect(locked.rest(of: "192.0.2.7", at: .zero) == Lockout.shortest)
        #expect(locked.rest(of: "192.0.2.8", at: .zero) == nil)
        #expect(locked.rest(of: "192.0.2.7", at: Lockout.shortest - .seconds(1)) == .seconds(1))
        #expect(locked.rest(of: "192.0.2.7", at: Lockout.shortest) == nil)
    }

    @Test func `each further guess waits twice as long, up to a limit`() {
        #expect(Self.failing(Lockout.limit + 1).rest(of: "192.0.2.7", at: .zero) == Lockout.shortest * 2)
        #expect(Self.failing(Lockout.limit + 3).rest(of: "192.0.2.7", at: .zero) == Lockout.shortest * 8)
        #expect(Self.failing(10_000).rest(of: "192.0.2.7", at: .zero) == Lockout.longest)
    }

    @Test func `who has shown who it is starts afresh, and so does who stays away`() {
        var lockout = Self.failing(Lockout.limit - 1)
        lockout.succeed("192.0.2.7")
        lockout.fail("192.0.2.7", at: .zero)
        #expect(lockout.rest(of: "192.0.2.7", at: .zero) == nil)

        var rested = Self.failing(Lockout.limit)
        let later = Lockout.memory + .seconds(1)
        rested.fail("192.0.2.7", at: later)
        #expect(rested.rest(of: "192.0.2.7", at: later) == nil)
    }

    @Test func `it remembers so many callers and no more`() {
        var lockout = Lockout()
        for number in 0..<(Lockout.most * 2) { lockout.fail("caller \(number)", at: .milliseconds(number)) }
        #expect(lockout.count == Lockout.most)
    }
}

@Suite struct AccessScopeTests {
    @Test func `without a name it is everywhere, with one it is there alone`() {
        #expect(AccessScope.everywhere.contains("pad-1"))
        let scope = AccessScope(readers: ["pad-1"], gates: ["gate-1"])
        #expect(scope.contains("pad-1") && scope.contains("gate-1"))
        #expect(!scope.contains("pad-2"))
        #expect(!AccessScope(gates: ["gate-1"]).contains("pad-1"))
    }
}
