package import Wire

/// A link whose other end is an emulated library system: what is sent is answered at once, and time does not pass.
///
/// An answer that is late comes after one wait that ends without anything.
package struct LibrarySystemLink: ~Copyable, Link {
    private let system: LibrarySystemBench
    private var twin: LibrarySystemTwin
    private var steps: [LibrarySystemTwin.Step] = []

    package init(_ twin: LibrarySystemTwin, on system: LibrarySystemBench) {
        self.twin = twin
        self.system = system
    }

    package mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        if steps.contains(.hangUp) { throw .closed }
        steps += await system.receive(bytes, by: &twin)
    }

    package mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard let step = steps.first else { throw .timedOut }
        switch step {
        case .hangUp: throw .closed
        case .wait:
            if limit > .zero { steps.removeFirst() }
            throw .timedOut
        case .send(let bytes):
            steps.removeFirst()
            return bytes
        }
    }
}

/// The records and the faults that all connections to one emulated library system share.
package actor LibrarySystemBench {
    /// As the requests so far have left them.
    package private(set) var records: LibrarySystemRecords
    private var faults: [LibrarySystemFault?] = []

    package init(_ records: LibrarySystemRecords = LibrarySystemRecords()) {
        self.records = records
    }

    /// What goes wrong with the next requests, one each.
    package func schedule(_ faults: [LibrarySystemFault?]) {
        self.faults += faults
    }

    /// Whether it answers calls at all just now; a scheduled ``LibrarySystemFault/refuse`` is used up by asking.
    package func takesCalls() -> Bool {
        guard faults.first == .some(.refuse) else { return true }
        faults.removeFirst()
        return false
    }

    /// Puts other items and patrons in their place, at once and for all connections.
    package func setRecords(_ records: LibrarySystemRecords) {
        self.records = records
    }

    /// Takes bytes of one connection, whose side of the conversation is `twin`; the system's clock stands still at
    /// 2026-01-02 10:00 unless `now` says otherwise.
    package func receive(
        _ bytes: [UInt8],
        by twin: inout LibrarySystemTwin,
        now: SIP2Date = SIP2Date(unixSeconds: 1_767_348_000, offset: 0)
    ) -> [LibrarySystemTwin.Step] {
        twin.receive(bytes, records: &records, faults: &faults, now: now)
    }
}
