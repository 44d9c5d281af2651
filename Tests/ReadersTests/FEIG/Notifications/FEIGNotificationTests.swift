import Readers
import Tags
import Testing
import Wire

struct FEIGNotificationTests {
    /// GATE's captured pushes.
    private let tags = bytes(
        """
        02 00 40 00 22 00 13 00 01 00 35 03 00 08 E0 04 01 50 0A 20 3F A3 00 09 04 32 01 04 21 32 31 31 30 33 36 34 33
        00 00 00 00 F7 00 00 00 44 45 44 49 32 35 2D 45 00 00 00 36 00 00 00 00 04 FE 47
        """
    )
    private let keepAlive = bytes("02 00 0A 00 6E 00 00 00 4B 69")

    private func uids(_ actions: [FEIGNotificationListener.Action]) -> [TagUID] {
        actions.flatMap { action in
            if case .tags(let tags) = action { tags.tags.compactMap(\.uid) } else { [TagUID]() }
        }
    }

    @Test func `tags are told and acknowledged where the reader wants it`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        let actions = listener.take(tags)
        #expect(uids(actions) == [TagUID(0xE004_0150_0A20_3FA3)])
        // 32 to the reader at address 00, as HARAVA sends it.
        #expect(actions.last == .send(bytes("02 00 07 00 32 94 B8")))
        var silent = FEIGNotificationListener(acknowledges: false)
        #expect(silent.take(tags).count == 1)
    }

    @Test func `a keep-alive is a sign of life and is never acknowledged`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        #expect(listener.take(keepAlive) == [.keepAlive])
    }

    @Test func `segments of the network do not matter`() {
        var listener = FEIGNotificationListener(acknowledges: false)
        var actions: [FEIGNotificationListener.Action] = []
        for byte in keepAlive + tags + keepAlive { actions += listener.take([byte]) }
        #expect(actions.count == 3)
        #expect(actions.first == .keepAlive)
        #expect(uids(actions) == [TagUID(0xE004_0150_0A20_3FA3)])
    }

    @Test func `what is not understood is told for the log and the next push is heard`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        var damaged = keepAlive
        damaged[8] ^= 1
        let actions = listener.take([0x00, 0x00] + damaged) + listener.take(keepAlive)
        #expect(actions.first == .ignored("notification: found 2 bytes outside a frame"))
        #expect(actions.last == .keepAlive)
        #expect(!actions.contains { if case .send = $0 { true } else { false } })
        let strange = FEIGFrame(style: .advanced, address: 0, command: 0x65, payload: [0])
        #expect(listener.take(strange.bytes) == [.ignored("notification: found command 65, wanted 22 or 6E")])
    }

    @Test func `an event of a newer gate is named and holds up no push behind it`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        // 60 and, two bytes on, 22: searched byte by byte, this would begin a frame of 96 bytes and wait for its end.
        let event = FEIGFrame(style: .advanced, address: 0, command: 0x2B, payload: bytes("00 60 00 22 00 01"))
        let actions = listener.take(event.bytes + tags)
        #expect(actions.first == .ignored("notification: found command 2B, wanted 22 or 6E"))
        #expect(uids(actions) == [TagUID(0xE004_0150_0A20_3FA3)])
    }

    @Test func `a push that says that more was lost, or that its antenna is detuned, is told so`() throws {
        let data = try FEIGFrame(tags).payload.dropFirst()
        func told(_ status: UInt8) throws -> BufferedTags? {
            var listener = FEIGNotificationListener(acknowledges: true)
            let frame = FEIGFrame(style: .advanced, address: 0, command: 0x22, payload: [status] + data)
            guard case .tags(let told) = listener.take(frame.bytes).first else { return nil }
            return told
        }
        let full = try #require(try told(0x93))
        #expect(full.tags.count == 1 && full.incomplete)
        #expect(full.warnings == ["more tags than the reader's buffer holds"])
        let detuned = try #require(try told(0x84))
        #expect(!detuned.incomplete)
        #expect(detuned.warnings == ["radio warning, antenna detuned or noise"])
    }

    @Test func `a push without records is no news, and no other command`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        let empty = FEIGFrame(style: .advanced, address: 0, command: 0x22, payload: [0x92])
        #expect(listener.take(empty.bytes).isEmpty)
        let failed = FEIGFrame(style: .advanced, address: 0, command: 0x22, payload: [0x0E])
        #expect(
            listener.take(failed.bytes)
                == [.ignored("notification: found status 0E, general error, wanted tags")]
        )
        #expect(listener.take(keepAlive) == [.keepAlive])
    }

    @Test func `a push that nobody understands is acknowledged, or it would come for ever and nothing else`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        // Two records are announced, one of nine bytes is there: another layout, and no fault of the line.
        let strange = FEIGFrame(
            style: .advanced,
            address: 0,
            command: 0x22,
            payload: bytes("00 02 00 02 00 09 00 01 04 01 02 03 04")
        )
        let actions = listener.take(strange.bytes)
        #expect(actions.count == 2)
        guard case .ignored = actions.first else {
            Issue.record("found \(actions), wanted a line for the log")
            return
        }
        #expect(actions.last == .send(bytes("02 00 07 00 32 94 B8")))
        var silent = FEIGNotificationListener(acknowledges: false)
        #expect(silent.take(strange.bytes).count == 1)
    }

    @Test func `a push that was torn swallows none of those behind it`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        // A length of 65 535 whose bytes never come.
        #expect(listener.take(bytes("02 FF FF 00 22 00")).isEmpty)
        #expect(listener.lineFellSilent() == [.ignored("notification: found 6 bytes outside a frame")])
        #expect(uids(listener.take(tags)) == [TagUID(0xE004_0150_0A20_3FA3)])
        // What came in behind the torn one before the silence is found as well.
        #expect(listener.take(bytes("02 FF FF 00 22 00") + tags).isEmpty)
        #expect(uids(listener.lineFellSilent()) == [TagUID(0xE004_0150_0A20_3FA3)])
        #expect(listener.lineFellSilent().isEmpty)
    }

    @Test func `a push without end costs no more than a frame, and the next one is heard`() {
        var listener = FEIGNotificationListener(acknowledges: true)
        var ignored = 0
        _ = listener.take(bytes("02 FF FF 00 22 00"))
        for _ in 0..<64 {
            for action in listener.take([UInt8](repeating: 0, count: 4096)) {
                guard case .ignored = action else { continue }
                ignored += 1
            }
        }
        #expect(ignored > 0)
        #expect(uids(listener.lineFellSilent() + listener.take(tags)) == [TagUID(0xE004_0150_0A20_3FA3)])
    }

    @Test func `a twin's own push is heard`() throws {
        var device = FEIGTwin.Device.gate
        device.scan = FEIGTwin.Scan(fields: [.identity, .antenna], blocks: 0)
        var twin = FEIGTwin(device)
        var air: any Air = TestAir([TestAir.Tag(0xE004_0150_3309_CE74)])
        var listener = FEIGNotificationListener(acknowledges: true)
        let pushed = twin.notify(air: &air)
        let push = try #require(pushed)
        let actions = listener.take(push)
        #expect(uids(actions) == [TagUID(0xE004_0150_3309_CE74)])
        guard case .send(let acknowledgement) = actions.last else {
            Issue.record("found no acknowledgement")
            return
        }
        let acknowledged = twin.receive(acknowledgement, air: &air)
        #expect(!acknowledged.isEmpty)
        let silence = twin.notify(air: &air)
        #expect(silence == nil)
    }
}
