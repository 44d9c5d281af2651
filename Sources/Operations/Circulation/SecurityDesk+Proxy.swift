import Library
import Store

extension SecurityDesk {
    /// Makes the tags on the pad beside a kiosk follow what the library system answered it.
    ///
    /// A loan whose item shall stay armed is written down, so that no device takes the bit for a wrong one. What stands
    /// although the tags could not be reached is left open: nobody asks us a second time. A renewal is not: what is
    /// renewed is at home as a rule, and its tags were released when it was lent. What a younger loan or return has
    /// overtaken is dropped: the tags follow that one, and it is a failure only where that one wants something else.
    func follow(_ order: ProxyOrder, on station: Station) async -> ProxyEnd {
        let (item, cause) = (order.item, order.cause)
        switch order.verdict {
        case .leave: return .nothing
        case .keep(let why):
            guard !order.mayBeElsewhere, (try? mayBeBack(order)) != true else { return .nothing }
            let wanted: SecurityState = cause == .checkin ? .armed : .disarmed
            _ = try? await flip([item], to: wanted, cause: cause, on: station, standing: standing(order)) { _ in
                .agreedWithoutChange(why)
            }
            return .nothing
        case .change(let wanted):
            do {
                if order.mayBeElsewhere, try !isRenewedHere(item, on: station) { return .nothing }
                if try mayBeBack(order) {
                    return .failed("a return of the item was kept, and the loan that was told late may be older")
                }
                var since = try standing(order)
                since.isLeftOpen = !order.mayBeElsewhere
                let report = try await flip([item], to: wanted, cause: cause, on: station, standing: since)[0]
                switch report.end {
                case .refused(.notOnPad) where order.mayBeElsewhere: return .nothing
                case .refused(.overtaken(_, let younger, _)) where younger == cause: return .nothing
                default: return report.shortfall.map(ProxyEnd.failed) ?? .followed
                }
            } catch {
                // What is renewed is at home as a rule, and was released when it was lent.
                if order.mayBeElsewhere, lying[station.setup.name] == nil { return .nothing }
                return .failed("\(error)")
            }
        }
    }

    /// Since its answer passed what an order says stands.
    private func standing(_ order: ProxyOrder) throws -> LoanStanding {
        if let standing = order.standing { return standing }
        return try loanNow()
    }

    /// Whether the item may have come back since a loan that a kiosk made by itself and told late.
    private func mayBeBack(_ order: ProxyOrder) throws -> Bool {
        guard order.isLate, order.cause == .checkout else { return false }
        let names = try store.names(ofItem: order.item).all
        return try store.storedReturns().contains { names.contains($0.barcode) }
    }

    /// Whether an item that was renewed lies here and has to be released: not one that the library system wanted to
    /// stay armed when it was lent.
    private func isRenewedHere(_ item: String, on station: Station) throws -> Bool {
        if try store.lastWord(of: store.names(ofItem: item).own)?.lastResult?.outcome == .kept { return false }
        // Before the pad's first look nobody knows what lies there.
        guard let present = lying[station.setup.name] else { return true }
        return try store.tags(ofItem: item).contains { present.contains($0.uid) }
    }
}
