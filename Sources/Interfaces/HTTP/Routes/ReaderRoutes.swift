import API
import Hummingbird
import Operations

/// The readers themselves: what they are, what is elsewhere, what goes over their lines, and whether they work.
struct ReaderRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.post("/v1/readers/probe") { _, _ in try Response.json(await probe()) }
        router.post("/v1/readers/:name/recording") { request, context in
            try Response.json(await record(try await request.json(), try context.word("name")))
        }
        router.post("/v1/readers/:name/test") { request, context in
            try Response.json(await test(try await request.json(), try context.word("name")))
        }
    }

    private func list() async -> [ReaderStatus] {
        var readers: [ReaderStatus] = []
        for station in desk.stations { readers.append(ReaderStatus(await station.report)) }
        return readers
    }

    private func probe() async -> [ProbeResult] {
        let configured = await list().map(ProbeResult.init)
        return configured + (await desk.probe().run()).map(ProbeResult.init)
    }

    private func record(_ wanted: RecordingRequest, _ name: String) async throws -> Recording {
        guard 1...240 ~= wanted.seconds else {
            throw Problem.invalid("seconds", found: "\(wanted.seconds)", wanted: "1 to 240")
        }
        let transcript = try await desk.station(name).record(for: .seconds(wanted.seconds))
        return Recording(reader: name, transcript: transcript)
    }

    private func test(_ wanted: ReaderTestRequest, _ name: String) async throws -> ReaderTestResult {
        let trial = try await ReaderTrial.run(on: try desk.station(name), desk: desk, write: wanted.write)
        return ReaderTestResult(
            reader: ReaderStatus(trial.report),
            version: Version.current,
            steps: trial.steps.map { .init(name: $0.name, outcome: $0.outcome.rawValue, detail: $0.detail) }
        )
    }
}
