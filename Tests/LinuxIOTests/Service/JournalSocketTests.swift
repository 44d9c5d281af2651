import Foundation
import Testing
import Wire

@testable import LinuxIO

@Test func `an entry is one datagram, with lengths where a value has several lines`() {
    let bytes = JournalSocket.message([("MESSAGE", "gate-1: dead"), ("PRESSMARK_REMEDY", "a\nb")])
    let wanted =
        Array("MESSAGE=gate-1: dead\nPRESSMARK_REMEDY\n".utf8) + [3, 0, 0, 0, 0, 0, 0, 0] + Array("a\nb\n".utf8)
    #expect(bytes == wanted)
}

/// The journal's end: a socket that takes datagrams, and that somebody may read or not.
private struct Journal: ~Copyable {
    let path = "/tmp/pressmark-journal-\(UUID().uuidString.prefix(8))"
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

    init() throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
    }

    deinit {
        close(descriptor)
        unlink(path)
    }
}

@Test func `it arrives at the journal's socket, and a journal that is not there is said`() throws {
    let journal = try Journal()
    try JournalSocket(path: journal.path).send([("MESSAGE", "hello"), ("PRIORITY", "5")])
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = recv(journal.descriptor, &buffer, buffer.count, 0)
    #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "MESSAGE=hello\nPRIORITY=5\n")
    #expect(throws: (any Error).self) { try JournalSocket(path: journal.path + "-none").send([("MESSAGE", "x")]) }
}

@Test(.timeLimit(.minutes(10))) func `a journal that reads nothing is said, and waited for by nobody`() throws {
    let journal = try Journal()
    let socket = JournalSocket(path: journal.path)
    // The kernel keeps some for a journal that is slow (net.unix.max_dgram_qlen), and then no more.
    let error = #expect(throws: LinkError.self) {
        for _ in 0..<100_000 { try socket.send([("MESSAGE", "hello")]) }
    }
    guard case .system(EAGAIN, _, _) = error else {
        Issue.record("found \(String(describing: error)), wanted a socket that is full")
        return
    }
}
