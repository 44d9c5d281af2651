import Foundation
import Library
import Tags
import Testing

struct GatePolicyFileTests {
    private static func mistakes(_ text: String) -> [GatePolicyFile.Mistake] {
        guard case .failure(let mistakes) = GatePolicyFile.apply(text, to: GatePolicy()) else { return [] }
        return mistakes.list
    }

    @Test func `a whole file changes what it names and nothing else`() throws {
        let text = """
            # our rules
            not on loan = alarm
            on loan, tag not cleared = log   # the kiosk forgets
            fresh for = 5 min
            wait for library system = 150 ms
            parked after = 90 s
            bulk = 4 in 6 s
            quiet inward = yes
            stray rings = 5
            learning until = 2027-01-31
            lane left = 1, 2
            neighbour Town Library = DE-7, DE-7a, barcode 4711
            staff devices = E004015000000001, E004015000000002
            sentinel 2 = E0040150000000AA
            sentinel side door 1 = E0040150000000AB
            """
        let policy = try GatePolicyFile.apply(text, to: GatePolicy()).get()
        var wanted = GatePolicy(responses: [.notOnLoan: .alarm, .notCleared: .log], freshness: .seconds(300))
        wanted.liveBudget = .milliseconds(150)
        wanted.parkedAfter = .seconds(90)
        wanted.bulk = GateRate(count: 4, within: .seconds(6))
        wanted.quietInward = true
        wanted.strayRings = 5
        // date -d 2027-01-31 +%s: 1801353600
        wanted.learningUntil = Moment(milliseconds: 1_801_353_600_000)
        wanted.lanes = [GateLane(name: "left", antennas: [1, 2])]
        wanted.neighbours = [GateNeighbour(name: "Town Library", institutions: ["DE-7", "DE-7a"], prefixes: ["4711"])]
        wanted.staffDevices = [TagUID(0xE004_0150_0000_0001), TagUID(0xE004_0150_0000_0002)]
        wanted.sentinels = [
            TagUID(0xE004_0150_0000_00AA): GateSentinel(antenna: 2),
            TagUID(0xE004_0150_0000_00AB): GateSentinel(gate: "side door", antenna: 1),
        ]
        #expect(policy == wanted)
    }

    @Test func `the rules that docs/gate.md shows are rules`() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../../docs/gate.md").standardized
        let pieces = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n```\n")
        let shown = try #require(pieces.first { $0.hasPrefix("# what each reason does") })
        #expect(Self.mistakes(shown) == [])
        let policy = try GatePolicyFile.apply(shown, to: GatePolicy()).get()
        #expect(policy.learningUntil != nil && policy.sentinels.count == 2)
    }

    @Test func `a file with the line ends of another system says the same`() throws {
        let text = "# our rules\r\nparked after = 90 s\r\n\r\nbulk = 4 in 6 s # many\r\nstray rings = 5"
        let policy = try GatePolicyFile.apply(text, to: GatePolicy()).get()
        var wanted = GatePolicy()
        wanted.parkedAfter = .seconds(90)
        wanted.bulk = GateRate(count: 4, within: .seconds(6))
        wanted.strayRings = 5
        #expect(policy == wanted)
        #expect(Self.mistakes("# ours\r\nbulk = 5 in 5 s\r\nnonsense\r\n").map(\.line) == [3])
    }

    @Test(arguments: [
        ("not on loan", "what = how"), ("not on loan = shout", "alarm, log or silent"),
        ("frsh for = 5 min", "a reason"),
        ("fresh for = 5", "a time"), ("fresh for = -5 s", "a time"), ("bulk = many", "so many in so long"),
        ("bulk = 5 in ever", "a time"), ("stray rings = 0", "1 to 100"), ("quiet inward = maybe", "yes or no"),
        ("learning until = soon", "a day"), ("learning until = 2027-13-01", "a day"), ("lane left = a", "1 to 64"),
        ("learning until = 2027-02-29", "a day"), ("learning until = 2100-02-29", "a day"),
        ("learning until = 2027-11-31", "a day"),
        ("lane left = ,", "a list"), ("staff devices = 12", "sixteen"), ("sentinel 0 = E004015000000001", "1 to 64"),
        ("wait for library system = 30 s", "2 s at most"), ("direction patience = 5 min", "2 s at most"),
        // Rules under which the first alarm would be the last one.
        ("stack time = 1 d", "1 min at most"), ("flood = 1 in 365 d", "1 h at most"),
        ("bulk = 5 in 2 h", "1 h at most"),
    ])
    func `each mistake is told with what was wanted`(_ line: String, _ wanted: String) {
        let mistakes = Self.mistakes("# first\n\(line)\n")
        #expect(mistakes.count == 1 && mistakes.first?.line == 2)
        #expect(mistakes.first?.wanted.contains(wanted) == true, "\(mistakes)")
    }

    @Test(arguments: [("2028-02-29", 1_835_395_200_000), ("2000-02-29", 951_782_400_000)] as [(String, Int64)])
    func `a leap day is a day`(_ day: String, _ milliseconds: Int64) throws {
        let policy = try GatePolicyFile.apply("learning until = \(day)", to: GatePolicy()).get()
        #expect(policy.learningUntil == Moment(milliseconds: milliseconds))
    }

    @Test func `all mistakes are told at once, and a rule that stands twice is one`() {
        let mistakes = Self.mistakes("bulk = 5 in 5 s\nbulk = 6 in 5 s\nnonsense\n")
        #expect(mistakes.map(\.line) == [2, 3])
    }

    @Test func `a file without an end is refused by its size`() {
        #expect(Self.mistakes(String(repeating: "# \n", count: 40_000)).first?.found == "120000 bytes")
    }

    @Test(arguments: 1...200)
    func `random bytes never trap`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let words = [
            "not on loan", "=", "5", "s", "in", "lane", ",", "\u{0}", "é", "neighbour ", "sentinel 9", "\n", "#",
        ]
        let text = (0..<40).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
        switch GatePolicyFile.apply(text, to: GatePolicy()) {
        case .success(let policy): #expect(policy.bulk.count <= 1000)
        case .failure(let mistakes): #expect(!mistakes.list.isEmpty)
        }
    }
}
