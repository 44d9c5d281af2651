import API
import Foundation
import Testing

@testable import Command

@Suite struct TokenPageTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)

    private func token(_ name: String, ends: Double? = nil, revoked: Double? = nil) -> TokenView {
        TokenView(
            name: name,
            role: .desk,
            readers: name == "pad" ? ["pad-1"] : [],
            gates: [],
            createdAt: now.addingTimeInterval(-7200),
            expiresAt: ends.map { now.addingTimeInterval($0) },
            lastUsedAt: nil,
            revokedAt: revoked.map { now.addingTimeInterval($0) }
        )
    }

    @Test func `a token's line says where and how long it is good`() throws {
        let tokens = [
            token("pad"), token("short", ends: 100), token("over", ends: -1), token("gone", revoked: -60),
        ]
        let lines = TokenPage(tokens: tokens, now: now, palette: Palette(isOn: false)).lines
        try #require(lines.count == 5)
        #expect(lines[1].contains("pad-1") && lines[1].hasSuffix("when revoked"))
        #expect(lines[2].contains("everywhere") && lines[2].hasSuffix("in 1 day"))
        #expect(lines[3].hasSuffix("has run out"))
        #expect(lines[4].contains("revoked "))
        #expect(tokens.map { $0.isGood(at: now) } == [true, true, false, false])
        #expect(TokenPage(tokens: [], now: now, palette: Palette(isOn: false)).lines == ["no tokens"])
    }
}
