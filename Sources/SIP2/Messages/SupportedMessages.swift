/// Field BX of a 98: which messages a system understands, one letter for each kind.
package struct SupportedMessages: Hashable, Sendable {
    /// Each kind by the request that begins it, in the order of the letters.
    private static let order: [MessageCode] = [
        .patronStatus, .checkout, .checkin, .blockPatron, .terminalStatus, .resendToSystem, .login,
        .patronInformation, .endPatronSession, .feePaid, .itemInformation, .itemStatusUpdate, .patronEnable, .hold,
        .renew, .renewAll,
    ]

    private var requests: Set<MessageCode>

    /// A code that has no letter in BX, as every answer, is left out.
    package init(_ requests: some Sequence<MessageCode>) {
        self.requests = Set(requests).intersection(Self.order)
    }

    /// Letters that are missing or neither Y nor N count as no.
    package init(_ text: String) {
        self.init(zip(Self.order, text).filter { $1 == "Y" }.map(\.0))
    }

    /// Sixteen times Y.
    package static let all = SupportedMessages(order)

    /// Whether the system says that it understands this request; no for every answer.
    package func contains(_ request: MessageCode) -> Bool {
        requests.contains(request)
    }

    /// Sixteen letters.
    package var text: String {
        Self.order.map { requests.contains($0) ? "Y" : "N" }.joined()
    }
}
