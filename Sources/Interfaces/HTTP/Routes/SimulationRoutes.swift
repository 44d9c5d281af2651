import API
import Hummingbird

/// Playing in the simulated branch; with real readers there is nothing here.
struct SimulationRoutes {
    let simulation: WebServer.Simulation?

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/simulation") { _, _ in try Response.json(await there().scene()) }
        router.post("/v1/simulation") { request, _ in
            try Response.json(try await there().perform(try await request.json()))
        }
    }

    private func there() throws -> WebServer.Simulation {
        guard let simulation else {
            throw Problem(
                type: "not-simulated",
                title: "Not simulated",
                status: 409,
                detail: "simulation: this daemon works with real readers",
                hint: "start one without --config for a simulated branch"
            )
        }
        return simulation
    }
}
