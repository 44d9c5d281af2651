import API
import Foundation
import HTTPTypes
import Hummingbird
import Library
import Operations

/// What monitoring asks: `/metrics` for Prometheus, `/health/live` and `/health/ready`.
struct MetricRoutes {
    let desk: ServiceDesk
    let startedAt: Moment
    private let look = StoreLook()

    func add(to router: Router<some RequestContext>) {
        let page = MetricPage(desk: desk, startedAt: startedAt, look: look)
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: await page.text))
            )
        }
        router.get("/health/live") { _, _ in try Response.json(keeping: Health(status: .ok, parts: [])) }
        router.get("/health/ready") { _, _ in
            let health = await readiness()
            return try Response.json(keeping: health, status: health.status == .failed ? .serviceUnavailable : .ok)
        }
    }

    /// Ready as soon as the database answers and every reader was tried once; a reader that is away is told and does
    /// not stop the others.
    private func readiness() async -> Health {
        var parts: [Health.Part] = []
        if let trouble = await look.trouble(at: desk.time.uptime, { desk.storeTrouble() }) {
            parts.append(.init(name: "store", status: .failed, detail: trouble.cause))
        } else if let damage = await desk.backups.damage {
            parts.append(.init(name: "store", status: .degraded, detail: damage.cause))
        } else {
            parts.append(.init(name: "store", status: .ok, detail: "answers"))
        }
        for station in desk.stations {
            let report = await station.report
            switch report.state {
            case .online: parts.append(.init(name: report.name, status: .ok, detail: "online"))
            case .connecting: parts.append(.init(name: report.name, status: .failed, detail: "still connecting"))
            case .offline(let cause, _): parts.append(.init(name: report.name, status: .degraded, detail: cause))
            }
        }
        let hasHoldings = ((try? desk.snapshot()) ?? nil) != nil
        parts.append(
            .init(name: "holdings", status: hasHoldings ? .ok : .degraded, detail: hasHoldings ? "there" : "none yet")
        )
        if let link = desk.circulation {
            switch await link.report.state {
            case .online: parts.append(.init(name: "library system", status: .ok, detail: "answers"))
            case .unknown: parts.append(.init(name: "library system", status: .degraded, detail: "not asked yet"))
            case .away(let error): parts.append(.init(name: "library system", status: .degraded, detail: "\(error)"))
            }
        }
        return Health(parts: parts)
    }
}

/// Whether the database takes what is written, looked at once a second at most: a look waits for whoever writes just
/// then, and nobody who asks needs a token.
actor StoreLook {
    static let worth = Duration.seconds(1)

    /// What a look found, and how long it took.
    struct Answer: Sendable {
        var trouble: StoreTrouble?
        var took: Duration
    }

    private var last: (at: Duration, answer: Answer)?

    /// What the last look found, or `look` finds where that is too long ago; others who ask meanwhile wait for it, and
    /// are told the same however long it took.
    func answer(at now: @Sendable () -> Duration, _ look: @Sendable () -> StoreTrouble?) -> Answer {
        let asked = now()
        if let last, last.at <= asked, asked - last.at < Self.worth { return last.answer }
        let start = ContinuousClock.now
        let trouble = look()
        let answer = Answer(trouble: trouble, took: ContinuousClock.now - start)
        last = (now(), answer)
        return answer
    }

    /// The same for whoever does not ask how long it took.
    func trouble(at now: @Sendable () -> Duration, _ look: @Sendable () -> StoreTrouble?) -> StoreTrouble? {
        answer(at: now, look).trouble
    }
}
