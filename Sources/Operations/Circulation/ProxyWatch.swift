package import Library
package import SIP2
import Wire

/// Reads along what a library system answers a kiosk, and tells which items' tags have to follow.
package struct ProxyWatch: Sendable {
    private let encoding: SIP2Encoding
    private let rules: CirculationRules

    package init(encoding: SIP2Encoding, rules: CirculationRules) {
        self.encoding = encoding
        self.rules = rules
    }

    /// What an answer means for an item's tags; `nil` for messages that are about none and for those that cannot be
    /// understood: the kiosk will ask for them again itself.
    ///
    /// An answer to a renewal of everything (66) names items that lie at home: it changes nothing.
    package func order(of frame: SIP2Frame) -> ProxyOrder? {
        guard let message = try? SIP2Message(frame.body) else { return nil }
        switch message.code {
        case .checkoutResponse:
            guard let answer = try? CheckoutResponse(message, in: encoding) else { return nil }
            return ProxyOrder(item: answer.item, verdict: rules.verdict(answer), cause: .checkout)
        case .renewResponse:
            guard let answer = try? RenewResponse(message, in: encoding) else { return nil }
            return ProxyOrder(item: answer.item, verdict: rules.verdict(answer), cause: .checkout)
        case .checkinResponse:
            guard let answer = try? CheckinResponse(message, in: encoding) else { return nil }
            return ProxyOrder(item: answer.item, verdict: rules.verdict(answer), cause: .checkin)
        default: return nil
        }
    }

    /// The same answer with one more line for the patron's screen and a checksum that fits.
    package func adding(_ notice: String, to frame: SIP2Frame) -> SIP2Frame {
        guard var message = try? SIP2Message(frame.body) else { return frame }
        message.fields.append(SIP2Field(.screenMessage, notice, in: encoding))
        return SIP2Frame(body: message.bytes, check: frame.check)
    }
}

/// What has to be done with the tags of an item on the kiosk's pad.
package struct ProxyOrder: Hashable, Sendable {
    package var item: String
    package var verdict: SecurityVerdict
    package var cause: SecurityCause
}
