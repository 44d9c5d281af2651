/// Somebody plugged a device in or pulled it.
package enum USBPlug: Hashable, Sendable {
    case arrived(USBDevice)
    case left(USBDevice)
}

/// The devices that are plugged in, and what changed since the last look.
///
/// libusb may tell of one arrival twice and, without netlink, of none: so its word is only a reason to look again.
struct USBRoster: Hashable, Sendable {
    private var devices: Set<USBDevice> = []

    /// Departures first, so that a device that was plugged round is seen to leave and come.
    mutating func update(_ found: [USBDevice]) -> [USBPlug] {
        let now = Set(found)
        let left = devices.subtracting(now).sorted { $0.port < $1.port }
        let arrived = now.subtracting(devices).sorted { $0.port < $1.port }
        devices = now
        return left.map(USBPlug.left) + arrived.map(USBPlug.arrived)
    }
}
