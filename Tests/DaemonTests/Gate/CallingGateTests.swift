import Glibc
import LinuxIO
import Operations
import Readers
import Testing
import Wire

@testable import Daemon

/// A connection from an address of this machine that nobody has listed; a plain socket, for ours do not choose theirs.
private func stranger(calling port: UInt16) -> Int32 {
    func address(_ host: UInt32, _ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = host.bigEndian
        address.sin_port = port.bigEndian
        return address
    }
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    for (call, host, port) in [(bind, 0x7F00_0009, 0), (connect, 0x7F00_0001, port)]
        as [((Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, UInt32, UInt16)]
    {
        var place = address(host, port)
        withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = call(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
    return number
}

/// Whether the other end has hung up on this caller, which is waited for; not where nobody has taken the call.
private func isLetGo(_ number: Int32) async throws -> Bool {
    var byte: UInt8 = 0
    while true {
        let count = recv(number, &byte, 1, Int32(MSG_DONTWAIT))
        if count == 0 || (count < 0 && errno == ECONNRESET) { return true }
        guard count < 0, errno == EAGAIN else { return false }
        // The threads are few, and whoever listens needs them too.
        try await Task.sleep(for: .milliseconds(5))
    }
}

@Test(.timeLimit(.minutes(10)))
func `a stranger who calls is let go unread and told of once, and the gate behind is heard`() async throws {
    let readiness = try Readiness()
    // A port that is free: the kernel names one, and it is given back.
    let port = try TCPListener.listen(address: "127.0.0.1", port: 0, on: readiness).port
    let reader = Configuration.Reader(
        name: "gate-1",
        role: .gate,
        driver: "feig",
        place: .calls(address: "127.0.0.1", port: port, from: ["127.0.0.1"]),
        interval: .zero
    )
    let log = SpokenLog()
    var places = try ReaderPlaces([reader], readiness: readiness, logger: log.logger)
    // However busy the machine is with other tests.
    places.callPatience = .seconds(600)
    let setup = try #require(try places.setups([reader]).first)
    #expect(setup.driver.identity.name == FEIGNotificationDriver.identity.name)
    let open = setup.openLink
    let notice: [UInt8] = [0x02, 0x00, 0x0A, 0x00, 0x6E, 0x00, 0x00, 0x00, 0x4B, 0x69]
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
        group.addTask {
            var link = try await open()
            return try await link.receive(within: .seconds(600))
        }
        for _ in 0..<3 {
            // The listener comes up a moment later: until then nobody is there to refuse or to take a call.
            var isOver = false
            while !isOver {
                let unknown = stranger(calling: port)
                defer { close(unknown) }
                _ = send(unknown, notice, notice.count, Int32(MSG_NOSIGNAL))
                isOver = try await isLetGo(unknown)
                try Task.checkCancellation()
                await Task.yield()
            }
        }
        var gate = try await TCPLink.connect(host: "127.0.0.1", port: port, on: readiness)
        try await gate.send(notice)
        #expect(try await group.next() == notice)
    }
    #expect(log.lines.count == 1)
}
