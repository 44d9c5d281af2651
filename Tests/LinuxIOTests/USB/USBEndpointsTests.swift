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

@Test func `a device that only talks one way cannot be spoken with`() {
    let mouse = USBInterface(number: 0, endpoints: [endpoint(0x81, .interrupt), endpoint(0x02, .bulk)])
    #expect(USBEndpoints([mouse]) == nil)
    #expect(USBEndpoints([USBInterface(number: 0, endpoints: [endpoint(0x81, nil), endpoint(0x01, nil)])]) == nil)
    #expect(USBEndpoints([]) == nil)
}
