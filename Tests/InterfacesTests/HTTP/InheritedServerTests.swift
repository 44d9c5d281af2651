import Foundation
import Library
import ServiceLifecycle
import Testing

@testable import Interfaces

/// A socket that listens before anybody serves it, as systemd hands it over.
struct WaitingSocket {
    let descriptor: CInt
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (number, size) = (descriptor, length)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, size) == 0 && listen(number, 4) == 0 && getsockname(number, $0, &length) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Which file the descriptor stands for: closed, its number may be another file's at once.
    var file: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
    }

    /// Calls, and leaves a request; nobody has taken the call yet.
    func call(_ path: String) throws -> CInt {
        let caller = try PlainCall.connected(to: port)
        let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n".utf8)
        try #require(send(caller, request, request.count, 0) == request.count)
        return caller
    }
}

/// Everything that comes until the other end hangs up.
private func answer(on caller: CInt) async throws -> String {
    defer { close(caller) }
    var bytes: [UInt8] = []
    while case let more = try await PlainCall.next(on: caller), !more.isEmpty { bytes += more }
    return String(decoding: bytes, as: UTF8.self)
}

@Suite struct InheritedServerTests {
    @Test(.timeLimit(.minutes(10)))
    func `a caller that came before the daemon is answered, and the socket is let go at the end`() async throws {
        let socket = try WaitingSocket()
        let file = try #require(socket.file)
        let early = try socket.call("/v1/status")
        let service = try TestService()
        let started = AsyncStream.makeStream(of: Int.self)
        let server = WebServer(
            desk: service.desk,
            library: "Central Library",
            scheme: .lcc,
            address: "127.0.0.1",
            port: 1,
            inherited: socket.descriptor,
            hosts: [],
            loopback: .admin,
            simulation: nil,
            started: { started.continuation.yield($0) },
            logger: TestService.logger
        )
        let group = ServiceGroup(configuration: .init(services: [server], logger: TestService.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { started.continuation.finish() }
                try await group.run()
            }
            for await port in started.stream {
                #expect(port == Int(socket.port))
                break
            }
            let text = try await answer(on: early)
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(text.prefix(200))")
            #expect(text.lowercased().contains("\r\nserver: pressmark\r\n"))
            #expect(text.contains(" GMT\r\n"))
            #expect(text.contains("Central Library"))
            let later = try socket.call("/v1/nothing")
            #expect(try await answer(on: later).hasPrefix("HTTP/1.1 404"))
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(socket.file != file)
    }

    @Test func `the time is told in the words of HTTP`() {
        #expect(Date(timeIntervalSince1970: 784_111_777).httpText == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(Date(timeIntervalSince1970: 1_709_164_800).httpText == "Thu, 29 Feb 2024 00:00:00 GMT")
    }
}
