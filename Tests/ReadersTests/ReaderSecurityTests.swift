import Readers
import Synchronization
import Tags
import Testing

/// What the tag says to B2 and B3, one after the other, the last for ever.
private final class PasswordScript: Sendable {
    typealias Answer = Result<ISO15693.Response, ReaderError>

    private let left: Mutex<[UInt8: [Answer]]>

    init(random: [Answer], password: [Answer]) {
        left = Mutex([0xB2: random, 0xB3: password])
    }

    func answer(_ request: ISO15693.Request) -> Answer {
        guard case .custom(let custom) = request else { return .success(.done) }
        return left.withLock { left -> Answer in
            guard let answers = left[custom.code], let next = answers.first else { return .success(.done) }
            if answers.count > 1 { left[custom.code] = Array(answers.dropFirst()) }
            return next
        }
    }
}

struct ReaderSecurityTests {
    private static let uid = TagUID(0xE004_0150_3309_CE74)
    private static let lost = PasswordScript.Answer.failure(.tagLost(uid))
    private static let refused = PasswordScript.Answer.success(.error(ISO15693.TagError(code: 0x0F)))
    private static let first = PasswordScript.Answer.success(.data([0x11, 0x22]))
    private static let second = PasswordScript.Answer.success(.data([0x33, 0x44]))

    /// What became of the password, and the covered ones that were sent.
    private func give(
        random: [PasswordScript.Answer],
        password: [PasswordScript.Answer]
    ) async throws -> (answer: PasswordAnswer, sent: [[UInt8]]) {
        let script = PasswordScript(random: random, password: password)
        var reader = ScriptReader { request, _ in script.answer(request) }
        let wanted = try #require(NXP.Password([0x5A, 0x5B, 0x5C, 0x5D]))
        let answer = try await reader.givePassword(wanted, to: Self.uid)
        let sent = reader.asked.compactMap { request -> [UInt8]? in
            guard case .custom(let custom) = request, custom.code == 0xB3 else { return nil }
            return custom.parameters
        }
        return (answer, sent)
    }

    @Test(arguments: 0...2) func `a random number that was lost on its way is asked for again`(
        _ count: Int
    ) async throws {
        let lost = Array(repeating: Self.lost, count: count)
        let (answer, sent) = try await give(random: lost + [Self.first], password: [.success(.done)])
        #expect(answer == .accepted)
        #expect(sent.count == 1)
    }

    @Test func `a tag that answers nothing was not asked, and is lost`() async throws {
        await #expect(throws: ReaderError.tagLost(Self.uid)) {
            _ = try await give(random: [Self.lost], password: [.success(.done)])
        }
    }

    @Test func `a tag that speaks on behind a password was not muted by it, and is given it again with a fresh number`()
        async throws
    {
        let (answer, sent) = try await give(
            random: [Self.first, Self.second],
            password: [Self.lost, .success(.done)]
        )
        #expect(answer == .accepted)
        #expect(sent == [[0x10, 0x4B, 0x79, 0x4D, 0x7F], [0x10, 0x69, 0x1F, 0x6F, 0x19]])
    }

    @Test func `a tag that is silent from the password on was given a wrong one, once`() async throws {
        let (answer, sent) = try await give(random: [Self.first, Self.lost], password: [Self.lost])
        #expect(answer == .wrong)
        #expect(sent.count == 1)
    }

    @Test func `a tag without such a password is left alone`() async throws {
        let mute = try await give(random: [Self.refused], password: [Self.refused])
        #expect(mute.answer == .notAsked)
        #expect(mute.sent.isEmpty)
        #expect(try await give(random: [Self.first], password: [Self.refused]).answer == .notAsked)
    }
}
