import Foundation
import Testing

@testable import LinuxIO

/// Descriptors one behind the other, as systemd lays them out, but so high that no other test has them.
@Suite(.serialized)
struct InheritedSocketsTests {
    private static let first = CInt(min(sysconf(Int32(_SC_OPEN_MAX)), 60_000) - 16)

    private func place(_ descriptor: CInt, at number: CInt) {
        dup2(descriptor, Self.first + number)
        close(descriptor)
    }

    private func listening() throws -> CInt {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // An address of the family alone: the kernel chooses an abstract name (unix(7)).
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, 2) }
        }
        try #require(bound == 0)
        try #require(listen(descriptor, 4) == 0)
        return descriptor
    }

    private func take(_ variables: [String: String], forgetting: (String) -> Void = { _ in }) -> InheritedSockets {
        InheritedSockets.take(environment: { variables[$0] }, forget: forgetting, first: Self.first)
    }

    @Test func `sockets come with the names of their units and die with an exec`() throws {
        place(try listening(), at: 0)
        place(try listening(), at: 1)
        var forgotten: Set<String> = []
        var found = take(
            ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "http:control"],
            forgetting: { forgotten.insert($0) }
        )
        #expect(found.sockets.map(\.name) == ["http", "control"])
        #expect(found.refused == [])
        #expect(forgotten == ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"])
        for socket in found.sockets { #expect(fcntl(socket.descriptor, F_GETFD) & FD_CLOEXEC != 0) }
        #expect(found.take("http") == [InheritedSocket(name: "http", descriptor: Self.first)])
        #expect(found.take("http") == [])
        #expect(found.closeRest() == ["control, descriptor \(Self.first + 1): found an unknown name"])
        #expect(fcntl(Self.first + 1, F_GETFD) == -1)
        close(Self.first)
    }

    @Test func `what is meant for another process is left alone`() throws {
        place(try listening(), at: 0)
        #expect(take(["LISTEN_PID": "1", "LISTEN_FDS": "1"]) == InheritedSockets())
        #expect(take([:]) == InheritedSockets())
        #expect(take(["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "70000"]) == InheritedSockets())
        #expect(take(["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "-1"]) == InheritedSockets())
        #expect(fcntl(Self.first, F_GETFD) >= 0)
        close(Self.first)
    }

    @Test func `what cannot be served is closed and named`() throws {
        place(open("/dev/null", O_RDONLY), at: 0)
        place(socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0), at: 1)
        place(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0), at: 2)
        let found = take(["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "a:b"])
        #expect(found.sockets == [])
        #expect(
            found.refused == [
                "a, descriptor \(Self.first + 0): found no socket, wanted a listening one",
                "b, descriptor \(Self.first + 1): found datagrams, wanted ListenStream=",
                "unknown, descriptor \(Self.first + 2): found a socket that does not listen, wanted Accept=no",
            ]
        )
        for number: CInt in 0..<3 { #expect(fcntl(Self.first + number, F_GETFD) == -1) }
    }
}
