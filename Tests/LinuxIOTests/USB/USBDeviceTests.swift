import LinuxIO
import Testing

private let pad = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.4", address: 7)

@Test(arguments: [
    (USBSelection(vendor: 0x0AB1), true),
    (USBSelection(vendor: 0x0AB1, product: 0x0002), true),
    (USBSelection(vendor: 0x0AB1, port: "1-1.4"), true),
    (USBSelection(vendor: 0x0AB1, product: 0x0004), false),
    (USBSelection(vendor: 0x0AB1, port: "1-1.3"), false),
    (USBSelection(vendor: 0x0403), false),
])
func `a device is meant by its numbers and, where given, its place`(_ selection: USBSelection, _ isMeant: Bool) {
    #expect(selection.matches(pad) == isMeant)
}

@Test func `devices are written as lsusb writes their numbers, with their place`() {
    #expect(pad.description == "usb 0AB1:0002 at 1-1.4")
    #expect(USBSelection(vendor: 0x0AB1).description == "usb 0AB1:*")
    #expect(USBSelection(vendor: 0x0AB1, product: 2, port: "1-1").description == "usb 0AB1:0002 at 1-1")
}
