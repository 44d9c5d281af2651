import CLinux
import Glibc

/// Lines of one chip that the kernel has given to us; they go back when the last holder lets go.
final class GPIORequest: Sendable {
    let descriptor: Descriptor

    /// Takes the lines; those of an output bank start as `values` says, a bit for each in order.
    init(chip path: String, label: String, _ settings: [GPIOLineSetting], values: UInt64? = nil) throws(GPIOError) {
        guard var request = gpio_v2_line_request(settings, values: values) else { throw .tooMany(chip: label) }
        let chip = try GPIOChip.open(path)
        guard ioctl(chip.raw, clinux_gpio_line_request, &request) == 0 else {
            guard errno == EBUSY else { throw .system(code: errno, call: "request lines of \(label)") }
            throw .busy(name: "of \(label)", consumer: "another program")
        }
        descriptor = Descriptor(owning: request.fd)
        // Edges are read until there are none; the kernel has no flag for it in the request.
        _ = fcntl(descriptor.raw, F_SETFL, fcntl(descriptor.raw, F_GETFL) | O_NONBLOCK)
    }

    /// Sets the lines whose bits stand in `mask`, all at the same moment; zero, or the error number.
    func set(_ bits: UInt64, mask: UInt64) -> Int32 {
        var values = gpio_v2_line_values(bits: bits, mask: mask)
        return ioctl(descriptor.raw, clinux_gpio_set_values, &values) == 0 ? 0 : errno
    }

    /// The levels of the first `count` lines, on as a set bit; `nil` when the chip is gone.
    func values(_ count: Int) -> UInt64? {
        var values = gpio_v2_line_values(bits: 0, mask: gpio_v2_line_request.mask(of: count))
        return ioctl(descriptor.raw, clinux_gpio_get_values, &values) == 0 ? values.bits : nil
    }

    /// The edges that wait, oldest first; `nil` when the chip is gone.
    func events() -> [GPIOEvent]? {
        let size = MemoryLayout<gpio_v2_line_event>.stride
        var events: [GPIOEvent] = []
        while true {
            var buffer = [gpio_v2_line_event](repeating: gpio_v2_line_event(), count: 16)
            let count = read(descriptor.raw, &buffer, buffer.count * size)
            if count >= 0 {
                events += buffer.prefix(count / size).map(GPIOEvent.init)
                guard count == buffer.count * size else { return events }
            } else if errno == EAGAIN {
                return events
            } else if errno != EINTR {
                return nil
            }
        }
    }
}

/// An edge as the kernel tells it: which line, which way, when, and its number since the request.
struct GPIOEvent: Hashable, Sendable {
    var offset: UInt32
    var active: Bool
    /// CLOCK_MONOTONIC, taken in the interrupt.
    var nanoseconds: UInt64
    /// Counts all edges of the request from 1; a gap means that the buffer ran over.
    var sequence: UInt32

    init(offset: UInt32, active: Bool, nanoseconds: UInt64, sequence: UInt32) {
        self.offset = offset
        self.active = active
        self.nanoseconds = nanoseconds
        self.sequence = sequence
    }

    /// With active-low lines the kernel already counts a falling level as the rising edge.
    init(_ event: gpio_v2_line_event) {
        self.init(
            offset: event.offset,
            active: event.id == GPIO_V2_LINE_EVENT_RISING_EDGE.rawValue,
            nanoseconds: event.timestamp_ns,
            sequence: event.seqno
        )
    }
}
