import Field
import Foundation
import Library
import Readers
import Synchronization
import Tags
import Testing
import Wire

@testable import Operations

/// Counts the time that a pad's antenna and its serial line need, on the field's own clock.
private final class Stopwatch: Sendable {
    /// FEIG readers come set to 38400 baud, eight bits with parity: eleven bits a byte.
    private static let byte = Duration.nanoseconds(11 * 1_000_000_000 / 38_400)

    let branch: PadBranch
    let taken = Mutex<Duration>(.zero)
    let exchanges = Mutex(0)

    init(_ branch: PadBranch) { self.branch = branch }

    func receive(_ bytes: [UInt8]) async -> [UInt8] {
        let (reply, air) = await branch.field.receive(bytes, reader: "pad-1")
        taken.withLock { $0 += air + Self.byte * (bytes.count + reply.count) }
        exchanges.withLock { $0 += 1 }
        return reply
    }

    /// Opens the reader and forgets what that took.
    func open() async throws -> any Reader & ~Copyable {
        let reader = try await FEIGDriver.open(TimedLink(watch: self))
        taken.withLock { $0 = .zero }
        exchanges.withLock { $0 = 0 }
        return reader
    }
}

private struct TimedLink: Link, ~Copyable {
    let watch: Stopwatch
    var replies: [UInt8] = []

    init(watch: Stopwatch) { self.watch = watch }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        replies += await watch.receive(bytes)
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !replies.isEmpty else { throw .timedOut }
        defer { replies = [] }
        return replies
    }
}

@Suite struct SecurityPaceTests {
    private static let count = 8

    private static func stack() async throws -> (Stopwatch, [TagUID], [String]) {
        let barcodes = (0..<count).map { "10000001\($0)" }
        let tags = try barcodes.enumerated().map { try TestBranch.tag($1, serial: UInt64($0) + 1) }
        let branch = try await PadBranch(tags)
        try await branch.put(tags.map(\.uid))
        return (Stopwatch(branch), tags.map(\.uid), barcodes)
    }

    /// What cannot be done without: one inventory, and of each tag its facts, its identifier's blocks, the write, and
    /// one reading of what it says then.
    private static func least() async throws -> (Duration, Int) {
        let (watch, tags, _) = try await stack()
        var reader = try await watch.open()
        let found = try await reader.inventory(afi: nil).tags.count
        #expect(found == count)
        for uid in tags {
            let facts = try await reader.exchange(.systemInformation, with: uid)
            guard case .systemInformation = facts else {
                Issue.record("found \(facts), wanted system information")
                continue
            }
            _ = try await reader.exchange(.readMultipleBlocks(first: 0, count: 9, withSecurity: false), with: uid)
            _ = try await reader.exchange(.writeAFI(0xC2), with: uid)
            _ = try await reader.exchange(.systemInformation, with: uid)
        }
        #expect(await watch.branch.afis(tags) == Array(repeating: 0xC2, count: count))
        return (watch.taken.withLock { $0 }, watch.exchanges.withLock { $0 })
    }

    @Test func `a stack of eight is released and read back in little more than the least time there is`() async throws {
        let (least, leastExchanges) = try await Self.least()
        let (watch, tags, barcodes) = try await Self.stack()
        let store = try TestBranch.store(barcodes.map { TestBranch.item($0, "QA 76 .A1 2000") })
        let time = ManualTime()
        let policy = TestBranch.policy
        let requests = barcodes.map {
            SecurityRequest(barcode: $0, wanted: .disarmed, cause: .checkout, reader: "pad-1")
        }
        var batch = FlipBatch(requests: requests) { intent in
            FlipRun(flip: SecurityFlip(intent), store: store, time: time.keeper, password: nil)
        }
        var reader = try await watch.open()
        let read = try await reader.readForSecurity(policy, by: .standard)
        for (index, request) in requests.enumerated() {
            batch.take(policy.decide(request, onPad: read, item: nil, at: time.keeper.now()), of: index)
        }
        await batch.begin()
        await batch.carryOut(on: &reader)
        let taken = watch.taken.withLock { $0 }
        #expect(batch.reports.allSatisfy { $0.shortfall == nil })
        #expect(await watch.branch.afis(tags) == Array(repeating: 0xC2, count: Self.count))
        let ratio = taken / least
        let exchanges = watch.exchanges.withLock { $0 }
        // The figures of docs/performance.md.
        print("stack of eight: \(taken), least \(least), ratio \(ratio), exchanges \(exchanges) of \(leastExchanges)")
        #expect(ratio <= 1.15, "\(taken) for \(least)")
        #expect(exchanges <= leastExchanges + 2)
    }
}
