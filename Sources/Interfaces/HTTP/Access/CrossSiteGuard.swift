import API
import HTTPTypes

/// Whether a request that a browser would send for any page was really made by the daemon's own.
///
/// ``HostPolicy`` has refused other origins by then; this asks for what no form, image or link can send.
enum CrossSiteGuard {
    /// A field that a page of another site cannot set without asking first, which nobody would grant it.
    static let field = "Pressmark-Page"

    static func refusal(_ request: HTTPRequest, of caller: Caller) -> Problem? {
        guard caller.means.isAmbient else { return nil }
        let fields = request.headerFields
        guard [.get, .head].contains(request.method) else {
            guard caller.means == .session, fields[named: field] == nil else { return nil }
            return .forged("\(field): found nothing, wanted 1")
        }
        guard fields[named: "Sec-Fetch-Site"] == "cross-site", fields[named: "Sec-Fetch-Mode"] != "navigate" else {
            return nil
        }
        return .forged("Sec-Fetch-Site: found cross-site, wanted a request of this daemon's own page")
    }
}
