import CLibUSB
import Synchronization
import Wire

/// libusb's state and the thread in which all its callbacks run.
///
/// The pointer is libusb's own, whose functions may be called from any thread; the thread keeps the context alive until
/// it was told to stop, and the last holder closes it.
final class USBContext: @unchecked Sendable {
    let pointer: OpaquePointer
    private let isStopped = Atomic(false)
    private let listeners = Mutex(Listeners())

    init() throws(LinkError) {
        var pointer: OpaquePointer?
        let code = libusb_init(&pointer)
        guard code == 0, let pointer else { throw .usb(code, "libusb_init", "usb") }
        self.pointer = pointer
    }

    deinit {
        libusb_exit(pointer)
    }

    /// Starts the thread and asks for word of plugged and pulled devices; whether libusb can give it here.
    func start() throws(LinkError) -> Bool {
        let isTold = registerForPlugs()
        try DetachedThread.start { [self] in
            while !isStopped.load(ordering: .acquiring) {
                libusb_handle_events_completed(pointer, nil)
            }
        }
        return isTold
    }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        libusb_interrupt_event_handler(pointer)
    }

    /// A stream that says that something was plugged or pulled, not what.
    func plugSignals() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = listeners.withLock { listeners in
            listeners.last += 1
            listeners.byNumber[listeners.last] = continuation
            return listeners.last
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { $0.byNumber[number] = nil }
        }
        return stream
    }

    private func registerForPlugs() -> Bool {
        guard libusb_has_capability(UInt32(LIBUSB_CAP_HAS_HOTPLUG.rawValue)) != 0 else { return false }
        let any = Int32(LIBUSB_HOTPLUG_MATCH_ANY)
        let events = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED.rawValue | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT.rawValue
        // Callbacks come from our thread only, and the thread holds the context: no reference is needed.
        let context = Unmanaged.passUnretained(self).toOpaque()
        let code = libusb_hotplug_register_callback(
            pointer,
            Int32(events),
            0,
            any,
            any,
            any,
            { _, _, _, context in
                if let context { Unmanaged<USBContext>.fromOpaque(context).takeUnretainedValue().signal() }
                return 0
            },
            context,
            nil
        )
        return code == 0
    }

    private func signal() {
        for continuation in listeners.withLock({ Array($0.byNumber.values) }) { continuation.yield() }
    }

    private struct Listeners {
        var last = 0
        var byNumber: [Int: AsyncStream<Void>.Continuation] = [:]
    }
}
