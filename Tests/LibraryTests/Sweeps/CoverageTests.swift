import Library
import Testing

struct CoverageTests {
    /// `x` heard, `.` not heard; the answer in the same signs, `s` for swept.
    private func swept(_ shelf: String, reach: Int) -> String {
        let swept = Coverage(reach: reach).swept(shelf.map { $0 == "x" })
        return String(swept.map { $0 ? "s" : "-" })
    }

    @Test(arguments: [
        // One book lacks between two that were heard.
        ("xx.xx", 2, "sssss"),
        // Nothing is said beyond the first and the last book heard.
        ("..x.x..", 3, "--sss--"),
        // In a gap wider than the reach only the places near both ends would count; none has both.
        ("x......x", 3, "s------s"),
        // In a gap of five a reach of three still covers the middle, and nobody else.
        ("x.....x", 3, "s--s--s"),
        // One misplaced book in the middle of an unswept shelf makes no neighbour missing.
        ("....x....", 3, "----s----"),
        // Nothing heard at all, and an empty shelf.
        (".....", 3, "-----"),
        ("", 3, ""),
    ])
    func `a place is swept when something near was heard on both sides`(_ shelf: String, _ reach: Int, _ wanted: String)
    {
        #expect(swept(shelf, reach: reach) == wanted)
    }

    @Test func `a reach below one place is taken as one`() {
        #expect(Coverage(reach: -5).reach == 1)
        #expect(swept("x.x..x", reach: 0) == "sss--s")
    }
}
