import API
import HTTPTypes
import Testing

@testable import Interfaces

@Suite struct HostPolicyTests {
    private let policy = HostPolicy(hosts: ["Desk.Library.example"])

    private func refusal(
        _ authority: String?,
        _ method: HTTPRequest.Method = .get,
        origin: String? = nil,
        site: String? = nil
    ) -> String? {
        policy.refusal(method: method, authority: authority, origin: origin, site: site)?.type
    }

    @Test(arguments: [
        "localhost", "localhost:7878", "127.0.0.1:7878", "[::1]", "[::1]:7878", "LOCALHOST:7878",
        "desk.library.example:7878",
    ])
    func `our own names are answered`(_ authority: String) {
        #expect(refusal(authority) == nil)
    }

    @Test(arguments: [
        "evil.example", "evil.example:7878", "localhost.evil.example", "127.0.0.1.evil.example", "[::1", "[::2]",
        "localhost:x", "localhost:7878:1", "", "127.0.0.1@evil.example", "localhost:99999",
    ])
    func `other names are not, even when they lead here`(_ authority: String) {
        #expect(refusal(authority) == "host-not-allowed")
    }

    @Test(arguments: ["2001:DB8::7", "[2001:db8::7]", "[2001:db8::7]:7879", "desk.example:7879"])
    func `a name of ours may be written with its port, and an address of IPv6 as it is`(_ written: String) {
        let policy = HostPolicy(hosts: [written])
        let authority = written.contains("desk") ? "desk.example" : "[2001:db8::7]"
        for host in [authority, authority + ":7879"] {
            let refusal = policy.refusal(method: .get, authority: host, origin: nil, site: nil)
            #expect(refusal == nil, "\(host)")
        }
    }

    @Test func `a request without a host is not answered`() {
        #expect(refusal(nil) == "host-not-allowed")
    }

    @Test func `our own page may change things`() {
        #expect(refusal("localhost:7878", .post, origin: "http://localhost:7878", site: "same-origin") == nil)
        #expect(refusal("desk.library.example", .post, origin: "https://desk.library.example") == nil)
    }

    @Test func `a program that is no browser may change things`() {
        #expect(refusal("127.0.0.1:7878", .post) == nil)
    }

    @Test(arguments: ["http://evil.example", "null", "http://localhost:9999", "http://localhost", ""])
    func `another site's page may not`(_ origin: String) {
        #expect(refusal("localhost:7878", .post, origin: origin) == "cross-site")
        #expect(refusal("localhost:7878", .delete, origin: origin) == "cross-site")
    }

    @Test(arguments: ["cross-site", "same-site"])
    func `a browser that says the request comes from elsewhere is believed`(_ site: String) {
        #expect(refusal("localhost:7878", .post, site: site) == "cross-site")
    }

    @Test func `reading is open to every page's link`() {
        #expect(refusal("localhost:7878", .get, origin: "http://evil.example", site: "cross-site") == nil)
    }
}
