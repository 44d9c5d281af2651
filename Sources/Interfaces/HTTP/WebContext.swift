package import Hummingbird
import NIOCore

/// What is known of a request beside itself: over which line it came, and from whom.
package struct WebContext: RequestContext {
    /// What the web framework keeps of a request: its number, its logger, the values in its path.
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Set once it is known who asks.
    var caller: Caller?

    /// Made by the web framework for each request that comes in.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The address at the other end, as far as somebody can be told apart by it: an IPv6 network counts as one.
    var peer: String { channel.remoteAddress?.ipAddress.map(Self.network(of:)) ?? "local" }

    /// An IPv4 address as it is, of an IPv6 address its network.
    static func network(of address: String) -> String {
        guard address.contains(":") else { return address }
        // A line that serves both shows IPv4 callers as ::ffff:192.0.2.7 (RFC 4291, 2.5.5.2): they are no one network.
        let mapped = "::ffff:"
        if address.hasPrefix(mapped), address.contains(".") { return String(address.dropFirst(mapped.count)) }
        let groups = address.split(separator: ":", omittingEmptySubsequences: false).prefix(4)
        return groups.prefix { !$0.isEmpty }.joined(separator: ":") + "::/64"
    }
}

extension RequestContext {
    /// Who asks; nobody where no middleware has found out.
    var caller: Caller { (self as? WebContext)?.caller ?? .nobody }
}
