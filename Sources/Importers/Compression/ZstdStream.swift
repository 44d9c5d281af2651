import CZstd

/// A Zstandard stream of one or more frames (RFC 8878, 3.1).
final class ZstdStream: ExpandingStream {
    private let stream: OpaquePointer
    private(set) var isComplete = true

    /// The largest window a frame may ask for: 128 MiB would be zstd's own limit, 8 MiB is what every decoder has to
    /// give.
    private static let windowLog: Int32 = 25

    init() throws(ExpandError) {
        guard let stream = ZSTD_createDStream() else { throw .noMemory(.zstd) }
        self.stream = stream
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.windowLog)
    }

    deinit {
        ZSTD_freeDStream(stream)
    }

    func step(
        _ input: ArraySlice<UInt8>,
        into output: inout [UInt8],
        at place: Int
    ) throws(ExpandError) -> (taken: Int, given: Int) {
        guard !input.isEmpty || !isComplete else { return (0, 0) }
        let (code, taken, given) = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
                var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
                let code = ZSTD_decompressStream(stream, &target, &source)
                return (code, source.pos, target.pos)
            }
        }
        guard ZSTD_isError(code) == 0 else {
            throw .damaged(.zstd, at: place + taken, detail: String(cString: ZSTD_getErrorName(code)))
        }
        if taken > 0 || given > 0 { isComplete = code == 0 }
        return (taken, given)
    }
}
