import Tags

/// What a gate remembers of one tag from hearing to hearing. All times are uptimes.
struct GatePresence: Hashable, Sendable {
    /// When it came, and when it was heard last.
    var first: Duration
    var last: Duration
    var firstMoment: Moment
    var hearing: GateHearing
    var decision: GateDecision
    var hearings = 0
    /// Antennas that have heard it since it came, a bit for each of the first 64.
    var antennas: UInt64 = 0

    /// Whether it rang, or was written down instead, since it came.
    var hasRung = false
    /// Until when its alarm waits for the library system or for its direction; `nil` when it does not wait.
    var ringAt: Duration?
    var wasAsked = false
    var toldDirection = false

    /// Why it does not ring although it may be heard.
    var block: GateParking.Kind?
    /// Antennas that heard it until it was blocked: where it lies.
    var home: UInt64 = 0
    /// How often it rang, and when first, lately.
    var rings = 0
    var firstRing: Duration = .zero

    /// The antennas where it was heard first and last, as places along its lane.
    var lane: Int?
    var firstPlace: Int?
    var lastPlace: Int?

    /// Notes one more hearing.
    mutating func hear(_ hearing: GateHearing, at uptime: Duration, lanes: [GateLane]) {
        self.hearing = hearing
        last = uptime
        hearings += 1
        guard let antenna = hearing.antenna else { return }
        antennas |= Self.bit(antenna)
        for (number, lane) in lanes.enumerated() {
            guard let place = lane.antennas.firstIndex(of: antenna) else { continue }
            if self.lane == nil || self.lane == number {
                self.lane = number
                firstPlace = firstPlace ?? place
                lastPlace = place
            }
            break
        }
    }

    /// Which way it went, by the antennas that heard it one after the other.
    var direction: GateDirection? {
        guard let firstPlace, let lastPlace, firstPlace != lastPlace else { return nil }
        return lastPlace > firstPlace ? .outward : .inward
    }

    /// Whether it is heard where it was never heard while it lay there: somebody carries it.
    func hasMoved(_ antenna: Int?) -> Bool {
        guard let antenna, home != 0 else { return false }
        return home & Self.bit(antenna) == 0
    }

    /// The antennas, counted from 1.
    var antennaNumbers: [Int] { (0..<64).filter { antennas & 1 << UInt64($0) != 0 }.map { $0 + 1 } }

    static func bit(_ antenna: Int) -> UInt64 {
        (1...64).contains(antenna) ? 1 << UInt64(antenna - 1) : 0
    }
}
