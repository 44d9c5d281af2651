import LinuxIO

extension Configuration.Reader.Place {
    /// Whether this device may be the one that is opened here.
    func means(_ device: USBDevice) -> Bool { selections.contains { $0.matches(device) } }

    /// Whether whoever opens this place may open the line of the other one.
    func meets(_ other: Self) -> Bool {
        switch (self, other) {
        case (.serial(let path, _), .serial(let otherPath, _)): path == otherPath
        case (.tcp(let host, let port, _), .tcp(let otherHost, let otherPort, _)):
            port == otherPort && host.lowercased() == otherHost.lowercased()
        case (.calls(_, let port, _), .calls(_, let otherPort, _)): port == otherPort
        default: selections.contains { one in other.selections.contains { one.meets($0) } }
        }
    }

    /// Whether it is reached over USB.
    var isUSB: Bool {
        switch self {
        case .usb, .usbControl, .automatic: true
        case .serial, .tcp, .calls: false
        }
    }

    private var selections: [USBSelection] {
        switch self {
        case .usb(let selection), .usbControl(let selection): [selection]
        case .automatic(let selections): selections
        case .serial, .tcp, .calls: []
        }
    }
}

extension USBSelection {
    /// Whether one device may be meant by both; what says nothing of a product or a port means every one.
    fileprivate func meets(_ other: USBSelection) -> Bool {
        vendor == other.vendor && (product ?? other.product) == (other.product ?? product)
            && (port ?? other.port) == (other.port ?? port)
    }
}
