import Foundation
import HTTPTypes
import Hummingbird
import Operations

/// The site's privacy dossier from its running configuration.
struct PrivacyRoutes {
    let desk: ServiceDesk

    func add(to router: Router<some RequestContext>) {
        router.get("/v1/privacy") { request, _ in
            let tongue = try ReportTongue.wanted(by: request)
            let dossier = PrivacyDossier(desk.privacy(), at: Date(desk.time.now()), in: tongue)
            var response = Response.text(dossier.html, type: "text/html")
            response.headers[.contentLanguage] = tongue.rawValue
            response.headers[.vary] = "Accept-Language"
            // Its style stands in the page, so that the page can be kept as one file; nothing on it runs.
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            return response
        }
    }
}
