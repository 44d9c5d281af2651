import Hummingbird
import Operations

/// What every answer has in common, whatever is asked: limits, allowed hosts, headers, problems, and who may.
func webRouter(
    hosts: HostPolicy,
    gatekeeper: Gatekeeper,
    audit: AuditRoom,
    repeats: RepeatMiddleware,
    tally: Tally
) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    addCommon(to: router, hosts: hosts)
    router.addMiddleware {
        // Before anybody is turned away: what is refused was answered too.
        MetricMiddleware(tally: tally)
        AccessMiddleware(gatekeeper: gatekeeper, audit: audit)
        repeats
    }
    WebRoutes().add(to: router)
    return router
}

/// What holds for whoever asks.
func addCommon(to router: Router<WebContext>, hosts: HostPolicy) {
    router.addMiddleware {
        SecurityHeaders()
        ConditionalMiddleware()
        ProblemMiddleware()
        HostMiddleware(policy: hosts)
    }
}
