import CLinux
import Glibc
package import Wire

extension SerialLink {
    /// Opens the line, sets it and takes it for this program alone.
    ///
    /// The settings are read back from the driver, since some adapters take what they cannot do without a word. Throws
    /// ``LinkError/absent(device:hint:)`` when there is no such device and ``LinkError/refused(reason:hint:)`` when it
    /// may not be used: permission, another program, or settings the adapter cannot make.
    package static func open(
        path: String,
        settings: LineSettings,
        on readiness: Readiness
    ) throws(LinkError) -> SerialLink {
        let wanted = try clinux_line(settings)
        // Without O_NONBLOCK a port waits for a carrier that readers do not give.
        let number = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw openingFailed(path, errno) }
        let descriptor = Descriptor(owning: number)
        guard isatty(descriptor.raw) == 1 else {
            throw .refused(reason: "\(path): not a serial line", hint: "see which lines there are: \(listing)")
        }
        try claim(descriptor, path)
        let isPseudoTerminal = clinux_is_pseudo_terminal(descriptor.raw) != 0
        // From here on the link's end gives the line back.
        let link = SerialLink(
            path: path,
            isPseudoTerminal: isPseudoTerminal,
            descriptor: descriptor,
            settings: settings,
            readiness: readiness
        )
        try link.apply(wanted, settings)
        // Not every adapter can; those that cannot are as fast as they are.
        _ = clinux_line_low_latency(link.descriptor.raw)
        guard tcflush(link.descriptor.raw, TCIOFLUSH) == 0 else { throw .transfer("tcflush") }
        return link
    }

    private static let listing = "ls -l /dev/serial/by-id"

    /// Two locks, since each stops others: TIOCEXCL every program without privileges, flock another of ours as root.
    private static func claim(_ descriptor: borrowing Descriptor, _ path: String) throws(LinkError) {
        guard flock(descriptor.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? busy(path) : .system("flock \(path)")
        }
        guard ioctl(descriptor.raw, UInt(TIOCEXCL), 0) == 0 else { throw .transfer("TIOCEXCL \(path)") }
    }

    private borrowing func apply(_ wanted: clinux_line, _ settings: LineSettings) throws(LinkError) {
        var wanted = wanted
        var found = clinux_line()
        guard clinux_line_set(descriptor.raw, &wanted) == 0, clinux_line_get(descriptor.raw, &found) == 0 else {
            throw .transfer("set \(path) to \(settings.brief)")
        }
        guard found.carries(wanted, withoutParity: isPseudoTerminal) else {
            throw .refused(
                reason: "\(path): found \(LineSettings(found).brief) after setting, wanted \(settings.brief)",
                hint: "this adapter cannot make the setting, use another one"
            )
        }
    }

    private static func openingFailed(_ path: String, _ code: Int32) -> LinkError {
        switch code {
        case ENOENT, ENXIO, ENODEV, ENOTDIR, EIO:
            .absent(device: path, hint: "plug the reader in and compare the path with: \(listing)")
        case EACCES, EPERM:
            .refused(reason: "\(path): not permitted for this user", hint: DeviceNode.permissionHint(path))
        case EBUSY: busy(path)
        default: .system("open \(path)", code)
        }
    }

    private static func busy(_ path: String) -> LinkError {
        .refused(reason: "\(path): in use by another program", hint: "find it with: sudo fuser -v \(path)")
    }
}
