import Library
import Tags
import Testing

struct SecurityFlipTests {
    static func uid(_ number: UInt64) -> TagUID { TagUID(0xE004_0100_0000_0000 + number) }

    static func intent(parts: Int = 1) -> SecurityIntent {
        SecurityIntent(
            barcode: "39070001",
            changes: (1...parts).map { SecurityChange(uid: uid(UInt64($0)), before: .afi(0x07), wanted: .afi(0xC2)) },
            wanted: .disarmed,
            cause: .checkout,
            reader: "pad-1",
            at: Moment(milliseconds: 1_772_438_400_000)
        )
    }

    private let tag = Self.uid(1)

    @Test func `a flip is journalled, written, read back, recorded and then reported`() {
        var flip = SecurityFlip(Self.intent())
        let done = SecurityResult(outcome: .done, reason: "read back as disarmed", readBack: [tag: .afi(0xC2)])
        #expect(flip.start() == [.journal(Self.intent())])
        #expect(flip.handle(.journalled) == [.writeAFI(tag, 0xC2)])
        #expect(flip.handle(.written(tag)) == [.read(tag, .afi(0xC2))])
        #expect(flip.handle(.read(tag, .afi(0xC2))) == [.record(done)])
        #expect(flip.handle(.recorded) == [.report(done)])
        #expect(flip.state == .over(done))
    }

    @Test func `a tag that did not take the value is written again, three times at most`() {
        var flip = SecurityFlip(Self.intent(), attempts: 3)
        _ = flip.start()
        var actions = flip.handle(.journalled)
        for _ in 0..<3 {
            #expect(actions == [.writeAFI(tag, 0xC2)])
            #expect(flip.handle(.written(tag)) == [.read(tag, .afi(0xC2))])
            actions = flip.handle(.read(tag, .afi(0x07)))
        }
        let kept = SecurityResult(
            outcome: .unchanged,
            reason: "tag \(tag) keeps AFI 07 after 3 attempts",
            readBack: [tag: .afi(0x07)]
        )
        #expect(actions == [.record(kept)])
    }

    @Test func `a tag that leaves during the write is uncertain`() {
        var flip = SecurityFlip(Self.intent(), attempts: 2)
        _ = flip.start()
        _ = flip.handle(.journalled)
        #expect(flip.handle(.lost(tag)) == [.read(tag, .afi(0xC2))])
        let actions = flip.handle(.lost(tag))
        #expect(
            actions == [.record(SecurityResult(outcome: .uncertain, reason: "tag \(tag) left or does not answer"))]
        )
    }

    @Test func `a tag that comes back in time is finished`() {
        var flip = SecurityFlip(Self.intent())
        _ = flip.start()
        _ = flip.handle(.journalled)
        #expect(flip.handle(.lost(tag)) == [.read(tag, .afi(0xC2))])
        #expect(flip.handle(.lost(tag)) == [.read(tag, .afi(0xC2))])
        guard case .record(let result) = flip.handle(.read(tag, .afi(0xC2))).first else {
            Issue.record("found no result")
            return
        }
        #expect(result.outcome == .done)
    }

    @Test func `a tag that refuses is read once more and not asked again`() {
        var flip = SecurityFlip(Self.intent())
        _ = flip.start()
        _ = flip.handle(.journalled)
        #expect(flip.handle(.refused(tag, reason: "block locked")) == [.read(tag, .afi(0xC2))])
        let result = SecurityResult(
            outcome: .unchanged,
            reason: "tag \(tag) refused: block locked",
            readBack: [tag: .afi(0x07)]
        )
        #expect(flip.handle(.read(tag, .afi(0x07))) == [.record(result)])
    }

    @Test func `nothing is written when the journal cannot be`() {
        var flip = SecurityFlip(Self.intent())
        _ = flip.start()
        let result = SecurityResult(outcome: .unchanged, reason: "journal: disk full, nothing was written")
        #expect(flip.handle(.journalFailed("disk full")) == [.report(result)])
        #expect(flip.handle(.journalled) == [])
    }

    @Test func `a result that cannot be recorded is reported with that`() {
        var flip = SecurityFlip(Self.intent())
        _ = flip.start()
        _ = flip.handle(.journalled)
        _ = flip.handle(.written(tag))
        _ = flip.handle(.read(tag, .afi(0xC2)))
        let result = SecurityResult(
            outcome: .done,
            reason: "read back as disarmed; journal: disk full",
            readBack: [tag: .afi(0xC2)]
        )
        #expect(flip.handle(.recordFailed("disk full")) == [.report(result)])
    }

    @Test func `parts that were changed go back when another cannot be, if that is wished`() {
        var flip = SecurityFlip(Self.intent(parts: 2), onFailure: .undo, attempts: 1)
        let other = Self.uid(2)
        _ = flip.start()
        #expect(flip.handle(.journalled) == [.writeAFI(tag, 0xC2)])
        _ = flip.handle(.written(tag))
        #expect(flip.handle(.read(tag, .afi(0xC2))) == [.writeAFI(other, 0xC2)])
        _ = flip.handle(.written(other))
        // The second part kept its value: the first one is taken back.
        #expect(flip.handle(.read(other, .afi(0x07))) == [.writeAFI(tag, 0x07)])
        _ = flip.handle(.written(tag))
        #expect(flip.handle(.read(tag, .afi(0x07))) == [.read(other, .afi(0xC2))])
        guard case .record(let result) = flip.handle(.read(other, .afi(0x07))).first else {
            Issue.record("found no result")
            return
        }
        #expect(result.outcome == .undone && result.readBack == [tag: .afi(0x07), other: .afi(0x07)])
    }

    @Test func `a value that somebody else wrote is left alone`() {
        var flip = SecurityFlip(Self.intent())
        _ = flip.start()
        _ = flip.handle(.journalled)
        _ = flip.handle(.written(tag))
        guard case .record(let result) = flip.handle(.read(tag, .afi(0x55))).first else {
            Issue.record("found no result")
            return
        }
        #expect(result.outcome == .mixed && result.reason.contains("AFI 55"))
    }

    @Test func `a byte that our own write tore is written again`() {
        var lost = SecurityFlip(Self.intent())
        _ = lost.start()
        _ = lost.handle(.journalled)
        #expect(lost.handle(.lost(tag)) == [.read(tag, .afi(0xC2))])
        #expect(lost.handle(.read(tag, .afi(0xEE))) == [.writeAFI(tag, 0xC2)])
        var resumed = SecurityFlip(Self.intent())
        #expect(resumed.resume() == [.read(tag, .afi(0xC2))])
        #expect(resumed.handle(.read(tag, .afi(0xEE))) == [.writeAFI(tag, 0xC2)])
        _ = resumed.handle(.written(tag))
        guard case .record(let result) = resumed.handle(.read(tag, .afi(0xC2))).first else {
            Issue.record("found no result")
            return
        }
        #expect(result.outcome == .done)
    }

    @Test func `a flip that was interrupted reads before it writes, forwards or back`() {
        var forwards = SecurityFlip(Self.intent())
        #expect(forwards.resume() == [.read(tag, .afi(0xC2))])
        #expect(forwards.handle(.read(tag, .afi(0x07))) == [.writeAFI(tag, 0xC2)])
        var back = SecurityFlip(Self.intent())
        #expect(back.resume(undoing: true) == [.read(tag, .afi(0xC2))])
        #expect(back.handle(.read(tag, .afi(0xC2))) == [.writeAFI(tag, 0x07)])
        _ = back.handle(.written(tag))
        guard case .record(let result) = back.handle(.read(tag, .afi(0x07))).first else {
            Issue.record("found no result")
            return
        }
        #expect(result.outcome == .undone && result.reason == "read back as they were before")
    }

    @Test func `a flip that is stopped in the middle is uncertain`() {
        var flip = SecurityFlip(Self.intent())
        _ = flip.start()
        _ = flip.handle(.journalled)
        guard case .record(let result) = flip.handle(.stopped("reader gone")).first else {
            Issue.record("found no result")
            return
        }
        #expect(result.outcome == .uncertain && result.reason == "reader gone")
    }

    @Test func `events that nobody waits for change nothing`() {
        var flip = SecurityFlip(Self.intent())
        #expect(flip.handle(.recorded) == [] && flip.state == .new)
        _ = flip.start()
        #expect(flip.start() == [] && flip.resume() == [])
        #expect(flip.handle(.written(tag)) == [] && flip.state == .journalling)
        _ = flip.handle(.journalled)
        #expect(flip.handle(.written(Self.uid(9))) == [] && flip.state == .writing(tag))
    }
}
