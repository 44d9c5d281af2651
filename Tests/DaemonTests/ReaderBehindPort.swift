import Foundation
import Glibc
import Readers
import Synchronization
import Testing

/// A reader's twin behind a TCP port of this machine, served by a thread of its own, one caller after the other.
///
/// It can fall silent, vanish, come back, and hang up.
final class ReaderBehindPort: Sendable {
    let port: UInt16
    private let listener: Int32
    private let state: Mutex<State>

    private struct State {
        var twin: any ReaderTwin
        var air: any Air
        var line: Int32 = -1
        var isMute = false
        var isVanished = false
    }

    /// - Parameter port: 0 for one that the kernel chooses.
    init(_ twin: any ReaderTwin, over air: any Air, port: UInt16 = 0) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var reuse: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 }
        }
        try #require(isBound && listen(listener, 8) == 0)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        self.port = UInt16(bigEndian: address.sin_port)
        self.listener = listener
        state = Mutex(State(twin: twin, air: air))
        Thread.detachNewThread { [self] in serve() }
    }

    /// Ends the thread; nobody answers on the port any more.
    func end() {
        shutdown(listener, Int32(SHUT_RDWR))
        hangUp()
    }

    /// Lets the caller go.
    func hangUp() {
        state.withLock { _ = shutdown($0.line, Int32(SHUT_RDWR)) }
    }

    /// Takes every byte and answers none.
    func fallSilent() { state.withLock { $0.isMute = true } }

    /// From now on nothing reaches it: neither its line nor its port acknowledges anything, ends, or refuses, as when
    /// its power or its cable is gone.
    func vanish() throws {
        try state.withLock { state in
            state.isVanished = true
            for socket in [listener, state.line] {
                var instruction: [UInt16] = [0x06, 0, 0, 0]
                let result = instruction.withUnsafeMutableBytes { bytes in
                    var program = Program(count: 1, instructions: bytes.baseAddress)
                    let size = socklen_t(MemoryLayout<Program>.size)
                    return setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, size)
                }
                try #require(result == 0)
            }
        }
    }

    /// Answers again, whoever calls.
    func comeBack() {
        state.withLock { state in
            state.isMute = false
            guard state.isVanished else { return }
            state.isVanished = false
            var none: Int32 = 0
            setsockopt(listener, SOL_SOCKET, SO_DETACH_FILTER, &none, socklen_t(MemoryLayout<Int32>.size))
            _ = shutdown(state.line, Int32(SHUT_RDWR))
        }
    }

    /// Changes what lies before it.
    func lay(_ air: any Air) { state.withLock { $0.air = air } }

    private func serve() {
        while true {
            let line = accept(listener, nil, nil)
            guard line >= 0 else { break }
            state.withLock { $0.line = line }
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(line, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                let reply = state.withLock { state in
                    state.isMute ? [] : state.twin.receive(Array(buffer.prefix(count)), air: &state.air)
                }
                _ = send(line, reply, reply.count, Int32(MSG_NOSIGNAL))
            }
            state.withLock {
                close(line)
                $0.line = -1
            }
        }
        close(listener)
    }

    /// `struct sock_fprog` (linux/filter.h); its one instruction keeps no byte.
    private struct Program {
        var count: UInt16
        var instructions: UnsafeMutableRawPointer?
    }
}

/// An antenna with nothing on it.
struct EmptyAir: Air {
    mutating func setField(on: Bool) {}
    mutating func send(_ frame: [UInt8]) -> AirAnswer { .silence }
    mutating func endOfFrame() -> AirAnswer { .silence }
    mutating func wait(_ time: Duration) {}
}
