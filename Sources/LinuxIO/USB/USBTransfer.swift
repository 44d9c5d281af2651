import CLibUSB
import Synchronization
import Wire

/// One transfer to or from an endpoint, from its start to its one end.
///
/// libusb owns the structure and the buffer from submission to callback, and the callback always comes, also after a
/// cancellation and an unplug: the waiting task is woken there and nowhere else. Between, the structure is touched only
/// under the lock.
final class USBTransfer: @unchecked Sendable {
    enum Ending: Hashable, Sendable {
        /// What came in, or nothing for what went out whole.
        case done([UInt8])
        /// The time is up; bytes that came in before count.
        case timedOut([UInt8])
        case cancelled
        /// The device is unplugged.
        case gone
        /// The device refused the endpoint, which stands still until it is cleared.
        case stalled
        /// An error on the bus, more data than was asked for, or only a part of what was to go out.
        case failed
        /// libusb did not take the transfer.
        case refused(code: Int32)
    }

    private enum State {
        /// Not handed to libusb yet; cancelled before it was; over.
        case ready, cancelled, ended
        /// With libusb, and this task waits.
        case running(CheckedContinuation<Ending, Never>)
    }

    private let transfer: UnsafeMutablePointer<libusb_transfer>
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private let isInput: Bool
    /// Bytes in front of the data: the setup packet of a control transfer.
    private let head: Int
    private let state = Mutex(State.ready)

    /// Prepares a transfer of so many bytes; for an output endpoint of these bytes.
    init(_ handle: borrowing USBHandle, endpoint: UInt8, bytes: [UInt8], within limit: Duration) throws(LinkError) {
        guard let transfer = libusb_alloc_transfer(0) else {
            throw .usb(LIBUSB_ERROR_NO_MEM.rawValue, "libusb_alloc_transfer", "\(handle.device)")
        }
        self.transfer = transfer
        buffer = .allocate(capacity: bytes.count)
        _ = buffer.initialize(from: bytes)
        isInput = endpoint & 0x80 != 0
        head = 0
        let milliseconds = Self.milliseconds(limit)
        let fill = handle.endpoints.transfer == .bulk ? libusb_fill_bulk_transfer : libusb_fill_interrupt_transfer
        fill(
            transfer,
            handle.pointer,
            endpoint,
            buffer.baseAddress,
            Int32(bytes.count),
            { transfer in
                guard let context = transfer?.pointee.user_data else { return }
                Unmanaged<USBTransfer>.fromOpaque(context).takeRetainedValue().end()
            },
            nil,
            milliseconds
        )
    }

    /// Prepares a control transfer: the bytes begin with its setup packet of eight, and have room for what comes in.
    init(control handle: borrowing USBHandle, bytes: [UInt8], within limit: Duration) throws(LinkError) {
        guard let transfer = libusb_alloc_transfer(0) else {
            throw .usb(LIBUSB_ERROR_NO_MEM.rawValue, "libusb_alloc_transfer", "\(handle.device)")
        }
        self.transfer = transfer
        buffer = .allocate(capacity: bytes.count)
        _ = buffer.initialize(from: bytes)
        isInput = (bytes.first ?? 0) & 0x80 != 0
        head = 8
        libusb_fill_control_transfer(
            transfer,
            handle.pointer,
            buffer.baseAddress,
            { transfer in
                guard let context = transfer?.pointee.user_data else { return }
                Unmanaged<USBTransfer>.fromOpaque(context).takeRetainedValue().end()
            },
            nil,
            Self.milliseconds(limit)
        )
    }

    /// A transfer without a time limit would have the number zero.
    private static func milliseconds(_ limit: Duration) -> UInt32 {
        UInt32(min(max(1, (limit / .milliseconds(1)).rounded(.up)), 3_600_000))
    }

    deinit {
        libusb_free_transfer(transfer)
        buffer.deallocate()
    }

    /// Starts the transfer and waits for its end; a cancelled task cancels it and still waits for libusb to let go.
    func perform() async -> Ending {
        await withTaskCancellationHandler {
            await withCheckedContinuation { start($0) }
        } onCancel: {
            cancel()
        }
    }

    private func start(_ continuation: CheckedContinuation<Ending, Never>) {
        let immediate: Ending? = state.withLock { state in
            guard case .ready = state else { return .cancelled }
            let retained = Unmanaged.passRetained(self)
            transfer.pointee.user_data = retained.toOpaque()
            let code = libusb_submit_transfer(transfer)
            guard code == 0 else {
                retained.release()
                state = .ended
                return code == LIBUSB_ERROR_NO_DEVICE.rawValue ? .gone : .refused(code: code)
            }
            state = .running(continuation)
            return nil
        }
        if let immediate { continuation.resume(returning: immediate) }
    }

    private func cancel() {
        state.withLock { state in
            switch state {
            case .ready: state = .cancelled
            case .running: libusb_cancel_transfer(transfer)
            case .cancelled, .ended: break
            }
        }
    }

    /// Runs on libusb's thread, once.
    private func end() {
        let (continuation, ending) = state.withLock { state -> (CheckedContinuation<Ending, Never>?, Ending) in
            guard case .running(let continuation) = state else { return (nil, .failed) }
            state = .ended
            return (continuation, outcome())
        }
        continuation?.resume(returning: ending)
    }

    private func outcome() -> Ending {
        let count = min(max(0, Int(transfer.pointee.actual_length)), buffer.count - head)
        let bytes = isInput ? Array(buffer[head..<(head + count)]) : []
        switch transfer.pointee.status {
        case LIBUSB_TRANSFER_COMPLETED: return isInput || count == buffer.count - head ? .done(bytes) : .failed
        case LIBUSB_TRANSFER_TIMED_OUT: return .timedOut(bytes)
        case LIBUSB_TRANSFER_CANCELLED: return .cancelled
        case LIBUSB_TRANSFER_NO_DEVICE: return .gone
        case LIBUSB_TRANSFER_STALL: return .stalled
        default: return .failed
        }
    }
}

extension USBTransfer {
    /// Performs the transfer; what came in, or why nothing did.
    func result(on handle: borrowing USBHandle, endpoint: UInt8) async throws(LinkError) -> [UInt8] {
        switch await perform() {
        case .done(let bytes): return bytes
        case .timedOut(let bytes):
            guard !bytes.isEmpty else { throw .timedOut }
            return bytes
        case .cancelled: throw .cancelled
        case .gone: throw .closed
        case .stalled:
            // The control endpoint clears itself with the next setup packet (USB 2.0, 8.5.3.4).
            if endpoint != 0 { libusb_clear_halt(handle.pointer, endpoint) }
            throw .usb(LIBUSB_ERROR_PIPE.rawValue, "transfer", "\(handle.device)")
        case .failed: throw .usb(LIBUSB_ERROR_IO.rawValue, "transfer", "\(handle.device)")
        case .refused(let code): throw .usb(code, "transfer", "\(handle.device)")
        }
    }
}
