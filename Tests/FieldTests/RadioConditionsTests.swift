import Testing

@testable import Field

@Suite struct RadioConditionsTests {
    private let air = RadioConditions()

    @Test func `a tag near the antenna hears everything, one beyond the edge nothing`() {
        #expect(air.hearing(at: 1) == 1)
        #expect(air.hearing(at: air.certainCoupling) == 1)
        #expect(air.hearing(at: air.leastCoupling) <= 0)
        #expect((0.4...0.6).contains(air.hearing(at: (air.certainCoupling + air.leastCoupling) / 2)))
    }

    @Test func `lost requests are lost near the antenna too`() {
        var air = air
        air.lostRequests = 0.25
        #expect(air.hearing(at: 1) == 0.75)
    }

    @Test func `a long frame is damaged more often than a short one, a weak one more often than a strong one`() {
        var air = air
        #expect(air.damage(bits: 1000, at: 0.3) == 0)
        air.bitErrorRate = 0.001
        // 1 - 0.999^96.
        #expect(abs(air.damage(bits: 96, at: 1) - 0.0916) < 0.001)
        #expect(air.damage(bits: 920, at: 1) > air.damage(bits: 96, at: 1))
        #expect(air.damage(bits: 96, at: 0.3) > air.damage(bits: 96, at: 1))
        #expect(air.damage(bits: 96, at: 0) == 0)
    }
}
