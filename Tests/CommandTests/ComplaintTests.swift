import API
import Testing

@testable import Command

@Suite struct ComplaintTests {
    @Test func `a problem of the daemon is passed on in its own words`() {
        let problem = Problem(
            type: "reader-offline",
            title: "Reader offline",
            status: 503,
            detail: "pad-1: found no answer for 4 s",
            hint: "look at its cable"
        )
        #expect(Complaint(problem) == Complaint("pad-1: found no answer for 4 s", hint: "look at its cable"))
    }

    @Test func `a problem without detail is told by its title`() {
        #expect(Complaint(Problem(type: "x", title: "Too large", status: 413, detail: "")).message == "Too large")
    }

    @Test func `the argument parser speaks in our voice`() {
        let text = """
            Error: Missing expected argument '<hex> ...'.
            Help:  <hex>  User memory.
            Usage: pressmark tag explain <hex> ... [--json]
              See 'pressmark tag explain --help' for more information.
            """
        let complaint = Complaint(usage: text)
        #expect(complaint.message == "missing expected argument '<hex> ...'")
        #expect(
            complaint.hint == "usage: pressmark tag explain <hex> ... [--json]\n      see pressmark tag explain --help"
        )
        #expect(complaint.isUsage)
    }
}
