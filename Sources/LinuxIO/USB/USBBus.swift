import CLibUSB
package import Wire

/// The machine's USB: which devices are plugged in, and word of those that come and go.
///
/// Make one at the start and hand it to whoever opens devices. Throws at once where the system keeps USB away.
package final class USBBus: Sendable {
    /// How often we look where nobody tells us of plugs.
    private static let lookEvery: Duration = .seconds(1)

    let context: USBContext
    private let isTold: Bool

    /// Opens libusb and starts its thread. Throws where either cannot be had.
    package init() throws(LinkError) {
        context = try USBContext()
        isTold = try context.start()
    }

    deinit {
        context.stop()
    }

    /// The devices plugged in now.
    package func devices() throws(LinkError) -> [USBDevice] {
        var devices: [USBDevice] = []
        try forEach { device, _ in devices.append(device) }
        return devices
    }

    /// Tells of every device that is there, and then of all that come and go, until the task is cancelled.
    package func watch(_ take: (USBPlug) async -> Void) async throws(LinkError) {
        var roster = USBRoster()
        // Listening starts before the first look, so that nothing falls between them.
        var signals = context.plugSignals().makeAsyncIterator()
        while !Task.isCancelled {
            for plug in roster.update(try devices()) { await take(plug) }
            if isTold {
                _ = await signals.next()
            } else {
                try? await Task.sleep(for: Self.lookEvery, clock: .continuous)
            }
        }
    }

    /// Hands over every device with libusb's pointer to it, which is valid inside the call only.
    func forEach(_ take: (USBDevice, OpaquePointer) -> Void) throws(LinkError) {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = libusb_get_device_list(context.pointer, &list)
        guard count >= 0 else { throw .usb(Int32(count), "libusb_get_device_list", "usb") }
        defer { libusb_free_device_list(list, 1) }
        for pointer in UnsafeBufferPointer(start: list, count: count) {
            if let pointer, let device = USBDevice(pointer) { take(device, pointer) }
        }
    }
}

extension USBDevice {
    fileprivate init?(_ pointer: OpaquePointer) {
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(pointer, &descriptor) == 0 else { return nil }
        // Hubs can be stacked seven deep (USB 3.0, 8.9).
        var ports = [UInt8](repeating: 0, count: 7)
        let depth = libusb_get_port_numbers(pointer, &ports, Int32(ports.count))
        let way = ports.prefix(max(0, Int(depth))).map(String.init).joined(separator: ".")
        let bus = libusb_get_bus_number(pointer)
        self.init(
            vendor: descriptor.idVendor,
            product: descriptor.idProduct,
            port: way.isEmpty ? "\(bus)" : "\(bus)-\(way)",
            address: libusb_get_device_address(pointer)
        )
    }
}
