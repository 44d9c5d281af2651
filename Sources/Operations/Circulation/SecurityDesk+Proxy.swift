import Library

extension SecurityDesk {
    /// Makes the tags on the pad beside a kiosk follow what the library system answered it.
    ///
    /// A loan whose item shall stay armed is written down, so that no device takes the bit for a wrong one. Returns why the
    /// tags do not follow, `nil` when they do.
    func follow(_ order: ProxyOrder, on station: Station) async -> String? {
        let (item, cause) = (order.item, order.cause)
        switch order.verdict {
        case .leave: return nil
        case .keep(let why):
            _ = try? await flip([item], to: cause == .checkin ? .armed : .disarmed, cause: cause, on: station) { _ in
                .agreedWithoutChange(why)
            }
            return nil
        case .change(let wanted):
            do {
                return try await change(item, to: wanted, cause: cause, on: station).shortfall
            } catch {
                return "\(error)"
            }
        }
    }
}
