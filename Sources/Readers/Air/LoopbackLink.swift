package import Wire

/// A link whose other end is a twin over an air: what is sent is answered at once, and time does not pass.
package struct LoopbackLink: ~Copyable, Link {
    private var twin: any ReaderTwin
    private var air: any Air
    private var replies: [UInt8] = []

    package init(_ twin: any ReaderTwin, over air: any Air) {
        self.twin = twin
        self.air = air
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        replies += twin.receive(bytes, air: &air)
    }

    /// Gives all there is; when there is nothing, the line falls silent for the twin as well.
    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !replies.isEmpty else {
            if limit > .zero { twin.lineFellSilent() }
            throw .timedOut
        }
        defer { replies = [] }
        return replies
    }
}
