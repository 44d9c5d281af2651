import Library

/// Tells Koha's Interactive Inventory plugin when items were last seen.
///
/// **Source**: `POST /api/v1/contrib/interactiveinventory/item/fields` with `{"items":[{"barcode","fields"}]}`,
/// answered with 200 and `{"results":[{"barcode","status","success" or "error"}]}`, each item on its own. It sets a
/// date and does nothing else: a date and time by the clock on Koha's wall, which it takes as it stands.
struct KohaWriteBack: WriteBackDialogue {
    private var access: KohaAccess
    var now: Moment

    let batch = 50
    let isRepeatable = true

    init(_ credentials: PullCredentials, at now: Moment) {
        access = KohaAccess(credentials)
        self.now = now
    }

    func request(_ items: [WriteBackItem]) -> WriteBackStep {
        let authorization = access.authorization(at: now)
        if authorization == nil, let request = access.tokenRequest { return .login(request) }
        let lines = items.map {
            "{\"barcode\":\(PullText.json($0.barcode)),\"fields\":{\"datelastseen\":\"\($0.time.onTheWall)\"}}"
        }
        return .telling(
            PullRequest(
                .post,
                "/api/v1/contrib/interactiveinventory/item/fields",
                headers: [
                    "authorization": authorization ?? "", "content-type": "application/json",
                    "accept": "application/json",
                ],
                body: Array("{\"items\":[\(lines.joined(separator: ","))]}".utf8)
            )
        )
    }

    func answers(_ response: PullResponse, to items: [WriteBackItem]) throws(PullFlaw) -> [WriteBackAnswer] {
        guard response.status < 300 else {
            let hint = response.status == 404 ? ": is the Interactive Inventory plugin installed" : ""
            throw PullFlaw(found: "HTTP \(response.status)\(hint)")
        }
        let value = try PageScan.value(response.body)
        guard case .array(let results)? = value["results"] else { throw PullFlaw(found: "an answer without results") }
        var byBarcode: [String: JSONValue] = [:]
        for result in results { if let barcode = result["barcode"]?.text { byBarcode[barcode] = result } }
        return items.map { item in
            guard let result = byBarcode[item.barcode] else {
                return WriteBackAnswer(
                    barcode: item.barcode,
                    state: .refused,
                    result: "the answer does not tell of it"
                )
            }
            let status = result["status"]?.text ?? ""
            guard status == "200" else {
                // Only the number: an error's words may hold anything.
                let number = Int(status).map { "status \($0)" } ?? "the answer tells no status of it"
                let words = status == "404" ? "the library system does not know it" : number
                return WriteBackAnswer(barcode: item.barcode, state: .refused, result: words)
            }
            return WriteBackAnswer(
                barcode: item.barcode,
                state: .done,
                result: "last seen set to \(item.time.onTheWall)"
            )
        }
    }

    /// A date does nothing that anybody could regret.
    var misgiving: String? { nil }

    mutating func takeToken(_ response: PullResponse) throws(PullFlaw) {
        try access.takeToken(response.body, at: now)
    }

    mutating func forgetToken() -> Bool { access.forgetToken() }

    mutating func hasOtherLogin(after status: Int) -> Bool { false }
}
