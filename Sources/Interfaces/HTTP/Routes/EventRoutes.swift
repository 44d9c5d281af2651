import API
import HTTPTypes
import Hummingbird
import Operations

/// Everything that moves, as it moves.
struct EventRoutes {
    let feed: EventFeed
    let access: AccessRoom

    func add(to router: Router<WebContext>) {
        router.get("/v1/events") { request, context in
            // Of this answer nobody takes the body: a listener would wait for it, and keep its place, for ever.
            if request.method == .head { return Response(status: .ok, headers: EventStream.headers) }
            let (caller, channel, access) = (context.caller ?? .nobody, context.channel, access)
            let listening = await feed.listen(
                after: request.headers[named: "Last-Event-ID"],
                for: "\(caller.means.rawValue) \(caller.name)",
                hears: { caller.hears($0) },
                mayStay: { await caller.mayStay(by: access) },
                hangUp: { channel.close(promise: nil) }
            )
            guard let listening else { throw Problem.tooManyListeners }
            return EventStream.response(listening.frames) { await feed.leave(listening.number) }
        }
    }
}

extension Problem {
    fileprivate static let tooManyListeners = Problem(
        type: "too-many-listeners",
        title: "Too many listeners",
        status: 503,
        detail: "\(EventFeed.mostListeners) event streams are open, or \(EventFeed.mostOfOne) of this caller: "
            + "there is room for no more",
        hint: "close pages and programs that are not needed"
    )
}
