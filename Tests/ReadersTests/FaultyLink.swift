import Readers
import Wire

/// A link that does to the replies what bad lines do; faults are named by the number of the request, from 0.
struct FaultyLink: ~Copyable, Link {
    enum Fault: Sendable {
        /// Nothing comes back.
        case silence
        /// The reply comes only when the next request has gone out.
        case late
        /// The reply ends after so many bytes.
        case torn(after: Int)
        /// One bit of the last byte is wrong.
        case damaged
        /// Bytes nobody sent stand before the reply.
        case garbage([UInt8])
        /// The same reply twice.
        case doubled
        /// The cable is pulled.
        case closed
    }

    private var link: any Link & ~Copyable
    private let faults: [Int: Fault]
    private let portion: Int
    private var request = -1
    private var ready: [UInt8] = []
    private var held: [UInt8] = []
    private var isClosed = false

    /// `portion`: how many bytes are delivered at a time.
    init(_ link: consuming any Link & ~Copyable, faults: [Int: Fault] = [:], portion: Int = .max) {
        self.link = link
        self.faults = faults
        self.portion = portion
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        guard !isClosed else { throw .closed }
        request += 1
        try await link.send(bytes)
        let reply = (try? await link.receive(within: .zero)) ?? []
        let stale = held
        held = []
        switch faults[request] {
        case nil: ready += stale + reply
        case .silence: break
        case .late: held = reply
        case .torn(let count): ready += reply.prefix(count)
        case .damaged: ready += reply.dropLast() + reply.suffix(1).map { $0 ^ 0x10 }
        case .garbage(let noise): ready += noise + reply
        case .doubled: ready += reply + reply
        case .closed: isClosed = true
        }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard !isClosed else { throw .closed }
        guard !ready.isEmpty else { throw .timedOut }
        let bytes = Array(ready.prefix(portion))
        ready.removeFirst(bytes.count)
        return bytes
    }
}

/// A device that sends the same bytes for ever, from the first request on or from a later one.
struct EndlessLink: ~Copyable, Link {
    private var link: (any Link & ~Copyable)?
    private let portion: [UInt8]
    private var requestsLeft: Int

    init(bytes: [UInt8]) {
        link = nil
        portion = Array(repeating: bytes, count: 4096 / bytes.count).flatMap(\.self)
        requestsLeft = 0
    }

    init(_ link: consuming any Link & ~Copyable, bytes: [UInt8], from request: Int) {
        self.link = consume link
        portion = Array(repeating: bytes, count: 4096 / bytes.count).flatMap(\.self)
        requestsLeft = request
    }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) {
        requestsLeft -= 1
        if requestsLeft >= 0 { try await link?.send(bytes) }
    }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        guard requestsLeft < 0 else {
            guard let bytes = try await link?.receive(within: limit) else { throw .timedOut }
            return bytes
        }
        // Until the first request is out the line is quiet.
        return portion
    }
}
