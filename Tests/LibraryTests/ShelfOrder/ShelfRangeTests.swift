import Library
import Testing

@Suite struct ShelfRangeTests {
    private func key(_ number: String, _ scheme: CallNumberScheme = .lcc) throws -> ShelfKey {
        try ShelfKey.filed(number, scheme: scheme).get()
    }

    @Test func `a range takes in everything filed under its last number`() throws {
        let range = try ShelfRange(from: "QA 76", to: "QA 77", scheme: .lcc)
        for inside in ["QA 76", "QA76.73 .J38 2005", "QA 76 .Z9", "QA 77", "QA 77.5 .A1", "QA 77 .Z99 2020 v.9"] {
            #expect(range.contains(try key(inside)), "\(inside)")
        }
        for outside in ["QA 75.9 .Z9", "QA 78", "QA 760", "QA 7", "QB 76", "Q 76"] {
            #expect(!range.contains(try key(outside)), "\(outside)")
        }
    }

    @Test func `class letters alone are a bound`() throws {
        let range = try ShelfRange(from: "QA", to: "QB", scheme: .lcc)
        #expect(range.contains(try key("QA 1")))
        #expect(range.contains(try key("QB 991 .Z5")))
        #expect(!range.contains(try key("QC 1")))
        #expect(!range.contains(try key("Q 999")))
        let all = try ShelfRange(from: "Q", to: "Q", scheme: .lcc)
        #expect(all.contains(try key("QZ 50")))
        #expect(!all.contains(try key("R 1")))
    }

    @Test func `a dewey range includes the decimals of its last number`() throws {
        let range = try ShelfRange(from: "510", to: "519", scheme: .ddc)
        #expect(range.contains(try key("519.5 SMI", .ddc)))
        #expect(range.contains(try key("510", .ddc)))
        #expect(!range.contains(try key("520", .ddc)))
        #expect(!range.contains(try key("51", .ddc)))
        #expect(!range.contains(try key("5190", .ddc)))
    }

    @Test func `an open end reaches to the end of the shelf`() throws {
        let from = try ShelfRange(from: "T 1", to: nil, scheme: .lcc)
        #expect(from.contains(try key("Z 9999 .Z99")))
        #expect(!from.contains(try key("S 1")))
        let all = try ShelfRange(from: nil, to: nil, scheme: .lcc)
        #expect(all.contains(try key("A 1")))
        #expect(all.upper == [0xFF])
    }

    @Test func `a range that ends before it begins is refused with both bounds`() {
        let wanted = UnsortableCallNumber(
            callNumber: "QA 76",
            scheme: .lcc,
            reason: .endsBeforeItBegins(beginning: "QA 77")
        )
        #expect(throws: wanted) { try ShelfRange(from: "QA 77", to: "QA 76", scheme: .lcc) }
        #expect(wanted.description == "range: found its end \"QA 76\" before its beginning \"QA 77\"")
    }

    @Test func `a bound that is no call number is refused`() {
        #expect(throws: UnsortableCallNumber.self) { try ShelfRange(from: "76", to: "QA 77", scheme: .lcc) }
    }
}
