import Testing

@testable import Command

@Suite struct SweepProjectCommandTests {
    @Test func `no sweep at all is told apart from none of a project`() {
        #expect(SweepProjectCommand.none(of: nil).message == "no sweep has been started yet")
        let none = SweepProjectCommand.none(of: "2026")
        #expect(none.message == "project 2026: no sweep belongs to it")
        #expect(none.hint?.contains("pressmark sweep project lists all") == true)
    }
}
