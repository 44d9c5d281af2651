import Testing

struct GateScenarioTests {
    @Test(arguments: try GateScenario.all())
    func `each situation at the door ends as its file says`(_ scenario: GateScenario) throws {
        #expect(!scenario.steps.isEmpty)
        #expect(try scenario.differences() == [])
    }

    @Test func `there are as many situations as were promised`() throws {
        let scenarios = try GateScenario.all()
        #expect(scenarios.count >= 40)
        #expect(Set(scenarios.map(\.name)).count == scenarios.count)
    }

    @Test func `a file with a word that nobody knows is refused with its line`() throws {
        #expect(throws: GateScenario.Unreadable.self) {
            try GateScenario.read("situation x\nbook A armed, flying\n", file: "f")
        }
        #expect(throws: GateScenario.Unreadable.self) { try GateScenario.read("0 s: A -> nothing\n", file: "f") }
    }
}
