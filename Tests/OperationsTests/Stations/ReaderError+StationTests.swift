import Readers
import Testing

@testable import Operations

/// readers §1.4: what to do about a FEIG reader's status; 82 is "switch mode or use 22/32".
@Test(
    arguments: [
        (0x10, "off and on"), (0x13, "password"), (0x14, "password"), (0x17, "activate"), (0x82, "buffered = true"),
    ] as [(code: UInt8, said: String)]
)
func `a reader that refuses for a reason of its own says what can be done`(_ code: UInt8, _ said: String) throws {
    let error = ReaderError.refused(code: code, meaning: FEIGStatus(code: code).meaning)
    let hint = try #require(error.hint)
    #expect(hint.contains(said))
}

@Test func `a code that means something else in another maker's words has no hint of FEIG's`() {
    // RL866: 0x0413 is not known to anybody, and its low byte is FEIG's "login needed".
    #expect(ReaderError.refused(code: 0x13, meaning: "unknown error").hint == nil)
    #expect(ReaderError.refused(code: 0x05, meaning: FEIGStatus.wrongTagType.meaning).hint == nil)
}
