import Tags
import Testing

@testable import Operations

@Suite struct ConversionRunTests {
    private func memory(locked: [Bool]) -> TagMemory { TagMemory(bytes: [0, 0, 0, 0, 0, 0, 0, 0], locked: locked) }

    @Test func `locks that were not told are not called changed`() {
        let (told, untold) = (memory(locked: [true, false]), memory(locked: []))
        #expect(told.lockDifference(from: told) == nil)
        #expect(untold.lockDifference(from: untold) == nil)
        #expect(memory(locked: [true, true]).lockDifference(from: told) == "locks have changed")
        #expect(untold.lockDifference(from: told)?.hasPrefix("the reader did not tell the lock states") == true)
        #expect(told.lockDifference(from: untold)?.hasPrefix("the reader tells lock states now") == true)
    }
}
