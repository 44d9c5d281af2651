import Foundation
import Testing

/// Tokens, socket and audit log with the real programs.
@Suite(.serialized) struct AccessTests {
    @Test func `a token is made over the socket, opens what it is for, and is revoked`() async throws {
        let daemon = try await RunningDaemon()
        let socket = "unix:" + daemon.state.appending(path: "pressmark.sock").path
        func pressmark(_ arguments: String..., token: String? = nil) throws -> RunningDaemon.Outcome {
            var environment = ["PRESSMARK_URL": token == nil ? socket : daemon.url]
            if let token { environment["PRESSMARK_TOKEN"] = token }
            return try RunningDaemon.run("pressmark", arguments, environment: environment)
        }
        #expect(try pressmark("status").status == 0)
        let made = try pressmark("token", "create", "desk-1", "--role", "desk", "--reader", "pad-1")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors.contains("kept nowhere"))
        let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(token.hasPrefix("pressmark_"))
        let here = try pressmark("tag", "read", "--reader", "pad-1", token: token)
        #expect((here.output + here.errors).contains("no tag in the field of pad-1"))
        let other = try pressmark("backup", daemon.state.appending(path: "copy").path, token: token)
        #expect(other.status == 1)
        #expect(other.errors.contains("role: found desk, wanted admin"))
        let away = try pressmark("tag", "read", "--reader", "gate-1", token: token)
        #expect(away.errors.contains("not among the readers and gates of this token"))
        #expect(try pressmark("token", "list").output.contains("pad-1"))
        #expect(try pressmark("token", "revoke", "desk-1").status == 0)
        #expect(try pressmark("status", token: token).errors.contains("revoked"))
        let list = try pressmark("audit", "list")
        #expect(list.output.contains("POST /v1/tokens") && list.output.contains("DELETE /v1/tokens/desk-1"))
        #expect(list.output.contains("uid "))
        #expect(!list.output.contains(token))
        let whole = try pressmark("audit", "verify")
        #expect(whole.status == 0 && whole.output.contains("all as they were written"), "\(whole.errors)")
        #expect(!daemon.logText.contains(token))
        #expect(daemon.logText.contains("audit"))
    }

    @Test func `a token file that others can read is not used`() async throws {
        let daemon = try await RunningDaemon()
        let file = daemon.state.appending(path: "token")
        try Data("pressmark_x".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        let outcome = try daemon.pressmark("status", "--token-file", file.path)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("chmod 600"))
    }
}
