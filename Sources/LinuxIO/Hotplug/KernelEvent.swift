/// The kernel's word on a device that came, left or changed (uevent, Documentation/ABI and lib/kobject_uevent.c).
///
///     add@/devices/…/tty/ttyUSB0 00 ACTION=add 00 DEVPATH=/devices/… 00 SUBSYSTEM=tty 00 DEVNAME=ttyUSB0 00 …
package struct KernelEvent: Hashable, Sendable {
    /// `add`, `remove`, `change`, `bind`, `unbind`, `move`.
    package var action: String
    /// `tty`, `usb`, `gpio`, `hidraw`.
    package var subsystem: String
    /// Below /dev, where there is one: `ttyUSB0`, `bus/usb/001/007`.
    package var device: String?

    package init(action: String, subsystem: String, device: String?) {
        self.action = action
        self.subsystem = subsystem
        self.device = device
    }

    /// Whether a line to a reader may have come with it.
    package var mayBringReader: Bool {
        ["add", "bind", "change", "online"].contains(action)
            && ["tty", "usb", "usbmisc", "hidraw", "gpio"].contains(subsystem)
    }

    /// Whether a GPIO chip has come or left with it, and a siren's line with the chip.
    ///
    /// The chip's device alone counts, which has left when its lines have: its entry in the old /sys/class/gpio, which
    /// has no device, leaves before them.
    package var mayMoveLines: Bool {
        if self == .unread { return true }
        return ["add", "remove"].contains(action) && subsystem == "gpio" && device?.hasPrefix("gpiochip") == true
    }

    /// In place of events that came too fast to be kept: something came or left, and nobody knows what.
    package static let unread = KernelEvent(action: "change", subsystem: "usb", device: nil)
}

extension KernelEvent {
    /// Characters of the longest value that is looked at; the kernel's own buffer has 2048.
    private static let longest = 4096

    /// Reads one datagram; `nil` when it is none of the kernel's.
    package init?(_ datagram: [UInt8]) {
        guard datagram.count <= Self.longest else { return nil }
        let fields = datagram.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        guard let head = fields.first, head.contains("@") else { return nil }
        func value(_ key: String) -> String? {
            fields.dropFirst().first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
        }
        guard let action = value("ACTION"), let subsystem = value("SUBSYSTEM") else { return nil }
        self.init(action: action, subsystem: subsystem, device: value("DEVNAME"))
    }
}
