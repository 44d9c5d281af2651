import API
import HTTPTypes
import Hummingbird
import Operations

/// Signing in and out, and who one is.
struct SessionRoutes {
    let gatekeeper: Gatekeeper

    func add(to router: Router<WebContext>) {
        router.get("/v1/session") { _, context in try Response.json(SessionState(context.caller)) }
        router.post("/v1/session") { request, context in
            let wanted: SignInRequest = try await request.json()
            let (token, session) = try await gatekeeper.room.signIn(wanted.token, from: context.peer)
            var response = try Response.json(SessionState(Caller(token, by: .session)))
            response.headers[.setCookie] = gatekeeper.cookie.field(session)
            return response
        }
        router.delete("/v1/session") { request, _ in
            if let session = gatekeeper.cookie.session(in: request.headers) {
                await gatekeeper.room.signOut(session)
            }
            return Response(status: .noContent, headers: [.setCookie: gatekeeper.cookie.field(nil)])
        }
    }
}
