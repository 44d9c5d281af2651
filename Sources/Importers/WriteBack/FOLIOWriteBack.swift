import Library

/// Checks items in at a service point of FOLIO, which sets when they were checked in last.
///
/// **Source**: `POST /circulation/check-in-by-barcode` with `itemBarcode`, `servicePointId` and `checkInDate`; 200 when
/// it was done, 422 with `errors` when not. A check-in may catch holds and end transits: it is never sent twice.
/// The loan in the answer is not looked at: it names who had the item.
struct FOLIOWriteBack: WriteBackDialogue {
    private let servicePoint: String
    private var access: FOLIOAccess
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

    func answers(_ response: PullResponse, to items: [WriteBackItem]) throws(PullFlaw) -> [WriteBackAnswer] {
        guard let item = items.first else { return [] }
        switch response.status {
        case 200..<300:
            return [WriteBackAnswer(barcode: item.barcode, state: .done, result: "checked in \(item.time.onTheWall)")]
        case 422, 400:
            // Its words may name a patron: only whether the item is known is taken from them.
            let isUnknown = Self.mentions("no item with barcode", in: response.body)
            let words = isUnknown ? "the library system does not know it" : "HTTP \(response.status)"
            return [WriteBackAnswer(barcode: item.barcode, state: .refused, result: words)]
        case let status: throw PullFlaw(found: "HTTP \(status)")
        }
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
