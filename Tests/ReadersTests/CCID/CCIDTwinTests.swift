import Readers
import Tags
import Testing
import Wire

/// The twin alone against published bytes; the driver takes no part here.
struct CCIDTwinTests {
    private func escape(_ twin: inout CCIDTwin, _ hex: String, _ air: inout any Air) throws -> String {
        let message = CCIDMessage(.escape, sequence: 9, data: bytes(hex))
        let reply = try CCIDMessage(twin.receive(message.bytes, air: &air))
        #expect(reply.kind == .escapeReply)
        #expect(reply.sequence == 9)
        return Hex.string(reply.data, separator: " ")
    }

    @Test func `a captured session comes out as captured`() throws {
        var twin = CCIDTwin(.transparent)
        var tag = TestAir.Tag(0xE004_0100_8A5C_982E)
        tag.afi = 0
        tag.memory.replaceSubrange(0..<4, with: [0x00, 0x11, 0x22, 0x33])
        var air: any Air = TestAir([tag])
        #expect(try escape(&twin, "FF C2 00 00 02 81 00 00", &air) == "C0 03 00 90 00 90 00")
        // readers §3.3 and the capture it rests on: "ok, no ATR data".
        #expect(try escape(&twin, "FF C2 00 02 04 8F 02 02 03", &air) == "C0 03 00 90 00 8F 01 00 90 00")
        let uid = "2E 98 5C 8A 00 01 04 E0"
        #expect(
            try escape(&twin, "FF C2 00 01 0C 95 0A 22 2B \(uid) 00", &air)
                == "C0 03 00 90 00 92 01 00 96 02 00 00 97 0F 00 0F 2E 98 5C 8A 00 01 04 E0 00 00 1B 03 01 90 00"
        )
        #expect(
            try escape(&twin, "FF C2 00 01 0D 95 0B 62 20 \(uid) 00 00", &air)
                == "C0 03 00 90 00 92 01 00 96 02 00 00 97 06 00 00 00 11 22 33 90 00"
        )
        // The trap: written, and told as mute, since nobody waited.
        #expect(
            try escape(&twin, "FF C2 00 01 11 95 0F 22 21 \(uid) 00 12 34 56 78 00", &air) == "C0 03 01 64 01 90 00"
        )
        #expect(
            try escape(&twin, "FF C2 00 01 0D 95 0B 62 20 \(uid) 00 00", &air)
                == "C0 03 00 90 00 92 01 00 96 02 00 00 97 06 00 00 12 34 56 78 90 00"
        )
        #expect(try escape(&twin, "FF C2 00 00 02 82 00 00", &air) == "C0 03 00 90 00 90 00")
        // Nothing goes on air without a session.
        #expect(try escape(&twin, "FF C2 00 01 04 95 02 02 2B 00", &air).hasPrefix("C0 03 01 6A 81"))
    }

    @Test func `a slot without a card says so, and nonsense is refused`() throws {
        var twin = CCIDTwin(.identiv)
        var air: any Air = TestAir([])
        let status = try CCIDMessage(twin.receive(CCIDMessage(.slotStatus, sequence: 1).bytes, air: &air))
        #expect(CCIDStatus(status.specific).card == .absent)
        let power = try CCIDMessage(twin.receive(CCIDMessage(.powerOn, sequence: 2).bytes, air: &air))
        #expect(CCIDStatus(power.specific).outcome == .failed(.mute))
        let escape = try CCIDMessage(twin.receive(CCIDMessage(.escape, sequence: 3, data: [1]).bytes, air: &air))
        #expect(CCIDStatus(escape.specific).outcome == .failed(.notSupported))
        #expect(twin.receive([0x00, 0x11, 0x22], air: &air).isEmpty)
    }

    @Test func `an Identiv card obeys the printed commands`() throws {
        var twin = CCIDTwin(.identiv)
        var air: any Air = TestAir([TestAir.Tag(0xE004_0100_8A5C_982E)])
        func card(_ kind: CCIDMessage.Kind, _ hex: String) throws -> String {
            let reply = try CCIDMessage(
                twin.receive(CCIDMessage(kind, sequence: 1, data: bytes(hex)).bytes, air: &air)
            )
            return Hex.string(reply.data, separator: " ")
        }
        #expect(try card(.powerOn, "").hasPrefix("3B 8F 80 01 80 4F 0C A0 00 00 03 06 0B"))
        #expect(try card(.transfer, "FF CA 00 00 00") == "E0 04 01 00 8A 5C 98 2E 90 00")
        // Write single block 0F, write AFI F0, write DSFID F0, as printed in the manual.
        #expect(try card(.transfer, "FF FC 00 00 06 21 0F 01 02 03 04") == "90 00")
        #expect(try card(.transfer, "FF FC 00 00 02 27 F0") == "90 00")
        #expect(try card(.transfer, "FF FC 00 00 02 29 F0") == "90 00")
        #expect((air as? TestAir)?.tags[0].memory[60..<64] == [1, 2, 3, 4])
        #expect((air as? TestAir)?.tags[0].afi == 0xF0)
        #expect((air as? TestAir)?.tags[0].dsfid == 0xF0)
        #expect(try card(.transfer, "FF FC 00 00 02 77 00") == "6A 81")
    }
}
