package import Hummingbird

/// What every answer has in common, whatever is asked: limits, allowed hosts, headers, problems.
package func webRouter(hosts: HostPolicy) -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.addMiddleware {
        SecurityHeaders()
        ProblemMiddleware()
        HostMiddleware(policy: hosts)
    }
    WebRoutes().add(to: router)
    return router
}
