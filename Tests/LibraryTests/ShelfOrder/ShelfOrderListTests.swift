import Library
import Testing

/// Published and exported shelf lists: whatever stands first in them must be filed first.
@Suite(.enabled(if: CallNumberList.areThere, "the shared call-number lists are not beside the repository"))
struct ShelfOrderListTests {
    /// Pairs of neighbours that we file otherwise on purpose, with the reason.
    static let exceptions: [[String]: String] = [
        ["QA 101.1 .A101mc", "QA 101.1 .A101 A101"]:
            "the list files work marks before second cutters; by default nothing stands before something"
    ]

    @Test(arguments: CallNumberList.lcc)
    func `library of congress lists come out in their order`(_ list: CallNumberList) throws {
        try check(list, scheme: .lcc)
    }

    @Test(arguments: CallNumberList.ddc)
    func `dewey lists come out in their order`(_ list: CallNumberList) throws {
        try check(list, scheme: .ddc)
    }

    @Test(arguments: CallNumberList.other.filter { $0.list != nil })
    func `superintendent of documents lists come out in their order`(_ list: CallNumberList) throws {
        try check(list, scheme: .sudoc)
    }

    @Test(arguments: CallNumberList.other.filter { $0.equal != nil })
    func `different spellings of one number get one key`(_ list: CallNumberList) throws {
        let keys = try (list.equal ?? []).map { try ShelfKey.filed($0, scheme: .lcc).get() }
        #expect(Set(keys).count == 1)
    }

    @Test(arguments: CallNumberList.other.flatMap { $0.invalid ?? [] })
    func `what is no call number is reported and gets no key`(_ text: String) {
        #expect(throws: UnsortableCallNumber.self) { try ShelfKey.filed(text, scheme: .lcc).get() }
    }

    @Test func `the list with work marks first comes out under that site switch`() throws {
        let list = ["QA 101.1 .A101", "QA 101.1 .A101m", "QA 101.1 .A101mc", "QA 101.1 .A101 A101", "QA 101.1 .A102"]
        let rules = ShelfOrderRules(workMark: .beforeSecondCutter)
        let keys = try list.map { try ShelfKey.filed($0, scheme: .lcc, rules: rules).get() }
        #expect(keys == keys.sorted())
        #expect(Set(keys).count == keys.count)
    }

    private func check(_ list: CallNumberList, scheme: CallNumberScheme) throws {
        let numbers = list.list ?? []
        let keys = try numbers.map { try ShelfKey.filed($0, scheme: scheme).get() }
        for index in keys.indices.dropFirst() {
            let pair = [numbers[index - 1], numbers[index]]
            guard Self.exceptions[pair] == nil else { continue }
            if list.strict == true {
                #expect(keys[index - 1] < keys[index], "\(pair)")
            } else {
                #expect(keys[index - 1] <= keys[index], "\(pair)")
            }
        }
    }
}
