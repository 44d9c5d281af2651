import CLibUSB
import Testing
import Wire

@testable import LinuxIO

private func error(_ code: libusb_error, _ call: String = "libusb_open") -> LinkError {
    .usb(code.rawValue, call, "usb 0AB1:0002 at 1-1")
}

@Test func `absent, not permitted and busy are told apart, each with its remedy`() {
    #expect(
        error(LIBUSB_ERROR_NO_DEVICE).description
            == "usb 0AB1:0002 at 1-1: not there hint: plug the reader in and compare it with: lsusb"
    )
    #expect(
        error(LIBUSB_ERROR_ACCESS).description
            == "usb 0AB1:0002 at 1-1: not permitted for this user hint: install udev/60-pressmark.rules, add the user to "
            + "group pressmark, and plug the reader in again"
    )
    #expect(
        error(LIBUSB_ERROR_BUSY, "libusb_claim_interface").description
            == "usb 0AB1:0002 at 1-1: in use by another program hint: stop what uses the reader, such as its maker's "
            + "service or pcscd"
    )
}

@Test func `a sandbox that hides usb shows as a failed opening and says what to allow`() {
    #expect(
        error(LIBUSB_ERROR_IO).description.hasSuffix(
            "hint: under systemd the unit needs DeviceAllow=char-usb_device rw"
        )
    )
    guard case .system(-1, "transfer usb 0AB1:0002 at 1-1", _) = error(LIBUSB_ERROR_IO, "transfer") else {
        Issue.record("an input/output error of a transfer is the system's")
        return
    }
}
