package import Wire

/// A link to a reader of a branch in the same process: what is sent is answered at once, and no wall time passes.
package struct BranchLink: ~Copyable, Link {
    private let branch: Branch
    private let reader: String
    private var replies: [UInt8] = []

    package init(to reader: String, of branch: Branch) {
        self.branch = branch
        self.reader = reader
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        replies += await branch.receive(bytes, reader: reader).reply
    }

    /// Gives all there is; when there is nothing, the line falls silent for the device as well.
    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !replies.isEmpty else {
            if limit > .zero { await branch.lineFellSilent(reader: reader) }
            throw .timedOut
        }
        defer { replies = [] }
        return replies
    }
}
