import Library

/// Checks items in at a service point of FOLIO, which sets when they were checked in last.
///
/// **Source**: `POST /circulation/check-in-by-barcode` with `itemBarcode`, `servicePointId` and `checkInDate`; 200 when
/// it was done, 422 with `errors` when not. A check-in may catch holds and end transits: it is never sent twice. At a
/// service point that does not serve the item's place it sends the item in transit to one that does, and says so in
/// `item.status` of the answer. The loan in the answer is not looked at: it names who had the item.
struct FOLIOWriteBack: WriteBackDialogue {
    private let servicePoint: String
    private var access: FOLIOAccess
    /// Check-ins in a row after which the item was in transit.
    private var strays = 0
    var now: Moment

    let batch = 1
    let isRepeatable = false

    init(_ target: WriteBackTarget, _ credentials: PullCredentials, at now: Moment) {
        servicePoint = target.servicePoint
        access = FOLIOAccess(credentials, tenant: target.tenant)
        self.now = now
    }

    func request(_ items: [WriteBackItem]) -> WriteBackStep {
        let access = access.headers(at: now)
        if access == nil, let login = self.access.login { return .login(login) }
        let barcode = items.first?.barcode ?? ""
        let seen = items.first?.time ?? SeenTime(now, secondsAhead: 0)
        let body =
            "{\"itemBarcode\":\(PullText.json(barcode)),\"servicePointId\":\(PullText.json(servicePoint)),"
            + "\"checkInDate\":\"\(seen.universal)\"}"
        var headers = access ?? [:]
        headers["content-type"] = "application/json"
        return .telling(
            PullRequest(.post, "/circulation/check-in-by-barcode", headers: headers, body: Array(body.utf8))
        )
    }

    mutating func answers(_ response: PullResponse, to items: [WriteBackItem]) throws(PullFlaw) -> [WriteBackAnswer] {
        guard let item = items.first else { return [] }
        switch response.status {
        case 200..<300:
            let status = (try? PageScan.value(response.body))?.value(at: "item.status.name")?.text
            strays = status == Self.inTransit ? strays + 1 : 0
            // A check-in that leaves the item where it stands needs no further word.
            let rest = status == nil || status == "Available" ? "" : ", its status is \(status?.prefix(40) ?? "") now"
            let result = "checked in \(item.time.onTheWall)\(rest)"
            return [WriteBackAnswer(barcode: item.barcode, state: .done, result: result)]
        case 422, 400:
            // Its words may name a patron: only whether the item is known is taken from them.
            let isUnknown = Self.mentions("no item with barcode", in: response.body)
            let words = isUnknown ? "the library system does not know it" : "HTTP \(response.status)"
            return [WriteBackAnswer(barcode: item.barcode, state: .refused, result: words)]
        case let status: throw PullFlaw(found: "HTTP \(status)")
        }
    }

    private static let inTransit = "In transit"

    /// One item may be on its way for a request; several in a row are at the wrong service point.
    var misgiving: String? {
        guard strays >= WriteBackCall.patience else { return nil }
        return "\(strays) items in a row that were sent in transit (does the service point serve their place?)"
    }

    private static func mentions(_ words: String, in body: [UInt8]) -> Bool {
        String(decoding: body.prefix(4096), as: UTF8.self).lowercased().contains(words)
    }

    mutating func takeToken(_ response: PullResponse) throws(PullFlaw) {
        try access.takeToken(response, at: now)
    }

    mutating func forgetToken() -> Bool { access.forgetToken() }

    mutating func hasOtherLogin(after status: Int) -> Bool { access.hasOtherLogin(after: status) }
}
