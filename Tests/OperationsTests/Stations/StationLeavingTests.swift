import Library
import Operations
import Readers
import Synchronization
import Tags
import Testing
import Wire

/// What is heard in each look; the last one goes on for ever.
private final class Looks: Sendable {
    private let looks: Mutex<[[UInt64]?]>

    init(_ looks: [[UInt64]?]) { self.looks = Mutex(looks) }

    /// Serial numbers of the tags heard in the next look; `nil` where the line fails.
    func next() -> [UInt64]? {
        looks.withLock { looks in looks.count > 1 ? looks.removeFirst() : looks.first ?? nil }
    }
}

/// A line on which the devices of this file answer: each byte is a tag's serial number.
private struct LooksLink: ~Copyable, Link {
    let looks: Looks
    let time: ManualTime

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {}

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        // Long enough for a tag that is missed twice to have left.
        time.advance(by: 400)
        guard let heard = looks.next() else { throw .timedOut }
        return heard.map { UInt8(truncatingIfNeeded: $0) }
    }
}

/// A reader whose tags answer to nothing but the inventory.
private struct LooksReader: ~Copyable, Reader {
    let information = ReaderInformation(model: "looks", firmware: "1", abilities: [])
    private var link: any Link & ~Copyable

    init(_ link: consuming any Link & ~Copyable) { self.link = link }

    mutating func inventory(afi: UInt8?) async throws(ReaderError) -> Inventory {
        do throws(LinkError) {
            let serials = try await link.receive(within: .seconds(1))
            return Inventory(tags: serials.map { DetectedTag(uid: tag(UInt64($0))) })
        } catch {
            throw .link(error)
        }
    }

    mutating func exchange(
        _ request: ISO15693.Request,
        with tag: TagUID
    ) async throws(ReaderError) -> ISO15693.Response {
        throw .tagLost(tag)
    }

    mutating func ping() async throws(ReaderError) {}
    mutating func resetField() async throws(ReaderError) {}
}

private enum LooksDriver: ReaderDriver {
    static let identity = FEIGDriver.identity

    static func open(_ link: consuming any Link & ~Copyable) async throws(ReaderError) -> any Reader & ~Copyable {
        LooksReader(link)
    }

    static func twin() -> any ReaderTwin { FEIGDriver.twin() }
}

private func tag(_ serial: UInt64) -> TagUID { TagUID(0xE004_0150_0000_0000 | serial) }

@Test(.timeLimit(.minutes(10)))
func `a tag that left is told to have left although the same look failed`() async throws {
    // The first one is missed twice, the second time where another is laid down, and then the line is disturbed.
    let looks = Looks([[1], [1], [], [2], nil, [2]])
    let time = ManualTime()
    let setup = StationSetup(
        name: "pad-1",
        role: .pad,
        driver: LooksDriver.self,
        place: "script",
        interval: .milliseconds(1)
    ) { () async throws(LinkError) -> any Link & ~Copyable in LooksLink(looks: looks, time: time) }
    let left = Mutex<[TagUID]>([])
    let station = TestBranch.station(setup, time: time, deliver: { round in left.withLock { $0 += round.left } })
    try await TestBranch.running(station) {
        try await waited { left.withLock { !$0.isEmpty } }
        // The disturbance was no loss: the reader was never away.
        #expect(await station.trouble == nil)
        #expect(await station.report.tagsPresent == 1)
    }
    #expect(left.withLock { $0 } == [tag(1)])
}
