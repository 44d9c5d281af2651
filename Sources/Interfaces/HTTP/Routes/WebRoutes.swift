import Hummingbird

/// The web page: static files, the same for everybody.
struct WebRoutes {
    func add(to router: Router<some RequestContext>) {
        for file in WebFile.all {
            router.get(RouterPath(file.path)) { _, _ in file.response }
        }
    }
}
