import Tags
import Testing

@testable import Field

private func shelf(_ thicknesses: [Double], depth: Double = 0) -> Shelf {
    Shelf(zip(someTags(thicknesses.count), thicknesses).map { ShelvedTag(tag: $0, thickness: $1, depth: depth) })
}

@Suite struct ShelfTests {
    @Test func `books stand side by side, tags in their middle`() {
        let shelf = shelf([20, 40, 10])
        #expect(shelf.length == 70)
        #expect(shelf.stands.map(\.centre) == [10, 40, 65])
    }

    @Test func `a wand reaches the stands around it`() {
        let shelf = shelf([Double](repeating: 10, count: 100))
        // 1.4 times 50 mm to each side of 500 mm: centres 435 to 565.
        #expect(shelf.reached(from: 500, reach: 50) == 43..<57)
        #expect(shelf.reached(from: -500, reach: 50).isEmpty)
        #expect(shelf.reached(from: 5000, reach: 50).isEmpty)
        #expect(Shelf().reached(from: 0, reach: 50).isEmpty)
    }

    @Test func `a tag is heard worse far away, deep in the book, and beside thin neighbours`() {
        let thick = shelf([40, 40, 40])
        let near = thick.coupling(of: 1, from: 60, reach: 100)
        #expect(near == 1)
        #expect(thick.coupling(of: 1, from: 120, reach: 100) < near)
        #expect(shelf([40, 40, 40], depth: 60).coupling(of: 1, from: 60, reach: 100) < near)
        #expect(shelf([5, 5, 5]).coupling(of: 1, from: 7.5, reach: 100) < 0.5)
    }

    @Test func `a book of no thickness stands where it stands`() throws {
        let shelf = shelf([20, -3, 20])
        #expect(shelf.length == 40)
        try #require(shelf.stands.count > 1)
        #expect(shelf.stands[1].centre == 20)
    }
}
