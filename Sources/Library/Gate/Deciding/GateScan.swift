/// What a gate that is polled asks the air for, one step after the other.
///
/// Lent items carry another AFI and keep silent: polls for the exact values of what is armed cost no time for them. A
/// look without AFI now and then counts what passes lawfully and hears tags that are parked.
package struct GateScan: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        /// One slot, one AFI: is anybody there at all?
        case poll(afi: UInt8)
        /// Who is it? After a hit.
        case name(afi: UInt8)
        /// Everybody.
        case all
        /// Chips of this maker that have their EAS bit set, all at once and without names.
        case eas(manufacturer: UInt8)

        /// The AFI that an inventory is limited to; `nil` when everybody is asked.
        package var afi: UInt8? {
            switch self {
            case .poll(let afi), .name(let afi): afi
            case .all, .eas: nil
            }
        }
    }

    /// Every so many rounds everybody is asked.
    private static let allEvery = 8
    /// Makers whose chips know EAS (datamodels.md §2.3): NXP.
    private static let easMakers: [UInt8] = [0x04]

    private let round: [Step]
    private var place = 0
    private var rounds = 0
    private var pending: Step?

    /// - Parameters:
    ///   - hasAFI: whether the reader can limit an inventory to one AFI; without it everybody is asked each time.
    ///   - hasEAS: whether it can ask for EAS.
    package init(_ security: SecurityPolicy, hasAFI: Bool, hasEAS: Bool) {
        var round: [Step] = []
        if hasAFI, security.mechanism != .eas {
            round += security.alsoArmed.union([security.armedValue]).sorted().map(Step.poll)
        }
        if hasEAS, security.mechanism != .afi { round += Self.easMakers.map(Step.eas) }
        self.round = round
    }

    package mutating func next() -> Step {
        if let pending {
            self.pending = nil
            return pending
        }
        if round.isEmpty { return .all }
        if place == round.count {
            place = 0
            rounds += 1
            if rounds.isMultiple(of: Self.allEvery) { return .all }
        }
        defer { place += 1 }
        return round[place]
    }

    /// Takes what a step brought: a hit without a name is followed by the question who it is.
    package mutating func took(_ step: Step, hit: Bool) {
        guard hit else { return }
        switch step {
        case .poll(let afi): pending = .name(afi: afi)
        case .eas: pending = .all
        case .name, .all: break
        }
    }
}
