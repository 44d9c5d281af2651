import Field
import Readers
import Tags
import Testing
import Wire

@Suite struct RadioFieldTests {
    @Test(arguments: [1, 2, 16, 30, 100], [ISO15693.Slots.sixteen, .one])
    func `an inventory finds everybody`(count: Int, slots: ISO15693.Slots) {
        let tags = someTags(count)
        var air = field(tags)
        let found = air.inventory(slots: slots)
        #expect(Set(found.map(\.uid)) == Set(tags.map(\.uid)))
        #expect(found.count == count)
    }

    @Test func `an empty field is silent and costs an empty round`() {
        var air = field([])
        #expect(air.inventory().isEmpty)
        // iso15693 §6.2: 9.78 ms.
        #expect(air.clock.duration > .microseconds(9770) && air.clock.duration < .microseconds(9790))
    }

    @Test func `only tags of the AFI asked for answer`() {
        let out = someTags(3, seed: 1, afi: 0xC2)
        let secured = someTags(2, seed: 2, afi: 0x07)
        var air = field(out + secured)
        #expect(Set(air.inventory(afi: 0x07).map(\.uid)) == Set(secured.map(\.uid)))
        #expect(air.inventory(afi: 0x00).count == 5)
        // The family wildcard of the standard's table is met by no real tag (iso15693 §4.5).
        #expect(air.inventory(afi: 0xC0).isEmpty)
    }

    @Test func `a tag is read, written and asked for its system information`() throws {
        let tag = someTags(1)[0]
        var air = field([tag])
        #expect(air.exchange(.writeSingleBlock(5, data: [1, 2, 3, 4]), with: tag.uid) == .done)
        let read = air.exchange(.readMultipleBlocks(first: 4, count: 2, withSecurity: true), with: tag.uid)
        #expect(read == .blocks([.init(data: [0, 0, 0, 0], security: 0), .init(data: [1, 2, 3, 4], security: 0)]))
        let information = air.exchange(.systemInformation, with: tag.uid)
        #expect(
            information
                == .systemInformation(
                    .init(
                        uid: tag.uid,
                        dsfid: 0,
                        afi: 7,
                        geometry: .init(blockSize: 4, blockCount: 28),
                        icReference: 1
                    )
                )
        )
    }

    @Test func `a Texas Instruments tag answers a write after an end of frame`() throws {
        let tag = someTags(1, chip: "Tag-it HF-I Plus")[0]
        var air = field([tag])
        #expect(air.exchange(.writeAFI(0xC2), with: tag.uid) == .done)
        #expect(air.tags[0].tag.afi == 0xC2)
        // Without the option flag it refuses (error 03).
        let plain = try ISO15693.RequestFrame(.writeAFI(0x07), to: tag.uid)
        guard case .frame(let bytes) = air.send(plain.onAir) else {
            Issue.record("no answer")
            return
        }
        #expect(try ISO15693.Response(onAir: bytes, answering: plain) == .error(.init(code: 0x03)))
    }

    @Test func `speaking while a tag programs may spoil the block`() throws {
        let tag = someTags(1, chip: "Tag-it HF-I Plus")[0]
        var outcomes: Set<[UInt8]> = []
        for seed in 0..<20 as Range<UInt64> {
            var air = field([tag], seed: seed)
            let write = ISO15693.Request.writeSingleBlock(0, data: [1, 2, 3, 4])
            let frame = try ISO15693.RequestFrame(write, to: tag.uid, answerOnEndOfFrame: true)
            #expect(air.send(frame.onAir) == .silence)
            _ = air.endOfFrame()
            outcomes.insert(Array(air.tags[0].tag.memory.prefix(4)))
        }
        #expect(outcomes.contains([1, 2, 3, 4]))
        #expect(outcomes.contains([0x11, 0x01, 0x01, 0x00]))
        #expect(outcomes.count > 2)
    }

    @Test func `two tags collide, one much nearer is heard alone`() throws {
        let tags = someTags(2)
        var air = field(tags)
        let request = ISO15693.InventoryRequest(slots: .one).onAir
        #expect(air.send(request) == .collision)
        air = RadioField(
            tags: [.init(tag: tags[0], coupling: 1), .init(tag: tags[1], coupling: 0.35)],
            seed: 1
        )
        #expect(air.send(request) == .frame(ISO15693.InventoryAnswer(dsfid: 0, uid: tags[0].uid).onAir))
    }

    @Test func `a drowned tag is found once the strong one is quiet`() {
        let strong = VirtualTag(uid: TagUID(0xE004_0150_0000_0015), chip: someTags(1)[0].chip)
        let weak = VirtualTag(uid: TagUID(0xE004_0150_0000_0025), chip: someTags(1)[0].chip)
        let placed = [RadioField.Placed(tag: strong, coupling: 1), .init(tag: weak, coupling: 0.35)]
        var air = RadioField(tags: placed, seed: 1)
        #expect(air.inventory().map(\.uid) == [strong.uid])
        air = RadioField(tags: placed, seed: 1)
        #expect(air.inventory(repetition: .quieting(rounds: 4)).map(\.uid) == [strong.uid, weak.uid])
    }

    @Test func `armed tags answer the EAS alarm together`() throws {
        guard let chip = slixChip else { return }
        let tags = [0x01, 0x02, 0x03].map {
            VirtualTag(uid: TagUID(0xE004_0150_0000_0000 | $0), chip: chip, easArmed: $0 != 2)
        }
        var air = field(tags)
        let poll = try #require(ISO15693.RequestFrame(toEveryone: .custom(.init(manufacturer: 4, code: 0xA5))))
        let answer = ISO15693.FrameCheck.sealing([0] + NXP.easSequence)
        #expect(air.send(poll.onAir) == .frame(answer))
    }

    @Test func `a tag out of reach or at the edge of it is not always heard`() {
        let tag = someTags(1)[0]
        var far = RadioField(tags: [.init(tag: tag, coupling: 0.1)], seed: 1)
        #expect(far.inventory().isEmpty)
        var heard = 0
        var edge = RadioField(tags: [.init(tag: tag, coupling: 0.22)], seed: 1)
        for _ in 0..<100 where !edge.inventory(repetition: .never).isEmpty { heard += 1 }
        #expect(heard > 20 && heard < 80)
    }

    @Test func `noise damages frames and never makes up a tag`() {
        var conditions = RadioConditions()
        conditions.bitErrorRate = 0.003
        let tags = someTags(10)
        var air = field(tags, conditions: conditions)
        var seen: Set<TagUID> = []
        for _ in 0..<5 { seen.formUnion(air.inventory().map(\.uid)) }
        #expect(seen == Set(tags.map(\.uid)))
        let frame = ISO15693.InventoryRequest(slots: .one, mask: .init(tags[0].uid)).onAir
        let damaged = (0..<200).count { _ in
            air.send(frame) != .frame(ISO15693.InventoryAnswer(dsfid: 0, uid: tags[0].uid).onAir)
        }
        // 96 bits at 0.003: a quarter.
        #expect(damaged > 20 && damaged < 90)
    }

    @Test func `the same seed gives the same run`() {
        func run() -> ([TagUID], ISO15693.AirTime) {
            var conditions = RadioConditions()
            conditions.bitErrorRate = 0.002
            var air = field(someTags(30), conditions: conditions, seed: 99)
            return (air.inventory().map(\.uid), air.clock)
        }
        #expect(run() == run())
    }

    @Test func `a field switched off is silent and lets quiet tags wake again`() {
        let tag = someTags(1)[0]
        var air = field([tag])
        #expect(air.exchange(.stayQuiet, with: tag.uid) == nil)
        #expect(air.inventory().isEmpty)
        air.setField(on: false)
        #expect(air.inventory().isEmpty)
        air.setField(on: true)
        #expect(air.inventory().map(\.uid) == [tag.uid])
    }

    @Test func `a write that is answered too late is unknown, not failed`() {
        var conditions = RadioConditions()
        conditions.lateWrites = 1
        let tag = someTags(1)[0]
        var air = field([tag], conditions: conditions)
        let start = air.clock
        #expect(air.exchange(.writeAFI(0xC2), with: tag.uid) == nil)
        #expect(air.tags[0].tag.afi == 0xC2)
        // Request of 14 bytes and the 20 ms a reader waits.
        #expect(air.clock - start == .request(bytes: 13) + .latestWriteAnswer)
        #expect(air.exchange(.readSingleBlock(0, withSecurity: false), with: tag.uid) != nil)
    }

    @Test func `what is lost on the way is silence`() {
        var conditions = RadioConditions()
        conditions.lostRequests = 1
        let tag = someTags(1)[0]
        var deaf = field([tag], conditions: conditions)
        #expect(deaf.exchange(.writeAFI(0xC2), with: tag.uid) == nil)
        #expect(deaf.tags[0].tag.afi == 0x07)
        conditions.lostRequests = 0
        conditions.lostAnswers = 1
        var mute = field([tag], conditions: conditions)
        #expect(mute.exchange(.writeAFI(0xC2), with: tag.uid) == nil)
        #expect(mute.tags[0].tag.afi == 0xC2)
    }

    /// Single exchanges of iso15693 §6.1, in microseconds, each followed by t2 (309.2).
    @Test(
        arguments: [
            (.readSingleBlock(0, withSecurity: false), 6780),
            (.readMultipleBlocks(first: 0, count: 8, withSecurity: false), 15540),
            (.readMultipleBlocks(first: 0, count: 28, withSecurity: false), 39700),
            (.readMultipleBlocks(first: 0, count: 28, withSecurity: true), 48160), (.writeAFI(0xC2), 11010),
            (.writeSingleBlock(0, data: [1, 2, 3, 4]), 12210), (.systemInformation, 9500),
            (.blockSecurity(first: 0, count: 28), 14330), (.custom(.init(manufacturer: 4, code: 0xA2)), 11010),
        ] as [(ISO15693.Request, Int64)]
    )
    func `an exchange takes the time the protocol needs`(request: ISO15693.Request, microseconds: Int64) {
        let tag = someTags(1)[0]
        var air = field([tag])
        let start = air.clock
        #expect(air.exchange(request, with: tag.uid) != nil)
        let spent = (air.clock - start - .untilRequest).duration
        #expect(abs(Double((spent - .microseconds(microseconds)).components.attoseconds) / 1e12) < 15, "\(spent)")
    }
}
