import Library
import Store

extension SecurityDesk {
    /// Makes the tags on the pad beside a kiosk follow what the library system answered it.
    ///
    /// A loan whose item shall stay armed is written down, so that no device takes the bit for a wrong one.
    func follow(_ order: ProxyOrder, on station: Station) async -> ProxyEnd {
        let (item, cause) = (order.item, order.cause)
        switch order.verdict {
        case .leave: return .nothing
        case .keep(let why):
            guard !order.mayBeElsewhere else { return .nothing }
            _ = try? await flip([item], to: cause == .checkin ? .armed : .disarmed, cause: cause, on: station) { _ in
                .agreedWithoutChange(why)
            }
            return .nothing
        case .change(let wanted):
            do {
                if order.mayBeElsewhere, try !isRenewedHere(item, on: station) { return .nothing }
                let report = try await change(item, to: wanted, cause: cause, on: station)
                if order.mayBeElsewhere, case .refused(.notOnPad) = report.end { return .nothing }
                return report.shortfall.map(ProxyEnd.failed) ?? .followed
            } catch {
                return .failed("\(error)")
            }
        }
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
