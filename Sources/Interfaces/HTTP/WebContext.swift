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
    var peer: String {
        guard let address = channel.remoteAddress?.ipAddress else { return "local" }
        guard address.contains(":") else { return address }
        let groups = address.split(separator: ":", omittingEmptySubsequences: false).prefix(4)
        return groups.prefix { !$0.isEmpty }.joined(separator: ":") + "::/64"
    }
}

extension RequestContext {
    /// Who asks; nobody where no middleware has found out.
    var caller: Caller { (self as? WebContext)?.caller ?? .nobody }
}
