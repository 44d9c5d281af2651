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

    /// What an answer means for the tags of its items; empty for messages that are about none and for those that cannot
    /// be understood: the kiosk will ask for them again itself.
    package func orders(of frame: SIP2Frame) -> [ProxyOrder] {
        guard let message = try? SIP2Message(frame.body) else { return [] }
        switch message.code {
        case .checkoutResponse:
            guard let answer = try? CheckoutResponse(message, in: encoding) else { return [] }
            return [ProxyOrder(item: answer.item, verdict: rules.verdict(answer), cause: .checkout)]
        case .renewResponse:
            guard let answer = try? RenewResponse(message, in: encoding) else { return [] }
            return [
                ProxyOrder(
                    item: answer.item,
                    verdict: rules.verdict(answer),
                    cause: .checkout,
                    mayBeElsewhere: true
                )
            ]
        case .renewAllResponse:
            guard let answer = try? RenewAllResponse(message, in: encoding) else { return [] }
            return answer.renewed.map { item in
                ProxyOrder(
                    item: item.revealed,
                    verdict: .change(to: .disarmed),
                    cause: .checkout,
                    mayBeElsewhere: true
                )
            }
        case .checkinResponse:
            guard let answer = try? CheckinResponse(message, in: encoding) else { return [] }
            return [ProxyOrder(item: answer.item, verdict: rules.verdict(answer), cause: .checkin)]
        default: return []
        }
    }

    /// Whether a kiosk tells with this of a loan or return that it made while it could not ask (SIP2 "no block"); `nil`
    /// for what is no message, and for the wish to hear the last answer again.
    package func isLate(_ frame: SIP2Frame) -> Bool? {
        guard let message = try? SIP2Message(frame.body) else { return nil }
        switch message.code {
        case .checkout: return (try? CheckoutRequest(message, in: encoding))?.noBlock ?? false
        case .renew: return (try? RenewRequest(message, in: encoding))?.noBlock ?? false
        case .checkin: return (try? CheckinRequest(message, in: encoding))?.noBlock ?? false
        case .resendToSystem: return nil
        default: return false
        }
    }

    /// The same answer with one more line for the patron's screen and a checksum that fits; every byte of the rest
    /// stays, also of what is no field.
    package func adding(_ notice: String, to frame: SIP2Frame) -> SIP2Frame {
        guard let message = try? SIP2Message(frame.body) else { return frame }
        var body = frame.body
        // The last field of a message may end with it.
        if body.count > 2 + message.fixed.count, body.last != SIP2Field.end { body.append(SIP2Field.end) }
        let line = SIP2Field(.screenMessage, notice, in: encoding)
        body += [line.code.first, line.code.second] + line.value + [SIP2Field.end]
        return SIP2Frame(body: body, check: frame.check)
    }
}

/// What has to be done with the tags of an item on the kiosk's pad.
package struct ProxyOrder: Hashable, Sendable {
    /// The item's barcode as the answer has it: SIP2 field AB, or BM for each item of a renewal of all.
    package var item: String
    /// What the answer means for its tags.
    package var verdict: SecurityVerdict
    /// For the journal: `checkout` for loans and renewals, `checkin` for returns.
    package var cause: SecurityCause
    /// Whether the item need not lie on the pad: what is renewed is at home as a rule.
    package var mayBeElsewhere = false
    /// Since its answer passed what it says stands; `nil` before it did, or where the journal could not be read.
    package var standing: LoanStanding?
    /// Whether the kiosk told of it late: it was made before the answer passed, and nobody knows when.
    package var isLate = false
}

/// What became of an order.
package enum ProxyEnd: Hashable, Sendable {
    /// The tags are as the answer wants them, read back.
    case followed
    /// No tag had to follow: the answer wants them as they are, or the item does not lie there and need not.
    case nothing
    /// The tags are not as the answer wants them, and why.
    case failed(String)
}
