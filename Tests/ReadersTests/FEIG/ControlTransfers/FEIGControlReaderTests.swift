import Readers
import Tags
import Testing
import Wire

/// A device that answers every transfer with these bytes.
private struct SpokenLink: ~Copyable, Link {
    var answer: [UInt8]?
    private(set) var asked = 0

    init(_ answer: [UInt8]?) {
        self.answer = answer
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        asked += 1
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard let answer else { throw .timedOut }
        return answer
    }
}

struct FEIGControlReaderTests {
    private let uids: [UInt64] = [0xE004_0150_3309_CE74, 0xE004_0100_4670_7A28]

    @Test func `the setup packet is the one a working client sends`() throws {
        let transfer = try #require(FEIGControlTransfer(FEIGInventory(.once)))
        // bmRequestType, bRequest B0, wValue 0000, wIndex 0100, wLength, least significant bytes first.
        #expect(transfer.setup == bytes("C1 B0 00 00 00 01 00 01"))
        #expect(FEIGControlTransfer(setup: transfer.setup) == transfer)
        #expect(FEIGControlTransfer(setup: bytes("80 06 00 01 00 00 12 00")) == nil)
        #expect(FEIGControlTransfer(setup: []) == nil)
    }

    @Test(arguments: [0, 1, 2, 40])
    func `tags are found, however many`(_ count: Int) async throws {
        let tags = (0..<count).map { TestAir.Tag(0xE004_0150_1000_0000 + UInt64($0) * 0x1_0003) }
        var reader = try await FEIGControlDriver.open(LoopbackLink(FEIGControlTwin(), over: TestAir(tags)))
        for _ in 0..<2 {
            let found = try await reader.inventory(afi: nil).tags.map(\.uid)
            #expect(Set(found) == Set(tags.map(\.uid)) && found.count == count)
        }
    }

    @Test func `what no document shows is refused with the reader named`() async throws {
        let tag = TestAir.Tag(uids[0])
        var reader = try await FEIGControlDriver.open(LoopbackLink(FEIGControlTwin(), over: TestAir([tag])))
        await #expect(throws: ReaderError.unsupported("tag command 27 on PR100 or MR100-U")) {
            _ = try await reader.exchange(.writeAFI(0xC2), with: tag.uid)
        }
        await #expect(throws: ReaderError.unsupported("inventory by AFI on PR100 or MR100-U")) {
            _ = try await reader.inventory(afi: 0x07)
        }
        await #expect(throws: ReaderError.unsupported("field reset on PR100 or MR100-U")) {
            try await reader.resetField()
        }
    }

    @Test func `a reply as a client of a PR100 saw it`() async throws {
        var reader = try await FEIGControlDriver.open(
            SpokenLink(bytes("00 B0 00 01 03 00 E0 04 01 50 A0 5F 02 B7"))
        )
        #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [TagUID(0xE004_0150_A05F_02B7)])
    }

    @Test(arguments: [
        "", "00", "00 B0", "00 65 00", "00 B0 00 05 03 00 E0", "00 B0 00 02 03 00 E0 04 01 50 A0 5F 02 B7",
    ])
    func `a reply that is none is told as malformed`(_ hex: String) async {
        do throws(ReaderError) {
            var reader = try await FEIGControlDriver.open(SpokenLink(bytes(hex)))
            _ = try await reader.inventory(afi: nil)
            Issue.record("wanted a malformed reply")
        } catch {
            guard case .malformed = error else {
                Issue.record("found \(error), wanted a malformed reply")
                return
            }
        }
    }

    @Test func `more data without end and radio trouble without end are given up`() async throws {
        var endless = try await FEIGControlDriver.open(
            SpokenLink(bytes("00 B0 94 01 03 00 E0 04 01 50 A0 5F 02 B7"))
        )
        #expect(try await endless.inventory(afi: nil).incomplete)
        var deaf = try await FEIGControlDriver.open(SpokenLink(bytes("00 B0 0E")))
        await #expect(throws: ReaderError.refused(code: 0x0E, meaning: FEIGStatus.generalError.meaning)) {
            _ = try await deaf.inventory(afi: nil)
        }
    }

    @Test func `silence is told as no reply`() async {
        await #expect(throws: ReaderError.noReply(command: "\(FEIGCommandCode.tag)")) {
            _ = try await FEIGControlDriver.open(SpokenLink(nil))
        }
    }
}
