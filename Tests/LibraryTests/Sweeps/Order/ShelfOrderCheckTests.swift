import Testing

@testable import Library

struct ShelfOrderCheckTests {
    private static func check(
        _ books: [ShelvedItem],
        _ log: [Sighting],
        marks: [ShelfMark] = []
    ) -> (report: SweepReport, check: ShelfOrderCheck) {
        var sweep = SweepReconciliation(scope: SweepScope(), expected: books, rules: SweepRules(shelfMarks: marks))
        for sighting in log { _ = sweep.take(sighting, tag: nil, item: nil) }
        return (sweep.finished(), sweep.orderCheck())
    }

    private static let exact = SimulatedShelf.Walking(jitter: 0, burst: 1, missed: 0, walks: 1)

    @Test func `a book in another place is taken out and put between its neighbours`() throws {
        var random = SeededGenerator(state: 1)
        let books = SimulatedShelf.books(60)
        // Number 7 stands between 40 and 41.
        var order = Array(0..<60)
        order.remove(at: 7)
        order.insert(7, at: 40)
        let log = SimulatedShelf.sightings(of: order.map { books[$0].item.barcode }, Self.exact, &random)
        let report = Self.check(books, log).report
        let move = try #require(report.moves.first)
        #expect(report.moves.count == 1)
        #expect(move.item.callNumber == "N 7")
        #expect(move.belongsBetween.after?.callNumber == "N 6" && move.belongsBetween.before?.callNumber == "N 8")
        #expect(move.standsBetween.after?.callNumber == "N 39" || move.standsBetween.after?.callNumber == "N 40")
        #expect(move.places < -25)
        #expect(report.findings.map(\.kind) == [.misplaced])
    }

    @Test func `a run of books is moved as a run, and nothing beside it`() {
        var random = SeededGenerator(state: 2)
        let books = SimulatedShelf.books(300)
        let order = Array(0..<50) + Array(200..<225) + Array(50..<200) + Array(225..<300)
        let log = SimulatedShelf.sightings(of: order.map { books[$0].item.barcode }, Self.exact, &random)
        let moved = Self.check(books, log).report.moves.compactMap(\.item.callNumber)
        #expect(Set(moved) == Set((200..<225).map { "N \($0)" }))
    }

    @Test func `copies of one call number stand in any order`() {
        var random = SeededGenerator(state: 3)
        let books = SimulatedShelf.books(120) { $0 / 20 }
        var order: [Int] = []
        for group in 0..<6 { order += (group * 20..<group * 20 + 20).shuffled(using: &random) }
        let log = SimulatedShelf.sightings(of: order.map { books[$0].item.barcode }, Self.exact, &random)
        let checked = Self.check(books, log)
        #expect(checked.report.moves.isEmpty && checked.report.findings.isEmpty)
        #expect(checked.check.placed == 120)
    }

    @Test func `a wand that turns back is followed`() {
        var random = SeededGenerator(state: 4)
        let books = SimulatedShelf.books(100)
        let order = Array(0..<100) + Array((0..<99).reversed())
        let log = SimulatedShelf.sightings(of: order.map { books[$0].item.barcode }, Self.exact, &random)
        #expect(Self.check(books, log).report.moves.count == 0)
    }

    @Test func `clocks at the ends of time do no harm`() {
        let log = [Int64.min, Int64.max - 5000, Int64.max].enumerated().map { number, at in
            let barcode = SimulatedShelf.barcode(number)
            let uid = SimulatedShelf.uid(barcode)
            return Sighting(uid: uid, barcode: barcode, reader: "wand-1", at: Moment(milliseconds: at))
        }
        #expect(Self.check(SimulatedShelf.books(3), log).check.placed == 0)
    }

    @Test func `a few books say nothing of their order`() {
        var random = SeededGenerator(state: 5)
        let books = SimulatedShelf.books(8)
        let order = [7, 0, 1, 2, 3, 4, 5, 6].map { books[$0].item.barcode }
        let checked = Self.check(books, SimulatedShelf.sightings(of: order, Self.exact, &random))
        #expect(checked.check.placed == 0 && checked.report.moves.isEmpty)
    }

    @Test func `where a walk ends an odd book is doubtful, not misplaced`() {
        var random = SeededGenerator(state: 6)
        let books = SimulatedShelf.books(60)
        var order = Array(0..<60)
        order.remove(at: 7)
        order.append(7)
        let log = SimulatedShelf.sightings(of: order.map { books[$0].item.barcode }, Self.exact, &random)
        let report = Self.check(books, log).report
        #expect(report.moves.count == 0)
        #expect(report.findings.map(\.kind) == [.orderUncertain])
    }

    @Test func `shelf tags tell the right shelf before the right place`() throws {
        var random = SeededGenerator(state: 7)
        let books = SimulatedShelf.books(120)
        let marks = [0, 40, 80].map {
            ShelfMark(barcode: "9000\($0)", name: "bay \($0)", from: books[$0].key ?? ShelfKey(bytes: []))
        }
        // Number 100 stands in the first bay, number 20 a few places from where it belongs in the same bay.
        var order = (0..<120).filter { $0 != 100 && $0 != 20 }.map { books[$0].item.barcode }
        order.insert(books[100].item.barcode, at: 10)
        order.insert(books[20].item.barcode, at: 33)
        order.insert("90000", at: 0)
        order.insert("900040", at: order.firstIndex(of: books[40].item.barcode) ?? 0)
        order.insert("900080", at: order.firstIndex(of: books[80].item.barcode) ?? 0)
        let log = SimulatedShelf.sightings(of: order, Self.exact, &random)
        let report = Self.check(books, log, marks: marks).report
        #expect(report.moves.map(\.item.callNumber) == ["N 100", "N 20"])
        #expect(report.moves.first?.shelves == ShelfMove.Shelves(from: "bay 0", to: "bay 80"))
        #expect(report.moves.last?.shelves == nil)
        #expect(report.findings.map(\.kind) == [.wrongShelf, .misplaced])
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `a perfect shelf has no flag, however badly the wand tells its order`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let books = SimulatedShelf.books(400)
        var walking = SimulatedShelf.Walking()
        walking.jitter = Double.random(in: 0...6, using: &random)
        walking.burst = Int.random(in: 1...10, using: &random)
        walking.missed = Double.random(in: 0...0.4, using: &random)
        walking.walks = Int.random(in: 1...3, using: &random)
        let log = SimulatedShelf.sightings(of: books.map(\.item.barcode), walking, &random)
        #expect(Self.check(books, log).report.moves.count == 0)
    }

    /// Jitter of three books, bursts of six, one tag in ten silent, two walks; two and ten books in a hundred stand
    /// elsewhere. Two in a hundred are few in four shelves, so that their share is not told as closely.
    @Test(arguments: [(20, 0.9), (100, 0.95)])
    func `nearly all misplaced books are found, and nearly nothing else`(_ misplaced: Int, _ recall: Double) {
        var found = 0, right = 0, wrong = 0
        for seed in 1...4 as ClosedRange<UInt64> {
            var random = SeededGenerator(state: seed)
            let books = SimulatedShelf.books(1000)
            let shelf = SimulatedShelf.disordered(1000, moved: misplaced, &random)
            let order = shelf.order.map { books[$0].item.barcode }
            let log = SimulatedShelf.sightings(of: order, SimulatedShelf.Walking(), &random)
            let heard = Set(log.compactMap(\.barcode))
            let moved = Set(shelf.moved.map { books[$0].item.barcode }).intersection(heard)
            let told = Set(Self.check(books, log).report.moves.map(\.item.barcode))
            found += moved.count
            right += told.intersection(moved).count
            wrong += told.subtracting(moved).count
        }
        #expect(Double(right) >= recall * Double(found))
        #expect(Double(wrong) <= 0.05 * Double(right))
    }

    @Test func `the end of a walk counts only for what no other walk came by`() throws {
        let inside = WalkPositions.Position(number: 0, place: 50, margin: 5, isAtEnd: false)
        let end = WalkPositions.Position(number: 0, place: 90, margin: 5, isAtEnd: true)
        for positions in [[inside, end], [end, inside]] {
            var places = HeardPlaces(count: 1)
            for position in positions { places.take(position) }
            let place = try #require(places.place(0))
            #expect(place.at == 50 && !place.isDoubtful)
        }
        var alone = HeardPlaces(count: 1)
        alone.take(end)
        #expect(alone.place(0)?.isDoubtful == true)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `the moves do not depend on the order of the log`(_ seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let books = SimulatedShelf.books(150)
        let shelf = SimulatedShelf.disordered(150, moved: 5, &random)
        let order = shelf.order.map { books[$0].item.barcode }
        let log = SimulatedShelf.sightings(of: order, SimulatedShelf.Walking(), &random)
        let moves = Self.check(books, log).report.moves
        #expect(Self.check(books, (log + log).shuffled(using: &random)).report.moves == moves)
    }
}
