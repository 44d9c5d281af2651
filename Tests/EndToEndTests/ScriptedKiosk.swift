import Foundation

/// A self-check machine that knows nothing of radio tags: speaks SIP2 over TCP with whoever listens.
final class ScriptedKiosk {
    private let socket: Int32
    private var sequence = 0

    struct Failure: Error { var reason: String }

    init(port: Int) throws {
        guard let number = in_port_t(exactly: port) else { throw Failure(reason: "found port \(port)") }
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 6, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = number.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(reason: "connect: \(String(cString: strerror(errno)))") }
    }

    deinit { close(socket) }

    /// Sends a message with number and checksum and waits for the answer's line.
    func ask(_ body: String) throws -> String {
        var line = body + "AY\(sequence)AZ"
        sequence = (sequence + 1) % 10
        let sum = line.utf8.reduce(UInt16(0)) { $0 &+ UInt16($1) }
        line += String(format: "%04X", 0 &- sum) + "\r"
        let bytes = Array(line.utf8)
        guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Failure(reason: "send: \(String(cString: strerror(errno)))")
        }
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while recv(socket, &byte, 1, 0) == 1 {
            if byte == 0x0D { return String(decoding: answer, as: UTF8.self) }
            answer.append(byte)
        }
        throw Failure(reason: "no answer to \(body.prefix(2))")
    }

    func login() throws -> String { try ask("9300CNkiosk|COkiosk|") }

    func checkOut(_ barcode: String, patron: String = "P0001") throws -> String {
        try ask("11YN20260102    100000                  AOMAIN|AA\(patron)|AB\(barcode)|AC|BON|")
    }

    func checkIn(_ barcode: String) throws -> String {
        try ask("09N20260102    10000020260102    100000APMAIN|AOMAIN|AB\(barcode)|AC|BIN|")
    }
}
