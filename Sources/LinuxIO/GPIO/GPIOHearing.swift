import Wire

/// Which chips' inputs are heard and which are not, when another attempt is due, and what staff are told of it.
///
/// Told is what changes: an input that is deaf for two reasons is told once, and once more when none is left.
struct GPIOHearing: Hashable, Sendable {
    /// Between two attempts. An open fire contact must not wait longer for one, and a chip that is not there is looked
    /// for in a millisecond.
    static let pause: Duration = .seconds(1)

    /// The inputs' names, chip by chip.
    private let names: [[String]]
    private var lost: Set<Int> = []
    private var cannotWait = false
    private var told: Set<Int> = []
    /// When the next attempt is due; ``Deadline/never`` while all is heard.
    ///
    /// What other chips tell meanwhile does not move it.
    private(set) var attempt = Deadline.never

    init(_ names: [[String]]) {
        self.names = names
    }

    /// A chip's lines are not held any more.
    mutating func lose(_ chip: Int, cause: String, at now: Deadline) -> [LineLoss] {
        lost.insert(chip)
        return news(cause, at: now)
    }

    /// A chip's lines are held again.
    mutating func regain(_ chip: Int, at now: Deadline) -> [LineLoss] {
        lost.remove(chip)
        return news(nil, at: now)
    }

    /// The kernel does not wake us for any chip: until it does, levels are looked at once in a ``pause``.
    mutating func waitingFailed(cause: String, at now: Deadline) -> [LineLoss] {
        cannotWait = true
        return news(cause, at: now)
    }

    /// The kernel has waited for us, whether something came or not.
    mutating func waited(at now: Deadline) -> [LineLoss] {
        guard cannotWait else { return [] }
        cannotWait = false
        return news(nil, at: now)
    }

    /// Whether an attempt is due; when it is, the next one is put off.
    mutating func isDue(at now: Deadline) -> Bool {
        guard attempt <= now else { return false }
        attempt = now + Self.pause
        return true
    }

    private mutating func news(_ cause: String?, at now: Deadline) -> [LineLoss] {
        let deaf = cannotWait ? Set(names.indices) : lost
        defer { told = deaf }
        if deaf.isEmpty {
            attempt = .never
        } else if attempt == .never {
            attempt = now + Self.pause
        }
        return deaf.symmetricDifference(told).sorted().map { chip in
            LineLoss(inputs: names[chip], cause: deaf.contains(chip) ? cause : nil)
        }
    }
}
