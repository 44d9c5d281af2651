import Testing

@testable import LinuxIO

private func endpoint(_ address: UInt8, _ transfer: USBEndpoints.Transfer?) -> USBInterface.Endpoint {
    USBInterface.Endpoint(address: address, transfer: transfer)
}

@Test func `a reader's endpoints are found by what they are`() throws {
    // FEIG 0ab1:0002 as lsusb shows it: bulk IN 81, bulk OUT 02 of interface 0.
    let feig = USBInterface(number: 0, endpoints: [endpoint(0x02, .bulk), endpoint(0x81, .bulk)])
    let found = try #require(USBEndpoints([feig]))
    #expect((found.input, found.output, found.interface, found.transfer) == (0x81, 0x02, 0, .bulk))
}

@Test func `bulk endpoints come before interrupt ones, wherever they are`() {
    let keyboard = USBInterface(number: 0, endpoints: [endpoint(0x81, .interrupt), endpoint(0x01, .interrupt)])
    let data = USBInterface(
        number: 2,
        endpoints: [endpoint(0x83, .interrupt), endpoint(0x84, .bulk), endpoint(0x05, .bulk)]
    )
    #expect(USBEndpoints([keyboard, data])?.interface == 2)
    #expect(USBEndpoints([keyboard, data])?.input == 0x84)
    #expect(USBEndpoints([keyboard])?.transfer == .interrupt)
}

@Test func `a reader's own interface comes before a serial port or a disk beside it`() {
    // readers §3.1: a smart-card reader's interface has class 0B; §1.1: FEIG's is neither HID nor CDC.
    let pair = [endpoint(0x82, .bulk), endpoint(0x02, .bulk)]
    let card = USBInterface(number: 2, interfaceClass: 0x0B, endpoints: pair)
    let own = USBInterface(number: 3, interfaceClass: 0xFF, endpoints: pair)
    for other: UInt8 in [0x0A, 0x08] {
        let beside = USBInterface(number: 1, interfaceClass: other, endpoints: pair)
        #expect(USBEndpoints([beside, card])?.interface == 2)
        #expect(USBEndpoints([beside, card])?.isSmartCard == true)
        #expect(USBEndpoints([beside, own])?.interface == 3)
        #expect(USBEndpoints([beside])?.interface == 1)
    }
    #expect(USBEndpoints([own, card])?.interface == 3)
}

@Test func `a device that only talks one way cannot be spoken with`() {
    let mouse = USBInterface(number: 0, endpoints: [endpoint(0x81, .interrupt), endpoint(0x02, .bulk)])
    #expect(USBEndpoints([mouse]) == nil)
    #expect(USBEndpoints([USBInterface(number: 0, endpoints: [endpoint(0x81, nil), endpoint(0x01, nil)])]) == nil)
    #expect(USBEndpoints([]) == nil)
}
