import API
import Hummingbird
import Operations

/// Everything that moves, as it moves.
struct EventRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/events") { _, context in
            let caller = context.caller
            let events = await desk.events.events()
            return EventStream.response(
                events.filter { caller.hears($0) }.map { Event($0, items: { try desk.items($0) }) }
            )
        }
    }
}
