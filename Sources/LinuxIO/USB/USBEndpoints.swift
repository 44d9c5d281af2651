import CLibUSB

/// The two endpoints that carry a reader's frames, and the interface they belong to.
///
/// Found in the device's descriptors and not by number: FEIG readers use IN 81 and OUT 02, others what they like.
struct USBEndpoints: Hashable, Sendable {
    /// How bytes go over them (USB 2.0, 4.7).
    enum Transfer: Hashable, Sendable {
        /// As much at once as the bus has room for.
        case bulk
        /// A packet at a time, asked for by the clock.
        case interrupt
        /// By questions to the device itself, without endpoints of one's own.
        case control
    }

    var interface: UInt8
    /// Whether the interface is a smart-card reader's (class 0B), which the system's smart-card service takes for
    /// itself.
    var isSmartCard: Bool
    var transfer: Transfer
    var input: UInt8
    var output: UInt8

    /// None but the one that every device has, for a device that takes control transfers on this interface.
    init(control interface: UInt8) {
        self.interface = interface
        isSmartCard = false
        transfer = .control
        (input, output) = (0x80, 0x00)
    }

    /// The first interface with an endpoint each way, bulk before interrupt; `nil` when there is none.
    ///
    /// A reader's interface is a smart-card reader's (readers §3.1) or of its maker's own class (readers §1.1): the
    /// serial port or the disk that some have beside it may come first.
    init?(_ interfaces: [USBInterface]) {
        let likely = interfaces.filter { [0x0B, 0xFF].contains($0.interfaceClass) }
        let order: [(Transfer, [USBInterface])] = [(.bulk, likely), (.bulk, interfaces), (.interrupt, interfaces)]
        for (transfer, interfaces) in order {
            for interface in interfaces {
                let endpoints = interface.endpoints.filter { $0.transfer == transfer }
                guard let input = endpoints.first(where: \.isInput),
                    let output = endpoints.first(where: { !$0.isInput })
                else { continue }
                self.interface = interface.number
                isSmartCard = interface.interfaceClass == 0x0B
                self.transfer = transfer
                self.input = input.address
                self.output = output.address
                return
            }
        }
        return nil
    }
}

/// An interface in its first setting.
struct USBInterface: Hashable, Sendable {
    struct Endpoint: Hashable, Sendable {
        /// Bit 7 set: towards the host (USB 2.0, 9.6.6).
        var address: UInt8
        /// `nil` for control and isochronous endpoints.
        var transfer: USBEndpoints.Transfer?

        var isInput: Bool { address & 0x80 != 0 }
    }

    var number: UInt8
    /// What kind of device it says to be (USB class codes); FF is the maker's own.
    var interfaceClass: UInt8 = 0xFF
    var endpoints: [Endpoint]
}

extension USBInterface {
    /// The interfaces of a device's active configuration.
    static func all(of configuration: libusb_config_descriptor) -> [USBInterface] {
        UnsafeBufferPointer(start: configuration.interface, count: Int(configuration.bNumInterfaces)).compactMap {
            guard $0.num_altsetting > 0, let setting = $0.altsetting?.pointee else { return nil }
            let endpoints = UnsafeBufferPointer(start: setting.endpoint, count: Int(setting.bNumEndpoints))
            return USBInterface(
                number: setting.bInterfaceNumber,
                interfaceClass: setting.bInterfaceClass,
                endpoints: endpoints.map(Endpoint.init)
            )
        }
    }
}

extension USBInterface.Endpoint {
    fileprivate init(_ descriptor: libusb_endpoint_descriptor) {
        address = descriptor.bEndpointAddress
        // The two low bits are the kind of transfer (USB 2.0, table 9-13).
        transfer =
            switch descriptor.bmAttributes & 0x03 {
            case 2: .bulk
            case 3: .interrupt
            default: nil
            }
    }
}
