/// What a gate that is polled asks the air for, one step after the other.
///
/// Lent items carry another AFI and keep silent: polls for the exact values of what is armed cost no time for them. A
/// look without AFI now and then counts what passes lawfully and hears tags that are parked.
package struct GateScan: Hashable, Sendable {
    /// One question to the air, asked with one inventory or one command.
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

    /// What the reader can ask the air for.
    package struct Means: Hashable, Sendable {
        /// Whether it can limit an inventory to one AFI.
        package var hasAFI: Bool
        /// Whether it can carry a poll of ours in one slot, although its own inventory knows no AFI. Such polls are
        /// relied on only once they have found a tag that the inventory found too: a reader that never hands on an
        /// answer would be deaf otherwise.
        package var hasPoll: Bool
        /// Whether it can ask for EAS.
        package var hasEAS: Bool

        package init(hasAFI: Bool, hasPoll: Bool = false, hasEAS: Bool = false) {
            self.hasAFI = hasAFI
            self.hasPoll = hasPoll
            self.hasEAS = hasEAS
        }
    }

    /// How far polls of a reader are relied on.
    package enum Trust: Hashable, Sendable {
        case unproven, proven, refused
    }

    /// Every so many rounds everybody is asked.
    private static let allEvery = 8
    /// Polls that missed a tag which was there, one after the other, until they are given up.
    private static let mostMisses = 3
    /// Refusals of a step, one after the other, until it is given up.
    private static let mostRefusals = 3
    /// Looks that try to name who sounded an EAS alarm.
    private static let namings = 3
    /// Makers whose chips know EAS (datamodels §2.3): NXP.
    private static let easMakers: [UInt8] = [0x04]

    private let armed: Set<UInt8>
    private let hasAFI: Bool
    private let needsAFI: Bool
    private var polls: [Step]
    private var alarms: [Step]
    /// How far polls of ours are relied on: ``Trust/proven`` from the start where the reader can limit an inventory to
    /// an AFI, ``Trust/refused`` where no polls are made.
    package private(set) var trust: Trust
    private var misses = 0
    /// How often a step was refused since it was answered last.
    private var refusals: [Step: Int] = [:]
    /// Whether the poll that comes next is for a tag that is surely there.
    private var isTrial = false
    /// Whether the look that comes next follows a poll that was answered.
    private var isNaming = false
    private var place = 0
    private var rounds = 0
    private var pending: [Step] = []

    /// Plans the rounds: a poll for each AFI that counts as armed where the site uses the AFI, and EAS where the site
    /// uses that, each as far as the reader has the means.
    package init(_ security: SecurityPolicy, _ means: Means) {
        let armed = security.alsoArmed.union([security.armedValue])
        self.armed = armed
        hasAFI = means.hasAFI
        needsAFI = security.mechanism != .eas
        let usesAFI = needsAFI && (means.hasAFI || means.hasPoll)
        polls = usesAFI ? armed.sorted().map(Step.poll) : []
        alarms = means.hasEAS && security.mechanism != .afi ? Self.easMakers.map(Step.eas) : []
        trust = means.hasAFI ? .proven : usesAFI ? .unproven : .refused
    }

    private var round: [Step] { trust == .proven ? polls + alarms : alarms }

    package mutating func next() -> Step {
        if !pending.isEmpty { return pending.removeFirst() }
        let round = round
        // Where the AFI tells and cannot be polled for, everybody is asked each time.
        if round.isEmpty || needsAFI && trust != .proven { return .all }
        if place >= round.count {
            place = 0
            rounds += 1
            if rounds.isMultiple(of: Self.allEvery) { return .all }
        }
        defer { place += 1 }
        return round[place]
    }

    /// Takes what a step brought: a hit without a name is followed by the question who it is.
    ///
    /// - Parameters:
    ///   - hit: that somebody was heard.
    ///   - newcomers: the AFIs of tags that came in this look, where they were read.
    package mutating func took(_ step: Step, hit: Bool, newcomers: Set<UInt8> = []) {
        refusals[step] = nil
        switch step {
        case .poll(let afi):
            if isTrial { judge(hit) }
            guard hit else { return }
            pending = [hasAFI ? .name(afi: afi) : .all]
            isNaming = true
        case .eas where hit: pending = Array(repeating: .all, count: Self.namings)
        case .all:
            // Whoever sounded the alarm has a name now.
            if hit { pending = [] }
            // An armed newcomer that no poll had announced: would a poll find it?
            if !hasAFI, trust != .refused, !isNaming, let afi = newcomers.intersection(armed).min() {
                pending = [.poll(afi: afi)]
                isTrial = true
            }
            isNaming = false
        case .name, .eas: break
        }
    }

    /// The reader refused a step, and may have gone wrong on air: only one that it refuses again and again is asked no
    /// more.
    package mutating func refused(_ step: Step) {
        refusals[step, default: 0] += 1
        if refusals[step, default: 0] >= Self.mostRefusals { return lacks(step) }
        pending = []
        isTrial = false
    }

    /// The reader does not know a step: it is asked no more.
    package mutating func lacks(_ step: Step) {
        switch step {
        case .poll: trust = .refused
        case .eas: alarms = []
        case .name, .all: break
        }
        pending = []
        isTrial = false
        place = 0
    }

    private mutating func judge(_ found: Bool) {
        isTrial = false
        misses = found ? 0 : misses + 1
        if found { trust = .proven }
        if misses >= Self.mostMisses {
            trust = .refused
            place = 0
        }
    }
}
