import Field
import Testing

@Suite struct CouplingTests {
    @Test func `coupling fades with distance and is just enough at the reach`() {
        #expect(Coupling.at(distance: 0, reach: 100) == 1)
        #expect(abs(Coupling.at(distance: 100, reach: 100) - 0.3) < 0.001)
        let steps = stride(from: 0.0, through: 300, by: 10).map { Coupling.at(distance: $0, reach: 100) }
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func `beyond the farthest distance nothing is heard`() {
        let conditions = RadioConditions()
        #expect(Coupling.at(distance: 100 * Coupling.farthest, reach: 100) < conditions.leastCoupling)
    }

    @Test func `neighbours share the field`() {
        #expect(Coupling.besideNeighbour(gap: 0) == 0.5)
        #expect(Coupling.besideNeighbour(gap: 15) == 1)
        #expect(Coupling.besideNeighbour(gap: 100) == 1)
        #expect(Coupling.besideNeighbour(gap: -5) == 0.5)
    }

    @Test func `a stack is heard from below, up to its top`() {
        #expect(Coupling.inStack(level: 0) == 1)
        #expect(Coupling.inStack(level: 9) > RadioConditions().certainCoupling)
        #expect(Coupling.inStack(level: 100) == 0)
    }

    @Test(arguments: [(-1.0, 100.0), (10, 0), (10, -5)])
    func `nonsense couples nothing`(distance: Double, reach: Double) {
        #expect(Coupling.at(distance: distance, reach: reach) == 0)
    }
}
