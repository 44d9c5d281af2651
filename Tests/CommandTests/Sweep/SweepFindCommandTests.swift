import API
import ArgumentParser
import Testing

@testable import Command

@Suite struct SweepFindCommandTests {
    private func lines(_ item: Move.Item) throws -> [String] {
        let place = FindPlace(item: item, location: nil, before: [], behind: [], lastSeen: nil, isTagKnown: false)
        return try SweepFindCommand.parse([item.barcode]).lines(of: place)
    }

    @Test func `an item is told by call number and title`() throws {
        let item = Move.Item(barcode: "3012", callNumber: "QA 76 .B1", title: "Sorting")
        #expect(try lines(item) == ["QA 76 .B1  Sorting", "never seen in a sweep"])
    }

    @Test func `of an item that the holdings do not know no empty line is told`() throws {
        let item = Move.Item(barcode: "3099", callNumber: nil, title: nil)
        #expect(try lines(item).first == "3099: the holdings say neither call number nor title")
    }
}
