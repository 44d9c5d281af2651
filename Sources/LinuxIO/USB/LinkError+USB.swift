import CLibUSB
import Glibc
import Wire

extension LinkError {
    /// What a failed call into libusb means for whoever wants to use `device`.
    static func usb(_ code: Int32, _ call: String, _ device: String) -> LinkError {
        switch libusb_error(rawValue: code) {
        case LIBUSB_ERROR_NO_DEVICE, LIBUSB_ERROR_NOT_FOUND: .usbAbsent(device)
        case LIBUSB_ERROR_ACCESS:
            .refused(
                reason: "\(device): not permitted for this user",
                hint: "install udev/60-pressmark.rules, add the user to group pressmark, and plug the reader in again"
            )
        case LIBUSB_ERROR_BUSY:
            .refused(
                reason: "\(device): in use by another program",
                hint: "stop what uses the reader, such as its maker's service or pcscd"
            )
        case LIBUSB_ERROR_IO where call == "libusb_open":
            // What the kernel answers when a unit's device list leaves USB out.
            .refused(
                reason: "\(device): the system does not let it be opened",
                hint: "under systemd the unit needs DeviceAllow=char-usb_device rw"
            )
        default:
            .system(
                errno: code,
                call: "\(call) \(device)",
                meaning: String(cString: libusb_strerror(code)).lowercased()
            )
        }
    }

    /// Two programs cannot have a card reader, and the system's own service was first.
    static func heldBySmartCardService(_ device: String) -> LinkError {
        .refused(
            reason: "\(device): held by another program, most likely the smart-card service",
            hint: "if no other program needs the reader: sudo systemctl disable --now pcscd.socket pcscd.service"
        )
    }

    static func usbAbsent(_ device: String) -> LinkError {
        .absent(device: device, hint: "plug the reader in and compare it with: lsusb")
    }
}
