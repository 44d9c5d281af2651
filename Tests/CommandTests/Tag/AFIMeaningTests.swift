import Testing

@testable import Command

@Suite struct AFIMeaningTests {
    @Test(
        arguments: [
            (0x07, .armed), (0xC2, .disarmed), (0x00, .notStated), (nil, .notStated), (0x9E, .otherValue),
        ] as [(UInt8?, AFIMeaning)]
    )
    func `the AFI says whether gates sound`(_ afi: UInt8?, _ security: AFIMeaning) {
        #expect(AFIMeaning(afi: afi) == security)
    }
}
