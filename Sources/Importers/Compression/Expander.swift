/// Expands a compressed stream piece by piece. What it hands out at a time is bounded, whatever comes in.
package final class Expander {
    /// The longest export that is expanded, in bytes: 64 GiB.
    package static let limit = 64 << 30
    /// Item lists shrink to a tenth, not to a thousandth; looked at behind the first 64 MiB.
    private static let densest = 1000
    private static let denseFrom = 64 << 20
    private static let portion = 1 << 17

    private var stream: any ExpandingStream
    private let compression: Compression
    private var taken = 0
    private var given = 0
    private var output = [UInt8](repeating: 0, count: portion)

    /// One stream's expander; throws ``ExpandError/noMemory(_:)`` when the library behind it has no room to begin.
    package init(_ compression: Compression) throws(ExpandError) {
        self.compression = compression
        switch compression {
        case .gzip: stream = try GzipStream()
        case .zstd: stream = try ZstdStream()
        }
    }

    /// Expands the next bytes and hands them to `body` in portions of 128 KiB at most.
    package func expand(_ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        var rest = bytes
        while true {
            let step = try stream.step(rest, into: &output, at: taken)
            rest = rest.dropFirst(step.taken)
            taken += step.taken
            given += step.given
            guard given <= Self.limit else { throw ExpandError.tooLarge(limit: Self.limit) }
            guard given < Self.denseFrom || given / Self.densest < max(1, taken) else {
                throw ExpandError.tooDense(expanded: given, from: taken)
            }
            if step.given > 0 { try body(output[..<step.given]) }
            // A full output may hide more; an output with room means that everything was taken.
            if step.given < output.count, rest.isEmpty || step.taken == 0 { return }
        }
    }

    /// Says that no more bytes come; throws ``ExpandError/truncated(_:at:)`` in the middle of a stream.
    package func finish() throws(ExpandError) {
        guard stream.isComplete else { throw .truncated(compression, at: taken) }
    }

    /// The first bytes of an export as they are when expanded, for guessing its profile; 64 KiB are enough.
    package static func beginning(of head: [UInt8]) throws -> [UInt8] {
        guard let compression = Compression(head) else { return head }
        let expander = try Expander(compression)
        var plain: [UInt8] = []
        do {
            try expander.expand(head[...]) { piece in
                plain += piece
                if plain.count >= 1 << 16 { throw Enough() }
            }
        } catch is Enough {}
        return plain
    }

    private struct Enough: Error {}
}

/// A library's stream: some input in, some output out.
protocol ExpandingStream: AnyObject {
    /// Whether the stream stands behind its last byte. Streams may follow each other; none at all is complete too.
    var isComplete: Bool { get }

    /// Takes input until it is used up or the output is full. `place` is where the input stands in the file.
    func step(
        _ input: ArraySlice<UInt8>,
        into output: inout [UInt8],
        at place: Int
    ) throws(ExpandError) -> (taken: Int, given: Int)
}
