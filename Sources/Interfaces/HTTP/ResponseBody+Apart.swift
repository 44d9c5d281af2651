import Hummingbird

extension ResponseBody {
    /// A long body, written on the common threads: what is read from the disk for it would hold up the other connections of
    /// the connection's own thread (``LoopChannel``).
    ///
    /// - Parameter length: in bytes; `nil` where it is not known before.
    static func apart(
        length: Int? = nil,
        _ write: @escaping @Sendable @concurrent (inout any ResponseBodyWriter) async throws -> Void
    ) -> ResponseBody {
        ResponseBody(contentLength: length) { writer in
            try await withTaskExecutorPreference(globalConcurrentExecutor) { try await write(&writer) }
        }
    }
}
