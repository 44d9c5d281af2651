import Foundation
import Testing

@Suite struct FigureTests {
    @Test func `the ratio is to the peer, without one to the goal, and to nothing else`() {
        #expect(Figure("import", 80, "s", goal: .most(1.5), peer: .init("sqlite3", 50)).ratio == 1.6)
        #expect(Figure("decode", 1500, "tags/s", goal: .least(1000)).ratio == 1.5)
        #expect(Figure("opening", 14, "ms", goal: .most(200)).ratio == 0.07)
        #expect(Figure("looks", 8, "/s").ratio == nil)
        #expect(Figure("false alarms", 1, "", goal: .most(0)).ratio == nil)
    }

    /// `Scripts/bench` reads it, and whoever compares two runs.
    @Test func `figures are an array of objects that name what they hold`() throws {
        let figures = [
            Figure("a/b", 3, "ms", goal: .most(1.15), peer: .init("least", 2), also: ["largest ms": 9]),
            Figure("c", 5, "MB"),
        ]
        let json = try Figure.json(figures)
        let wanted = """
            [{"also":{"largest ms":9},"benchmark":"a/b","goal":{"most":1.15},"measured":3,
            "peer":{"name":"least","value":2},"ratio":1.5,"unit":"ms"},
            {"also":{},"benchmark":"c","measured":5,"unit":"MB"}]
            """
        let found = json.filter { !$0.isWhitespace }
        #expect(found == wanted.filter { !$0.isWhitespace })
        #expect(try JSONDecoder().decode([Figure].self, from: Data(json.utf8)) == figures)
    }

    @Test func `parts of one bench come together in one file, and what is measured again takes its own place`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "figures-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let latency = Figure("gate: latency", 0.2, "ms", goal: .most(1))
        let traffic = Figure("gate: traffic", 5, "passages/s")
        try Figure.add([latency], to: file.path)
        try Figure.add([Figure("gate: traffic", 4, "passages/s")], to: file.path)
        try Figure.add([traffic], to: file.path)
        #expect(try JSONDecoder().decode([Figure].self, from: Data(contentsOf: file)) == [latency, traffic])
    }
}
