import Foundation
import GRDB
import Library
import Testing

@testable import Store

@Suite struct StoreTokensTests {
    private func store() throws -> Store {
        let store = try Store.inMemory()
        _ = try store.addToken(
            "kiosk-1",
            secret: "open sesame",
            role: .kiosk,
            scope: AccessScope(readers: ["pad-1", "pad-2"], gates: ["gate-1"]),
            at: .second(1),
            until: .second(100)
        )
        return store
    }

    @Test func `a token is found by what opens it, and by nothing else`() throws {
        let store = try store()
        let token = try #require(try store.token(secret: "open sesame"))
        #expect(token.name == "kiosk-1")
        #expect(token.role == .kiosk)
        #expect(token.scope == AccessScope(readers: ["pad-1", "pad-2"], gates: ["gate-1"]))
        #expect(token.expiresAt == .second(100))
        #expect(token.isGood(at: .second(99)) && !token.isGood(at: .second(100)))
        #expect(try store.token(secret: "open sesam") == nil)
        #expect(try store.token(secret: "") == nil)
    }

    @Test func `what opens a token is nowhere in the file`() throws {
        let folder = try TemporaryFolder()
        let store = try Store.open(folder: folder.path)
        _ = try store.addToken(
            "desk-1",
            secret: "pressmark_seek_me",
            role: .desk,
            scope: .everywhere,
            at: .second(1),
            until: nil
        )
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        var kept = Data()
        for file in files { kept += try Data(contentsOf: folder.file(file)) }
        #expect(kept.range(of: Data("desk-1".utf8)) != nil)
        #expect(kept.range(of: Data("seek_me".utf8)) == nil)
    }

    @Test func `a name is taken until its token is revoked`() throws {
        let store = try store()
        func again() throws -> AccessToken? {
            try store.addToken(
                "kiosk-1",
                secret: "other",
                role: .viewer,
                scope: .everywhere,
                at: .second(2),
                until: nil
            )
        }
        #expect(try again() == nil)
        #expect(try store.revokeToken("kiosk-1", at: .second(3))?.revokedAt == .second(3))
        #expect(try store.revokeToken("kiosk-1", at: .second(4)) == nil)
        #expect(try again()?.role == .viewer)
        #expect(try store.tokens().map(\.revokedAt) == [.second(3), nil])
        #expect(try store.token(secret: "open sesame")?.isGood(at: .second(4)) == false)
    }

    @Test func `its last use is noted`() throws {
        let store = try store()
        let token = try #require(try store.token(secret: "open sesame"))
        #expect(token.lastUsedAt == nil)
        try store.noteUse(of: token.id, at: .second(50))
        #expect(try store.token(token.id)?.lastUsedAt == .second(50))
    }
}
