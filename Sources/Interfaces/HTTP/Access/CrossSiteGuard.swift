import API
import HTTPTypes

/// Whether a request that a browser would send for any page was really made by the daemon's own.
///
/// ``HostPolicy`` has refused other origins by then; this asks for what no form, image or link can send.
enum CrossSiteGuard {
    /// A field that a page of another site cannot set without asking first, which nobody would grant it.
    static let field = "Pressmark-Page"

    private static var ownField: HTTPField.Name? { HTTPField.Name(field) }
    private static var fetchSite: HTTPField.Name? { HTTPField.Name("Sec-Fetch-Site") }
    private static var fetchMode: HTTPField.Name? { HTTPField.Name("Sec-Fetch-Mode") }

    static func refusal(_ request: HTTPRequest, of caller: Caller) -> Problem? {
        guard caller.means.isAmbient else { return nil }
        func value(_ name: HTTPField.Name?) -> String? { name.flatMap { request.headerFields[$0] } }
        guard [.get, .head].contains(request.method) else {
            guard caller.means == .session, value(ownField) == nil else { return nil }
            return .forged("\(field): found nothing, wanted 1")
        }
        guard value(fetchSite) == "cross-site", value(fetchMode) != "navigate" else { return nil }
        return .forged("Sec-Fetch-Site: found cross-site, wanted a request of this daemon's own page")
    }
}
