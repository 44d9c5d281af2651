import API
import HTTPTypes
import Hummingbird
import Library
import Operations

/// Signing in and out, and who one is.
struct SessionRoutes {
    let gatekeeper: Gatekeeper
    let audit: AuditRoom
    /// Streams that a session has opened end with it.
    let feed: EventFeed

    func add(to router: Router<WebContext>) {
        router.get("/v1/session") { _, context in try Response.json(SessionState(context.caller)) }
        router.post("/v1/session") { request, context in
            let wanted: SignInRequest = try await request.json()
            let token: AccessToken
            let session: String
            do {
                (token, session) = try await gatekeeper.room.signIn(wanted.token, from: context.peer)
            } catch let refusal as AccessRefusal {
                // Not each of ten thousand guesses: who is locked out has been written down by then.
                if case .lockedOut = refusal { throw refusal }
                note("POST", who: "nobody", role: nil, context.peer, result: 401)
                throw refusal
            }
            note("POST", who: token.name, role: token.role, context.peer, result: 200)
            var response = try Response.json(SessionState(Caller(token, session: session)))
            response.headers[.setCookie] = gatekeeper.cookie.field(session)
            return response
        }
        router.delete("/v1/session") { request, context in
            // Anybody may send a cookie that was never given out: a line of the log for each would fill the disk.
            if let session = gatekeeper.cookie.session(in: request.headers), await gatekeeper.room.signOut(session) {
                await feed.showOut()
                note("DELETE", who: context.caller.name, role: context.caller.role, context.peer, result: 204)
            }
            return Response(status: .noContent, headers: [.setCookie: gatekeeper.cookie.field(nil)])
        }
    }

    private func note(_ method: String, who: String, role: AccessRole?, _ peer: String, result: Int) {
        audit.note(
            who: who,
            role: role,
            means: Caller.Means.session.rawValue,
            peer: peer,
            action: "\(method) /v1/session",
            target: "/v1/session",
            result: result
        )
    }
}
