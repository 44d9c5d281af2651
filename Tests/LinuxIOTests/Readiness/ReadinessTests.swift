import Glibc
import Testing
import Wire

@testable import LinuxIO

/// Two connected sockets that never block: what goes into the second comes out of the first.
func makePair() throws -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
    try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    return (ends[0], ends[1])
}

@Test func `a waiting task wakes when bytes come`() async throws {
    let readiness = try Readiness()
    let (reading, writing) = try makePair()
    let far = Descriptor(owning: writing)
    let waiting = Task { [readiness] in
        let near = Descriptor(owning: reading)
        return try await readiness.read(from: near, within: patience)
    }
    try await readiness.write([1, 2, 3], to: far, within: patience, by: .send)
    #expect(try await waiting.value == [1, 2, 3])
}

@Test func `a wait ends at its deadline and not before`() async throws {
    let readiness = try Readiness()
    let (reading, writing) = try makePair()
    let near = Descriptor(owning: reading)
    let far = Descriptor(owning: writing)
    let start = Deadline.now
    await #expect(throws: LinkError.timedOut) {
        try await readiness.wait(for: .reading, on: near, until: start + .milliseconds(20))
    }
    #expect(Deadline.now.after(start) >= .milliseconds(20))
    _ = consume far
}

@Test func `a short wait is not held up by a long one that began before it`() async throws {
    let readiness = try Readiness()
    let (reading, writing) = try makePair()
    let far = Descriptor(owning: writing)
    let long = Task { [readiness] in
        let near = Descriptor(owning: reading)
        _ = try await readiness.read(from: near, within: .seconds(600))
    }
    let start = Deadline.now
    for milliseconds in [30, 20, 10] {
        let (otherReading, otherWriting) = try makePair()
        let near = Descriptor(owning: otherReading)
        let other = Descriptor(owning: otherWriting)
        await #expect(throws: LinkError.timedOut) {
            try await readiness.read(from: near, within: .milliseconds(milliseconds))
        }
        _ = consume other
    }
    #expect(Deadline.now.after(start) < .seconds(300))
    try await readiness.write([1], to: far, within: patience, by: .send)
    try await long.value
}

@Test func `a cancelled wait ends at once`() async throws {
    let readiness = try Readiness()
    let (reading, writing) = try makePair()
    let far = Descriptor(owning: writing)
    let start = Deadline.now
    let waiting = Task { [readiness] in
        let near = Descriptor(owning: reading)
        _ = try await readiness.read(from: near, within: .seconds(600))
    }
    waiting.cancel()
    await #expect(throws: LinkError.cancelled) { try await waiting.value }
    #expect(Deadline.now.after(start) < .seconds(300))
    _ = consume far
}

@Test func `cancellation, bytes and deadlines may race without a lost or doubled wake-up`() async throws {
    let readiness = try Readiness()
    let ended = await withTaskGroup(of: Bool.self) { group in
        for round in 0..<600 {
            guard let (reading, writing) = try? makePair() else { continue }
            let waiting = Task { [readiness] in
                let near = Descriptor(owning: reading)
                let limit: Duration = round % 3 == 0 ? .microseconds(round) : .seconds(600)
                return try await readiness.read(from: near, within: limit)
            }
            group.addTask {
                let far = Descriptor(owning: writing)
                if round % 3 != 1 { try? await readiness.write([7], to: far, within: patience, by: .send) }
                if round % 3 != 2 { waiting.cancel() }
                let result = await waiting.result
                // Open until here: an end that closes early is another story than those told above.
                _ = consume far
                switch result {
                case .success(let bytes): return bytes == [7]
                case .failure(let error as LinkError): return [.cancelled, .timedOut].contains(error)
                case .failure: return false
                }
            }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(ended == 600)
}

@Test func `a descriptor number used again starts with a clean wait`() async throws {
    let readiness = try Readiness()
    for _ in 0..<200 {
        let (reading, writing) = try makePair()
        let near = Descriptor(owning: reading)
        let far = Descriptor(owning: writing)
        await #expect(throws: LinkError.timedOut) {
            try await readiness.wait(for: .reading, on: near, until: Deadline.now + .microseconds(50))
        }
        try await readiness.write([9], to: far, within: patience, by: .send)
        #expect(try await readiness.read(from: near, within: patience) == [9])
    }
}

@Test func `an ordinary file is refused, since nobody can wait for it`() async throws {
    let readiness = try Readiness()
    let file = Descriptor(owning: open("/etc/hostname", O_RDONLY))
    await #expect(throws: LinkError.system("epoll_ctl", EPERM)) {
        try await readiness.wait(for: .reading, on: file, until: .never)
    }
}

@Test func `the end of the stream is an error and never an empty answer`() async throws {
    let readiness = try Readiness()
    let (reading, writing) = try makePair()
    let near = Descriptor(owning: reading)
    close(writing)
    await #expect(throws: LinkError.closed) { try await readiness.read(from: near, within: patience) }
}

@Test func `bytes that nobody takes away time out`() async throws {
    let readiness = try Readiness()
    let (reading, writing) = try makePair()
    let near = Descriptor(owning: reading)
    let far = Descriptor(owning: writing)
    await #expect(throws: LinkError.timedOut) {
        try await readiness.write([UInt8](repeating: 0, count: 1 << 20), to: far, within: .milliseconds(30), by: .send)
    }
    _ = consume near
}

@Test func `the thread and its descriptors end with the last owner`() async throws {
    for _ in 0..<300 {
        let readiness = try Readiness()
        let (reading, writing) = try makePair()
        let near = Descriptor(owning: reading)
        let far = Descriptor(owning: writing)
        try await readiness.write([1], to: far, within: patience, by: .send)
        #expect(try await readiness.read(from: near, within: patience) == [1])
    }
    // The last threads may still be on their way out, and tests beside this one have loops of their own.
    let limit = Deadline.now + .seconds(30)
    var left = try openDescriptors(of: "anon_inode:[timerfd]")
    while left >= 150, Deadline.now < limit {
        await Task.yield()
        left = try openDescriptors(of: "anon_inode:[timerfd]")
    }
    #expect(left < 150)
}
