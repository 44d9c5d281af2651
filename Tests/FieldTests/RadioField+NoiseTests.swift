import Field
import Readers
import Tags
import Testing
import Wire

/// Anything may be on air: tags of every chip hear it and nothing breaks.
@Suite struct RadioFieldNoiseTests {
    @Test(arguments: ChipTable.all)
    func `whatever is sent, a tag keeps its shape`(_ chip: Chip) {
        var chance = SeededGenerator(seed: 42)
        let uid = TagUID(
            0xE0 << 56 | UInt64(chip.manufacturer.rawValue) << 48 | UInt64(chip.patterns[0].value) << 32 | 9
        )
        let tag = VirtualTag(uid: uid, chip: chip)
        var air = field([tag])
        for _ in 0..<3000 {
            var content = [UInt8](repeating: 0, count: Int(chance.next() % 20) + 1).map { _ in
                UInt8(truncatingIfNeeded: chance.next())
            }
            if content.count > 10, chance.chance(0.7) {
                // Make many of them meant for this tag.
                let custom = content[1] >= 0xA0 && content[1] < 0xE0
                content[0] = content[0] & 0x43 | 0x20
                if custom { content[2] = chip.manufacturer.rawValue }
                content = Array(content.prefix(custom ? 3 : 2)) + uid.onAir + content.suffix(6)
            }
            _ = air.send(ISO15693.FrameCheck.sealing(content))
            _ = air.endOfFrame()
            if chance.chance(0.02) {
                air.setField(on: false)
                air.setField(on: true)
            }
        }
        #expect(air.tags[0].tag.uid == uid)
        #expect(air.tags[0].tag.memory.count == tag.geometry.byteCount)
        #expect(air.tags[0].tag.locked.count == tag.geometry.blockCount)
        #expect(air.clock > .zero)
    }

    @Test func `a frame with wrong check bytes moves no tag`() throws {
        let tag = someTags(1)[0]
        var air = field([tag])
        var frame = try ISO15693.RequestFrame(.writeAFI(0xC2), to: tag.uid).onAir
        frame[frame.count - 1] ^= 0x01
        #expect(air.send(frame) == .silence)
        #expect(air.send([]) == .silence)
        #expect(air.send([0x26]) == .silence)
        #expect(air.tags[0].tag == field([tag]).tags[0].tag)
    }
}
