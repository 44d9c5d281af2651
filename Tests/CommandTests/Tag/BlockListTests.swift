import Testing

@testable import Command

@Suite struct BlockListTests {
    @Test(
        arguments: [("0", [0]), ("0-1,6", [0, 1, 6]), ("3,3", [3]), ("65535", [65_535])] as [(String, Set<Int>)]
    )
    func `blocks are numbers and runs of numbers`(_ text: String, _ blocks: Set<Int>) {
        #expect(BlockList(argument: text)?.blocks == blocks)
    }

    @Test(arguments: ["", "a", "1-", "-1", "3-1", "1,", "0-65536", "1-2-3", "99999999999999999999"])
    func `anything else is no list of blocks`(_ text: String) {
        #expect(BlockList(argument: text) == nil)
    }

    @Test(
        arguments: [([], "none"), ([4], "4"), ([0, 1, 2, 6], "0-2,6")] as [([Int], String)]
    )
    func `neighbours are told as a run`(_ blocks: [Int], _ text: String) {
        #expect(BlockList.text(blocks) == text)
    }
}
