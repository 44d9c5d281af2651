/// Which way something went through a gate.
package enum GateDirection: String, Hashable, Sendable, CaseIterable {
    case outward = "out"
    case inward = "in"
}

/// One passage of a gate with the antennas along it.
package struct GateLane: Hashable, Sendable {
    /// As staff call it: `left lane`.
    package var name: String
    /// Antenna numbers in the order in which somebody who leaves passes them; antennas side by side belong to two
    /// lanes.
    package var antennas: [Int]

    package init(name: String, antennas: [Int]) {
        self.name = name
        self.antennas = antennas
    }
}

/// A light beam or a counter told that somebody went through.
struct GateCrossing: Hashable, Sendable {
    /// How far a crossing may lie from a tag's hearing and still belong to it.
    static let reach: Duration = .seconds(2)

    var direction: GateDirection
    var uptime: Duration
}

/// Makes directions of two beams: the inner one broken before the outer one is a person leaving.
struct GateBeams: Sendable {
    enum Beam: Hashable, Sendable { case inner, outer }

    private var last: (beam: Beam, uptime: Duration)?

    init() {}

    /// The crossing that this beam completes, when the other one was broken a moment before.
    mutating func broken(_ beam: Beam, at uptime: Duration) -> GateCrossing? {
        defer { last = (beam, uptime) }
        guard let last, last.beam != beam, uptime - last.uptime <= GateCrossing.reach else { return nil }
        self.last = nil
        return GateCrossing(direction: beam == .outer ? .outward : .inward, uptime: uptime)
    }
}
