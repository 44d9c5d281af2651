import Testing

@testable import Command

@Suite struct TagEncodeCommandTests {
    @Test(arguments: [
        ["--model", "iso28560-9"], ["--block-size", "0"], ["--blocks", "0"], ["--over", "110"], ["--over", "1101"],
        ["--over", "11010101", "--blocks", "2"], ["--locked", "28"], ["--dsfid", "3"], ["--over", ""],
        ["/nowhere/item.json"],
    ])
    func `a wrong command line ends with status 2`(_ arguments: [String]) async {
        #expect(await Pressmark.run(["tag", "encode"] + arguments).code == 2)
    }
}
