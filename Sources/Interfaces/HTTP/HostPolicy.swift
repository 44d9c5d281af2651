package import API
package import HTTPTypes

/// Which names the daemon answers to, and from which pages it takes orders.
///
/// A page of another site can make a browser on the desk send requests here, by a name it controls (DNS rebinding) or
/// across sites. So the `Host` must be one of ours, and whatever changes something must come from our own page or from
/// a program that is no browser.
package struct HostPolicy: Hashable, Sendable {
    /// Names and addresses beside the loopback ones, lower case, without port.
    package var hosts: Set<String>

    /// The loopback names need not be given: they are always ours. A name may have its port, and an IPv6 address no
    /// brackets.
    package init(hosts: some Sequence<String> = []) {
        self.hosts = Set(hosts.map { Self.host(of: $0) ?? "[\($0.lowercased())]" })
    }

    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    /// Why the request is refused; `nil` when it is not.
    ///
    /// `origin` and `site` are the header fields `Origin` and `Sec-Fetch-Site`, which every browser sends with a
    /// request that may change something.
    package func refusal(
        method: HTTPRequest.Method,
        authority: String?,
        origin: String?,
        site: String?
    ) -> Problem? {
        guard let authority, let host = Self.host(of: authority), isOurs(host) else {
            return Problem(
                type: "host-not-allowed",
                title: "Misdirected request",
                status: 421,
                detail: "Host: found '\(authority ?? "")', wanted a name of this daemon",
                hint: "add the name to hosts in the [http] part of the configuration"
            )
        }
        if [.get, .head, .options].contains(method) { return nil }
        if let origin, !isSame(origin, authority) { return Self.crossSite("Origin", origin) }
        if let site, !["same-origin", "none"].contains(site) { return Self.crossSite("Sec-Fetch-Site", site) }
        return nil
    }

    private static func crossSite(_ field: String, _ found: String) -> Problem {
        Problem(
            type: "cross-site",
            title: "Forbidden",
            status: 403,
            detail: "\(field): found '\(found)', wanted a request of this daemon's own page",
            hint: "programs send no Origin; pages are served by the daemon itself"
        )
    }

    private func isOurs(_ host: String) -> Bool {
        Self.loopback.contains(host) || hosts.contains(host)
    }

    private func isSame(_ origin: String, _ authority: String) -> Bool {
        ["http://", "https://"].contains { origin.lowercased() == $0 + authority.lowercased() }
    }

    /// `desk.example:7878` without its port, lower case; `nil` when it is no authority.
    static func host(of authority: String) -> String? {
        let text = authority.lowercased()
        let host: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[...end]
        } else {
            host = text.prefix { $0 != ":" }
        }
        let port = text[host.endIndex...]
        guard port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil) else { return nil }
        return String(host)
    }
}
