import API
import Foundation
import NIOCore
import Testing

@testable import Command

/// A daemon behind a line that stays open whatever becomes of it: the first caller is told nothing, the next ones that the
/// library system is there.
private struct SilentDaemon: Sendable {
    private let descriptor: Int32
    let url: URL

    private static let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isOpen)
        self.descriptor = descriptor
        url = try #require(URL(string: "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"))
    }

    /// Answers on a thread of its own until the socket is shut.
    func serve() {
        let descriptor = descriptor
        Thread.detachNewThread {
            var text = Self.head
            while true {
                let caller = accept(descriptor, nil, nil)
                guard caller >= 0 else { return }
                let bytes = Array(text.utf8)
                _ = send(caller, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                text = Self.head + "event: ils\ndata: {\"online\":true}\n\n"
            }
        }
    }

    func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// Follows a daemon that falls silent until it tells something; `nil` when this machine was so busy with other tests that
/// not even its first answer was heard in time.
private func followed() async throws -> (events: [Event], losses: [Complaint])? {
    let daemon = try SilentDaemon()
    daemon.serve()
    defer { daemon.stop() }
    var isOpen = false
    var losses: [Complaint] = []
    var events: [Event] = []
    do {
        try await DaemonClient.open(daemon.url, silence: .seconds(5)) { client in
            try await client.follow(
                opened: {
                    isOpen = true
                    return .on
                },
                handle: { event in
                    events.append(event)
                    return .stop
                },
                lost: { losses.append($0) }
            )
        }
    } catch let complaint as Complaint {
        guard !isOpen else { throw complaint }
        return nil
    }
    return (events, losses)
}

@Test(.timeLimit(.minutes(20))) func `a stream that falls silent is as good as broken, and is opened again`()
    async throws
{
    var outcome = try await followed()
    for _ in 0..<50 where outcome == nil { outcome = try await followed() }
    let (events, losses) = try #require(outcome)
    #expect(events.map(\.name) == ["ils"])
    #expect(!losses.isEmpty)
}
