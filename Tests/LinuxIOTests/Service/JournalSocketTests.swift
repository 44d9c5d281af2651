import Foundation
import Testing

@testable import LinuxIO

@Test func `an entry is one datagram, with lengths where a value has several lines`() {
    let bytes = JournalSocket.message([("MESSAGE", "gate-1: dead"), ("PRESSMARK_REMEDY", "a\nb")])
    let wanted =
        Array("MESSAGE=gate-1: dead\nPRESSMARK_REMEDY\n".utf8) + [3, 0, 0, 0, 0, 0, 0, 0] + Array("a\nb\n".utf8)
    #expect(bytes == wanted)
}

@Test func `it arrives at the journal's socket, and a journal that is not there is said`() throws {
    let path = "/tmp/pressmark-journal-\(UUID().uuidString.prefix(8))"
    let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer {
        close(number)
        unlink(path)
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let bound = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    try #require(bound == 0)
    try JournalSocket(path: path).send([("MESSAGE", "hello"), ("PRIORITY", "5")])
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = recv(number, &buffer, buffer.count, 0)
    #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "MESSAGE=hello\nPRIORITY=5\n")
    #expect(throws: (any Error).self) { try JournalSocket(path: path + "-none").send([("MESSAGE", "x")]) }
}
