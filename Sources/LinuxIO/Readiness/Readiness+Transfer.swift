import Glibc
import Wire

extension Readiness {
    /// The most bytes handed over by one read.
    static let portion = 4096

    /// Reads what is there, or waits for it: at least one byte.
    func read(from descriptor: borrowing Descriptor, within limit: Duration) async throws(LinkError) -> [UInt8] {
        let deadline = Deadline.now + limit
        while true {
            guard !Task.isCancelled else { throw .cancelled }
            var code: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: Self.portion) { buffer, count in
                let result = Glibc.read(descriptor.raw, buffer.baseAddress, buffer.count)
                code = result < 0 ? errno : 0
                count = max(0, result)
            }
            switch code {
            case 0:
                guard !bytes.isEmpty else { throw .closed }
                return bytes
            case EAGAIN: try await wait(for: .reading, on: descriptor, until: deadline)
            case EINTR: continue
            default: throw .transfer("read", code)
            }
        }
    }

    /// Writes all bytes, in as many portions as the kernel wants; ``LinkError/timedOut`` when they cannot leave in
    /// time.
    func write(
        _ bytes: [UInt8],
        to descriptor: borrowing Descriptor,
        within limit: Duration,
        by call: Call = .write
    ) async throws(LinkError) {
        let deadline = Deadline.now + limit
        var sent = 0
        while sent < bytes.count {
            guard !Task.isCancelled else { throw .cancelled }
            let result = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                return call.perform(descriptor.raw, rest)
            }
            if result >= 0 {
                sent += result
                continue
            }
            switch errno {
            case EAGAIN: try await wait(for: .writing, on: descriptor, until: deadline)
            case EINTR: continue
            case let code: throw .transfer("write", code)
            }
        }
    }

    /// How bytes are handed to the kernel.
    enum Call: Sendable {
        case write
        /// For sockets: a connection that broke is an error number, not a signal that ends the program.
        case send

        fileprivate func perform(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
            switch self {
            case .write: Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            case .send: Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            }
        }
    }
}
