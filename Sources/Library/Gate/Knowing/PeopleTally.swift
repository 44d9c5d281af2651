/// What a gate's counter board told, as counts that only grow: boards are set back, wrap around, and lose power.
package struct PeopleTally: Hashable, Sendable {
    /// The board's own numbers at the last look; `nil` before the first.
    package private(set) var incomingBoard: UInt32?
    /// The same for the way out.
    package private(set) var outgoingBoard: UInt32?
    /// People in and out since this tally began, corrections included.
    package private(set) var incoming: Int
    /// People out since this tally began, corrections included.
    package private(set) var outgoing: Int
    private var lastLook: Duration?

    /// Takes a tally up again after a restart: the board may have counted on meanwhile.
    ///
    /// - Parameter lastLook: when the board was asked last, on the clock of the looks that follow.
    package init(incoming: Int, outgoing: Int, board: (incoming: UInt32, outgoing: UInt32), lastLook: Duration) {
        self.incoming = incoming
        self.outgoing = outgoing
        incomingBoard = board.incoming
        outgoingBoard = board.outgoing
        self.lastLook = lastLook
    }

    /// More people than this do not go through a gate in a second, one way.
    private static let mostPerSecond = 5
    /// Added to what may have passed: boards tell in bursts.
    private static let slack = 30
    /// A number near the end of 32 bits that became small has wrapped around.
    private static let nearEnd: UInt32 = 0xFFFF_0000

    package init(incoming: Int = 0, outgoing: Int = 0) {
        self.incoming = incoming
        self.outgoing = outgoing
    }

    /// What one look at the board brought.
    package enum Change: Hashable, Sendable {
        /// The first look, which only says where the board stands.
        case first
        /// How many came in and went out since the last look.
        case people(incoming: Int, outgoing: Int)
        /// The board was set back, by somebody or by a loss of power; what it shows since is counted.
        case reset(incoming: Int, outgoing: Int)
        /// So many people did not pass: the numbers are taken as the new start and nothing is counted.
        case impossible(incoming: Int, outgoing: Int)
    }

    /// Takes the board's numbers.
    package mutating func take(incoming newIn: UInt32, outgoing newOut: UInt32, at uptime: Duration) -> Change {
        defer {
            incomingBoard = newIn
            outgoingBoard = newOut
            lastLook = uptime
        }
        guard let oldIn = incomingBoard, let oldOut = outgoingBoard, let lastLook else { return .first }
        let (more, outReset) = Self.growth(from: oldOut, to: newOut)
        let (people, inReset) = Self.growth(from: oldIn, to: newIn)
        // A board that is set back is set back whole.
        let isReset = inReset || outReset
        let came = isReset ? Int(newIn) : people
        let went = isReset ? Int(newOut) : more
        let seconds = Int(max(.zero, uptime - lastLook).components.seconds)
        let most = Self.slack + seconds.multipliedReportingOverflow(by: Self.mostPerSecond).partialValue
        guard came <= most, went <= most else { return .impossible(incoming: came, outgoing: went) }
        incoming += came
        outgoing += went
        return isReset ? .reset(incoming: came, outgoing: went) : .people(incoming: came, outgoing: went)
    }

    /// Whether its counters never counted: a board may have more of them than the gate has lanes.
    package var isUnused: Bool {
        incoming == 0 && outgoing == 0 && (incomingBoard ?? 0) == 0 && (outgoingBoard ?? 0) == 0
    }

    /// How many are inside by the count; below zero when more were counted out.
    package var inside: Int { incoming - outgoing }

    /// At closing time nobody is inside: whatever the count says is drift, which is spread to the side that fell short.
    ///
    /// Returns how many were added, negative for those added to the way in; zero when the count was right.
    package mutating func close(inside really: Int = 0) -> Int {
        let drift = inside - really
        if drift > 0 { outgoing += drift } else { incoming -= drift }
        return drift
    }

    private static func growth(from old: UInt32, to new: UInt32) -> (Int, isReset: Bool) {
        if new >= old { return (Int(new - old), false) }
        if old >= nearEnd, new < UInt32.max - nearEnd { return (Int(new &- old), false) }
        return (0, true)
    }
}
