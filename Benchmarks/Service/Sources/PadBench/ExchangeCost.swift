import Field
import Readers
import Tags
import Wire

/// What one reading of two blocks costs the machine, with the twin and without it.
struct ExchangeCost {
    let whole: Duration
    /// The driver's part: the twin and the field behind it taken off.
    let own: Duration

    private static let count = 20_000

    init(of driver: any ReaderDriver.Type) async throws {
        let tag = try Checkout.tag("10000100000")
        let field = RadioField(tags: [.init(tag: tag)], seed: 1)
        let recorder = Recorder()
        var reader = try await driver.open(RecordedLink(driver.twin(), over: field, recorder: recorder))
        _ = try await reader.inventory(afi: nil)
        _ = try await reader.exchange(.readMultipleBlocks(first: 0, count: 2, withSecurity: false), with: tag.uid)
        recorder.isOn = true
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<Self.count {
            _ = try await reader.exchange(.readMultipleBlocks(first: 0, count: 2, withSecurity: false), with: tag.uid)
        }
        whole = (clock.now - start) / Self.count
        own = whole - recorder.spent / Self.count
    }
}

/// Adds up the time behind a link.
final class Recorder: @unchecked Sendable {
    // Used from one task only.
    var isOn = false
    var spent = Duration.zero
}

/// A line whose far side is timed.
struct RecordedLink: ~Copyable, Link {
    private var link: LoopbackLink
    private let recorder: Recorder

    init(_ twin: any ReaderTwin, over air: any Air, recorder: Recorder) {
        link = LoopbackLink(twin, over: air)
        self.recorder = recorder
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        let start = ContinuousClock.now
        try await link.send(bytes)
        if recorder.isOn { recorder.spent += ContinuousClock.now - start }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        try await link.receive(within: limit)
    }
}
