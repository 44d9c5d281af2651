import Readers
import Testing
import Wire

struct CCIDMessageTests {
    /// The first is the worked example of the collected facts; the others follow the layout.
    static let messages: [(hex: String, message: CCIDMessage)] = [
        (
            "6F 05 00 00 00 00 01 00 00 00 FF CA 00 00 00",
            CCIDMessage(.transfer, sequence: 1, data: [0xFF, 0xCA, 0x00, 0x00, 0x00])
        ),
        ("65 00 00 00 00 00 02 00 00 00", CCIDMessage(.slotStatus, sequence: 2)),
        ("81 00 00 00 00 00 02 02 00 00", CCIDMessage(.status, sequence: 2, specific: [2, 0, 0])),
        (
            "80 02 00 00 00 00 01 00 00 00 90 00",
            CCIDMessage(.dataBlock, sequence: 1, data: [0x90, 0x00])
        ),
    ]

    @Test(arguments: messages)
    func `a message reads as its fields and writes as its bytes`(_ hex: String, _ message: CCIDMessage) throws {
        #expect(try CCIDMessage(bytes(hex)) == message)
        #expect(message.bytes == bytes(hex))
    }

    @Test(arguments: [
        "", "6F", "6F 05 00 00 00 00 01 00 00 00 FF", "77 00 00 00 00 00 00 00 00 00", "6F 00 00 01 00 00 01 00 00 00",
    ])
    func `a short, foreign or far too long message is refused`(_ hex: String) {
        #expect(throws: ParseError.self) { try CCIDMessage(bytes(hex)) }
    }

    @Test func `messages come out however they are delivered`() {
        verify({ CCIDDecoder() }, frames: Self.messages.map { (bytes($0.hex), $0.message) }, noise: [0x01, 0xFF, 0x02])
    }

    @Test(arguments: [
        ("00 00", CCIDStatus(card: .active, outcome: .done)),
        ("02 00", CCIDStatus(card: .absent, outcome: .done)),
        ("42 FE", CCIDStatus(card: .absent, outcome: .failed(.mute))),
        ("40 00", CCIDStatus(card: .active, outcome: .failed(.notSupported))),
        ("80 01", CCIDStatus(card: .active, outcome: .timeExtension)),
    ])
    func `the slot's word is understood`(_ hex: String, _ status: CCIDStatus) {
        #expect(CCIDStatus(bytes(hex)) == status)
        #expect(Array(status.specific.prefix(2)) == bytes(hex))
    }

    @Test func `an answer to reset says what standard a tag is of`() throws {
        // PC/SC part 3: 3B 8F 80 01 80 4F 0C A0 00 00 03 06 SS NN NN, here with standard 0B and no name.
        let atr = try #require(StorageCardATR(bytes("3B 8F 80 01 80 4F 0C A0 00 00 03 06 0B 00 00 00 00 00 00 63")))
        #expect(atr.isISO15693)
        #expect(atr.bytes == bytes("3B 8F 80 01 80 4F 0C A0 00 00 03 06 0B 00 00 00 00 00 00 63"))
        #expect(
            StorageCardATR(bytes("3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A"))?.isISO15693 == false
        )
        #expect(StorageCardATR(bytes("3B 80 80 01 01")) == nil)
        #expect(StorageCardATR([]) == nil)
    }

    @Test(arguments: [
        // readers §3.4, the FF 30 family: write AFI and DSFID; tell AFI, DSFID, memory size, IC reference.
        (CardCommand.writeAFI(0xC2), "FF 30 00 01 04 01 02 00 C2"),
        (.writeDSFID(0x06), "FF 30 00 01 04 01 03 00 06"),
        (.tell(.afi), "FF 30 02 00 00"),
        (.tell(.dsfid), "FF 30 03 00 00"),
        (.tell(.size), "FF 30 04 00 00"),
        (.tell(.icReference), "FF 30 05 00 00"),
        // readers §3.2: the block's number in P2, or in P1 as Microsoft's driver has it.
        (.uid, "FF CA 00 00 00"),
        (.read(0x0F, at: .second), "FF B0 00 0F 04"),
        (.read(0x0F, at: .first), "FF B0 0F 00 04"),
        (.write(0x0F, [1, 2, 3, 4], at: .second), "FF D6 00 0F 04 01 02 03 04"),
    ])
    func `commands for a card come out as printed`(_ command: CardCommand, _ hex: String) throws {
        #expect(Hex.string(command.bytes, separator: " ") == hex)
        #expect(try CardCommand(bytes(hex)) == command)
    }
}
