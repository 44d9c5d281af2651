import Testing

@testable import Interfaces

private let page = "https://koha.example.org"
private let policy = DialectGuard(origins: [page + "/"])

private func refusal(
    _ method: String = "GET",
    authority: String? = "localhost:21645",
    origin: String? = page,
    site: String? = nil,
    changes: Bool = false
) -> DialectGuard.Refusal? {
    policy.refusal(method: method, authority: authority, origin: origin, site: site, changes: changes)
}

@Test(arguments: ["localhost:21645", "127.0.0.1:21645", "[::1]:21645", "LOCALHOST"])
func `this machine is called by its loopback names`(_ authority: String) {
    #expect(refusal(authority: authority) == nil)
}

@Test(arguments: ["koha.example.org", "evil.example:21645", "localhost.evil.example", "", "0.0.0.0:21645"])
func `any other name is turned away, whatever the page`(_ authority: String) {
    #expect(refusal(authority: authority) == .host(authority))
}

@Test(arguments: ["https://koha.example.org.evil.example", "http://koha.example.org", "null", "https://evil.example"])
func `a page that stands in no list is turned away`(_ origin: String) {
    #expect(refusal(origin: origin) == .origin(origin))
    #expect(refusal("OPTIONS", origin: origin) == .origin(origin))
}

@Test func `letter case and a slash at the end do not matter`() {
    #expect(refusal(origin: "HTTPS://Koha.Example.org") == nil)
}

@Test func `a change by GET has to name its page, and no call may come across sites without one`() {
    #expect(refusal(origin: nil, changes: true) == .noOrigin)
    #expect(refusal("HEAD", origin: nil, changes: true) == .noOrigin)
    #expect(refusal("HEAD", origin: nil) == nil)
    #expect(refusal(origin: nil) == nil)
    #expect(refusal("POST", origin: nil, changes: true) == nil)
    #expect(refusal("POST", origin: nil, site: "cross-site", changes: true) == .crossSite)
    #expect(refusal(origin: nil, site: "same-site") == .crossSite)
    #expect(refusal(origin: nil, site: "none") == nil)
}

private let own = [
    "http://localhost:8081", "http://kohadev-intra.localhost:8081", "http://127.0.0.1:8080", "http://[::1]:8080",
    "https://[::1]",
]

@Test(arguments: own)
func `pages of this machine may ask in the simulated branch and nowhere else`(_ origin: String) {
    #expect(refusal(origin: origin) == .origin(origin))
    let simulated = DialectGuard(allowsLoopbackPages: true)
    #expect(
        simulated.refusal(method: "GET", authority: "localhost", origin: origin, site: nil, changes: true) == nil
    )
}

private let strange = [
    "http://localhost.evil.example", "file://localhost", "http://[::1].evil.example", "http://[::1]evil.example:80",
    "http://[::1", "http://[", "http://[::2]:8080", "http://evil.example/.localhost", "http://evil.example?.localhost",
    "http://127.0.0.1@evil.example", "http://evil.example:80.localhost", "null",
]

@Test(arguments: strange)
func `no page of another machine may ask, in the simulated branch neither`(_ origin: String) {
    #expect(!DialectGuard(allowsLoopbackPages: true).allows(origin))
}
