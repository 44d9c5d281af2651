import CZlib

/// A gzip stream, or several one after another as `cat a.gz b.gz` makes them (RFC 1952, 2.2).
final class GzipStream: ExpandingStream {
    /// At one address for its life: zlib remembers it.
    private let stream: UnsafeMutablePointer<z_stream>
    private(set) var isComplete = true
    /// Whether zeros have come behind the last stream, as tapes and disks are padded: nothing else may follow them.
    private var isPadding = false

    /// A window of 32 KiB, and only the gzip header is understood (zlib.h, inflateInit2).
    private static let windowBits: Int32 = 15 + 16

    init() throws(ExpandError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw .noMemory(.gzip)
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func step(
        _ input: ArraySlice<UInt8>,
        into output: inout [UInt8],
        at place: Int
    ) throws(ExpandError) -> (taken: Int, given: Int) {
        // zlib would keep a zero at a portion's end for the beginning of another stream.
        if isComplete, isPadding || input.first == 0 {
            isPadding = true
            guard let end = input.firstIndex(where: { $0 != 0 }) else { return (input.count, 0) }
            let detail = "found byte \(input[end]) behind zeros, wanted the end"
            throw .damaged(.gzip, at: place + end - input.startIndex, detail: detail)
        }
        let code = inflate(input, into: &output)
        let taken = input.count - Int(stream.pointee.avail_in)
        let given = output.count - Int(stream.pointee.avail_out)
        switch code {
        case Z_STREAM_END:
            isComplete = true
            inflateReset(stream)
        case Z_OK, Z_BUF_ERROR:
            if taken > 0 { isComplete = false }
        case Z_MEM_ERROR: throw .noMemory(.gzip)
        default:
            let detail = stream.pointee.msg.map { String(cString: $0) } ?? "error \(code)"
            throw .damaged(.gzip, at: place + taken, detail: detail)
        }
        return (taken, given)
    }

    private func inflate(_ input: ArraySlice<UInt8>, into output: inout [UInt8]) -> Int32 {
        input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(clamping: input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(clamping: output.count)
                guard !input.isEmpty || !isComplete else { return Z_BUF_ERROR }
                return CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
    }
}
