import Tags

/// What the security desk hears of.
enum SecurityNews: Hashable, Sendable {
    case round(StationRound)
    /// A reader was pulled, or is no longer configured.
    case gone(_ reader: String)
    /// Time has passed.
    case tick
}

/// What waits while the desk is busy, for seconds where a library system takes its time.
///
/// What a pad has told comes first and is never lost: it tells once what lies there, and the desk writes there. A wand
/// that walks along shelves, or a busy gate, tells more than can wait; of theirs the oldest goes. The ticks of the clock
/// take turns with those, so that neither waits for the other's end.
struct SecurityInbox: Sendable {
    private var gone: [String] = []
    /// One look of each pad at most, which has in it those before.
    private var pads: [StationRound] = []
    private var others: [StationRound] = []
    private var isTickDue = false
    private var wasTick = false

    /// Looks of wands and gates that may wait, and tags that have come to one pad.
    static let most = 256

    mutating func take(_ round: StationRound) {
        guard round.role == .pad else {
            if others.count >= Self.most { others.removeFirst() }
            others.append(round)
            return
        }
        guard let place = pads.firstIndex(where: { $0.reader == round.reader }) else {
            pads.append(round)
            return
        }
        pads[place] = Self.merged(pads[place], round)
    }

    /// A reader is gone, and what it has told: another one of its name begins with an empty field.
    mutating func forget(_ reader: String) {
        pads.removeAll { $0.reader == reader }
        others.removeAll { $0.reader == reader }
        if !gone.contains(reader) { gone.append(reader) }
    }

    /// Time has passed; one tick at a time waits.
    mutating func tick() { isTickDue = true }

    /// What has its turn; `nil` when nothing waits.
    mutating func next() -> SecurityNews? {
        if !gone.isEmpty { return .gone(gone.removeFirst()) }
        if !pads.isEmpty { return .round(pads.removeFirst()) }
        if isTickDue, !wasTick || others.isEmpty {
            (isTickDue, wasTick) = (false, true)
            return .tick
        }
        wasTick = false
        return others.isEmpty ? nil : .round(others.removeFirst())
    }

    /// A later look with what came before it; of too many those stay that still lie there.
    private static func merged(_ earlier: StationRound, _ later: StationRound) -> StationRound {
        let again = Set(later.arrived.map(\.uid))
        var arrived = earlier.arrived.filter { !again.contains($0.uid) }
        if arrived.count + later.arrived.count > Self.most {
            let present = Set(later.present)
            arrived.removeAll { !present.contains($0.uid) }
        }
        var round = later
        round.arrived = arrived + later.arrived
        return round
    }
}
