/// How good the air is between an antenna and its tags.
package struct RadioConditions: Hashable, Sendable {
    /// How deeply the reader modulates its field; decides how long an empty slot takes (iso15693 §6.2).
    package enum Modulation: String, Hashable, Sendable {
        /// 100 %.
        case full
        /// 10 %.
        case shallow
    }

    /// How deeply the reader modulates; ``Modulation/full`` has the shorter wait for nothing.
    package var modulation: Modulation = .full
    /// Chance that one bit of an answer arrives wrong from a tag on the antenna.
    package var bitErrorRate = 0.0
    /// Chance that a request does not reach a tag, whatever the distance.
    package var lostRequests = 0.0
    /// Chance that a tag's answer does not reach the reader.
    package var lostAnswers = 0.0
    /// Chance that a tag which has written answers later than the 20 ms a reader waits.
    package var lateWrites = 0.0
    /// How many times stronger an answer must be to drown all others.
    package var captureRatio = 2.5
    /// Coupling above which a tag always has power enough.
    package var certainCoupling = 0.3
    /// Coupling below which it never has.
    package var leastCoupling = 0.15

    package init() {}

    /// The chance that a tag hears one request.
    func hearing(at coupling: Double) -> Double {
        min((coupling - leastCoupling) / (certainCoupling - leastCoupling), 1) * (1 - lostRequests)
    }

    /// The chance that an answer of so many bits arrives damaged; noise grows as the signal fades.
    func damage(bits: Int, at coupling: Double) -> Double {
        guard bitErrorRate > 0, coupling > 0 else { return 0 }
        let rate = min(bitErrorRate / (coupling * coupling), 1)
        var intact = 1.0
        for _ in 0..<bits { intact *= 1 - rate }
        return 1 - intact
    }
}
