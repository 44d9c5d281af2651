import API
import HTTPTypes

/// Whether a request that a browser would send for any page was really made by the daemon's own.
///
/// ``HostPolicy`` has refused other origins by then; this asks for what no form, image or link can send.
enum CrossSiteGuard {
    /// A field that a page of another site cannot set without asking first, which nobody would grant it.
    static let field = "Pressmark-Page"

    /// Why the request is refused; `nil` when it is not.
    ///
    /// - Parameter mayBeLinked: whether a person may come here by a link on another site's page.
    static func refusal(_ request: HTTPRequest, of caller: Caller, mayBeLinked: Bool = true) -> Problem? {
        guard caller.means.isAmbient else { return nil }
        let fields = request.headerFields
        guard [.get, .head].contains(request.method) else {
            guard caller.means == .session, fields[named: field] == nil else { return nil }
            return .forged("\(field): found nothing, wanted 1")
        }
        // Another port of this machine and another name of the house are other sites to us.
        guard let site = fields[named: "Sec-Fetch-Site"], !["same-origin", "none"].contains(site) else { return nil }
        // In a frame nothing of ours is ever shown.
        let isLink =
            fields[named: "Sec-Fetch-Mode"] == "navigate" && fields[named: "Sec-Fetch-Dest"] ?? "document" == "document"
        guard !isLink || !mayBeLinked else { return nil }
        return .forged("Sec-Fetch-Site: found \(site.prefix(40)), wanted a request of this daemon's own page")
    }
}
