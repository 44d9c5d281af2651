import Testing
import Wire

@testable import Readers

struct FEIGConfigurationTests {
    private func payload(_ hex: String) throws -> [UInt8] { try FEIGFrame(bytes(hex)).payload }

    @Test func `captured reads name block and memory`() throws {
        // AMAROK: block 7 from the working memory, blocks 1 and 2 from the EEPROM.
        let seven = try FEIGReadConfiguration(payload("02 00 08 12 80 07 A0 2D"))
        #expect(seven.address == FEIGConfigurationAddress(block: 7))
        let one = try FEIGReadConfiguration(payload("02 00 08 FF 80 81 40 3A"))
        #expect(one.address == FEIGConfigurationAddress(block: 1, isStored: true))
        #expect(one.bytes == [0x81])
        #expect(FEIGConfigurationAddress(block: 0, isStored: true, allBlocks: true).bytes == [0xC0])
    }

    @Test func `a captured write switches a gate's alarm off`() throws {
        // GATE, older firmware: block 9 in the EEPROM, all zeros.
        let data = try payload("02 00 16 FF 81 89 00 00 00 00 00 00 00 00 00 00 00 00 00 00 FF 5E")
        let command = try FEIGWriteConfiguration(data)
        #expect(command.address == FEIGConfigurationAddress(block: 9, isStored: true))
        #expect(command.content.parameters == Array(repeating: 0, count: 14))
        #expect(command.bytes == data)
    }

    @Test func `a captured extended block reads and writes`() throws {
        // GATE: block 0009 begins 0F 0F where two loops raise the alarm.
        let reply = try FEIGReply(
            FEIGFrame(bytes("02 00 2A 00 8A 00 01 1E 00 09 0F 0F" + String(repeating: " 00", count: 28) + " 12 1E"))
        )
        let blocks = try FEIGReadExtendedConfiguration.Reply(reply.data)
        #expect(blocks.address == 9)
        #expect(blocks.data == [0x0F, 0x0F] + Array(repeating: 0, count: 28))
        #expect(blocks.bytes == reply.data)
        let write = FEIGFrame(
            style: .advanced,
            address: 0xFF,
            command: 0x8B,
            payload: FEIGWriteExtendedConfiguration(blocks).bytes
        )
        #expect(
            write.bytes
                == bytes("02 00 2C FF 8B 02 01 01 01 1E 00 09 0F 0F" + String(repeating: " 00", count: 28) + " 3D 57")
        )
        #expect(FEIGReadExtendedConfiguration(address: 9).bytes == bytes("02 01 01 00 09 01"))
    }

    @Test func `a change touches its bits alone`() {
        let block: [UInt8] = [0xFF, 0x00, 0b1010_1010]
        let changes = [
            FEIGConfigurationChange(byte: 0, mask: 0x0F, value: 0x05),
            FEIGConfigurationChange(byte: 2, mask: 0b0000_0011, value: 0xFF),
        ]
        #expect(FEIGConfigurationChange.apply(changes, to: block) == [0xF5, 0x00, 0b1010_1011])
        #expect(FEIGConfigurationChange.apply([FEIGConfigurationChange(byte: 3, mask: 1, value: 1)], to: block) == nil)
        #expect(FEIGConfigurationChange.apply([FEIGConfigurationChange(byte: -1, mask: 1, value: 1)], to: block) == nil)
    }

    @Test func `a configuration is read, changed, written and read again`() async throws {
        var twin = FEIGTwin(.pad)
        twin.configuration[0x05] = Array(0..<14)
        var reader = try await opened(twin)
        let address = FEIGConfigurationAddress(block: 5)
        let change = FEIGConfigurationChange(byte: 11, mask: 0x01, value: 0x00)
        var wanted = (0..<14).map { UInt8($0) }
        wanted[11] = 10
        #expect(
            try await reader.changeConfiguration(address, [change]) == .verified(old: Array(0..<14), new: wanted)
        )
        #expect(try await reader.readConfiguration(address) == wanted)
        #expect(try await reader.changeConfiguration(address, [change]) == .verified(old: wanted, new: wanted))
    }

    @Test func `an extended configuration likewise`() async throws {
        var twin = FEIGTwin(.gate)
        twin.extendedConfiguration[9] = [0x0F, 0x0F] + Array(repeating: 0x55, count: 28)
        var reader = try await opened(twin)
        let change = FEIGConfigurationChange(byte: 1, mask: 0xFF, value: 0x00)
        let outcome = try await reader.changeExtendedConfiguration(9, [change])
        #expect(
            outcome
                == .verified(
                    old: [0x0F, 0x0F] + Array(repeating: 0x55, count: 28),
                    new: [0x0F, 0x00] + Array(repeating: 0x55, count: 28)
                )
        )
    }

    @Test func `a change outside the block is refused before anything is written`() async throws {
        var reader = try await opened(FEIGTwin(.pad))
        await #expect(throws: ReaderError.self) {
            _ = try await reader.changeConfiguration(
                FEIGConfigurationAddress(block: 5),
                [FEIGConfigurationChange(byte: 14, mask: 1, value: 1)]
            )
        }
    }

    private func opened(_ twin: FEIGTwin) async throws -> FEIGReader {
        try await FEIGDriver.opened(LoopbackLink(twin, over: TestAir([])))
    }
}
