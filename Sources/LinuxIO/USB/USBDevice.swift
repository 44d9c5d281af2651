import Glibc
import Wire

/// A device on USB as the machine lists it, without opening it.
package struct USBDevice: Hashable, Sendable {
    /// The maker's USB number (idVendor): 0AB1 for FEIG.
    package var vendor: UInt16
    /// The product's USB number (idProduct), which its maker gave it.
    package var product: UInt16
    /// Where it is plugged in: bus and the ports on the way, `1-1.4`. Stays the same from plug to plug.
    package var port: String
    /// Its number on the bus, another one after each plug.
    package var address: UInt8

    package init(vendor: UInt16, product: UInt16, port: String, address: UInt8) {
        self.vendor = vendor
        self.product = product
        self.port = port
        self.address = address
    }
}

extension USBDevice {
    /// The number its maker gave this one device, as the kernel read it at the plug; `nil` where it has none.
    package var serialNumber: String? {
        // sysfs names devices as ``port`` does (Documentation/ABI/stable/sysfs-bus-usb).
        let number = Glibc.open("/sys/bus/usb/devices/\(port)/serial", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        // A string descriptor has 126 characters at most (USB 2.0, 9.6.7).
        let bytes = [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
            count = max(0, read(file.raw, buffer.baseAddress, buffer.count))
        }
        let text = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }
}

extension USBDevice: CustomStringConvertible {
    package var description: String {
        "usb \(Hex.string(vendor)):\(Hex.string(product)) at \(port)"
    }
}

/// Which device is meant: by its numbers and, where there are several of a kind, by the place it is plugged into.
package struct USBSelection: Hashable, Sendable {
    /// The maker's USB number (idVendor).
    package var vendor: UInt16
    /// `nil`: any product of the vendor.
    package var product: UInt16?
    /// `nil`: the first that is found.
    package var port: String?

    package init(vendor: UInt16, product: UInt16? = nil, port: String? = nil) {
        self.vendor = vendor
        self.product = product
        self.port = port
    }

    /// Whether this device is meant.
    package func matches(_ device: USBDevice) -> Bool {
        device.vendor == vendor && (product ?? device.product) == device.product && (port ?? device.port) == device.port
    }
}

extension USBSelection: CustomStringConvertible {
    package var description: String {
        let numbers = "usb \(Hex.string(vendor)):\(product.map { Hex.string($0) } ?? "*")"
        return port.map { "\(numbers) at \($0)" } ?? numbers
    }
}
