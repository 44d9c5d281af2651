import CLibUSB
import Testing
import Wire

@testable import LinuxIO

private func error(_ code: libusb_error, _ call: String = "libusb_open") -> LinkError {
    .usb(code.rawValue, call, "usb 0AB1:0002 at 1-1")
}

@Test func `absent, not permitted and busy are told apart, each with its remedy`() {
    let absent = error(LIBUSB_ERROR_NO_DEVICE)
    #expect(absent.description == "usb 0AB1:0002 at 1-1: not there")
    #expect(absent.hint == "plug the reader in and compare it with: lsusb")
    let refused = error(LIBUSB_ERROR_ACCESS)
    #expect(refused.description == "usb 0AB1:0002 at 1-1: not permitted for this user")
    #expect(refused.hint?.hasPrefix("install udev/60-pressmark.rules, add the user to group pressmark") == true)
    let busy = error(LIBUSB_ERROR_BUSY, "libusb_claim_interface")
    #expect(busy.description == "usb 0AB1:0002 at 1-1: in use by another program")
    #expect(busy.hint == "stop what uses the reader, such as its maker's service or pcscd")
}

@Test func `a sandbox that hides usb shows as a failed opening and says what to allow`() {
    #expect(error(LIBUSB_ERROR_IO).hint == "under systemd the unit needs DeviceAllow=char-usb_device rw")
    guard case .system(-1, "transfer usb 0AB1:0002 at 1-1", _) = error(LIBUSB_ERROR_IO, "transfer") else {
        Issue.record("an input/output error of a transfer is the system's")
        return
    }
}

@Test func `a card reader that the smart-card service holds is left to it, with a word on how to get it`() {
    let held = LinkError.heldBySmartCardService("usb 072F:2303 at 1-1")
    #expect(held.description == "usb 072F:2303 at 1-1: held by another program, most likely the smart-card service")
    #expect(held.hint?.contains("pcscd.socket") == true)
}
