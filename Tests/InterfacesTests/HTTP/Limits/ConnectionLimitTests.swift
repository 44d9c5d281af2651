import Foundation
import Library
import Testing

@testable import Interfaces

/// How many callers are served at one time, over real lines.
@Suite struct ConnectionLimitTests {
    @Test(.timeLimit(.minutes(10)), arguments: [false, true])
    func `the one too many waits until another leaves`(isInherited: Bool) async throws {
        let service = try TestService()
        let (ports, opened) = AsyncStream.makeStream(of: Int.self)
        let server = WebServer(
            desk: service.desk,
            library: "Central Library",
            scheme: .lcc,
            address: "127.0.0.1",
            port: 0,
            inherited: isInherited ? try WaitingSocket().descriptor : nil,
            hosts: [],
            loopback: .admin,
            simulation: nil,
            connections: 2,
            started: { opened.yield($0) },
            logger: TestService.logger
        )
        let running = Task { try await server.run() }
        defer { running.cancel() }
        let port = try #require(await ports.first { _ in true })
        let first = try KeptCall(to: port)
        let second = try KeptCall(to: port)
        // Again and again: that the second was let in is long known before a third comes.
        for _ in 0..<20 {
            #expect(try await first.status() == "HTTP/1.1 200 OK")
            #expect(try await second.status() == "HTTP/1.1 200 OK")
        }
        let third = try KeptCall(to: port)
        try third.ask()
        for _ in 0..<20 { #expect(try await first.status() == "HTTP/1.1 200 OK") }
        #expect(third.hasHeardNothing)
        first.hangUp()
        #expect(try await third.answer() == "HTTP/1.1 200 OK")
        #expect(try await second.status() == "HTTP/1.1 200 OK")
    }
}

/// A connection on which one request after the other is sent.
private final class KeptCall: Sendable {
    private let descriptor: CInt

    init(to port: Int) throws {
        descriptor = try PlainCall.connected(to: UInt16(port))
    }

    deinit { close(descriptor) }

    func ask() throws {
        // Its answer ends with the fields.
        let request = Array("HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        try #require(send(descriptor, request, request.count, 0) == request.count)
    }

    /// The first line of the answer; empty where the server hangs up.
    func answer() async throws -> String {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            let more = try await PlainCall.next(on: descriptor)
            guard !more.isEmpty else { return "" }
            bytes += more
        }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }

    func status() async throws -> String {
        try ask()
        return try await answer()
    }

    var hasHeardNothing: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, CInt(MSG_DONTWAIT)) == -1 && errno == EAGAIN
    }

    func hangUp() { shutdown(descriptor, CInt(SHUT_RDWR)) }
}
