package import Wire

/// What a driver's folder exports: who it is, how to open its device, and the device's own side for simulation.
package protocol ReaderDriver: Sendable {
    /// Name, devices and line settings, the same for every device of the family.
    static var identity: DriverIdentity { get }

    /// Finds out what answers on the link and takes it over. The link closes when opening fails.
    static func open(_ link: consuming any Link & ~Copyable) async throws(ReaderError) -> any Reader & ~Copyable

    /// A simulated device of this family, written from the device's documents.
    static func twin() -> any ReaderTwin
}

/// A driver's name, the devices it is for, and how to reach them.
package struct DriverIdentity: Hashable, Sendable {
    /// The name used in configuration: `feig`.
    package var name: String
    /// The maker as people know it: `FEIG ELECTRONIC`, or a group of makers such as `PC/SC`.
    package var vendor: String
    /// The models known to speak this protocol.
    package var models: [String]
    /// Devices that are recognised on USB by themselves; empty for families on a serial line or the network.
    package var usbDevices: [USBIdentity]
    /// How a serial line to the device is set unless the site says otherwise.
    package var line: LineSettings
    /// The TCP port the device listens on unless the site says otherwise.
    package var tcpPort: UInt16?
    /// Whether replies carry a checksum of their own; where they do not, the cable's word is all there is.
    package var hasChecksum: Bool

    package init(
        name: String,
        vendor: String,
        models: [String],
        usbDevices: [USBIdentity],
        line: LineSettings,
        tcpPort: UInt16? = nil,
        hasChecksum: Bool = true
    ) {
        self.name = name
        self.vendor = vendor
        self.models = models
        self.usbDevices = usbDevices
        self.line = line
        self.tcpPort = tcpPort
        self.hasChecksum = hasChecksum
    }
}

/// A USB device by its numbers; `product` is `nil` when every product of the vendor may be a reader.
package struct USBIdentity: Hashable, Sendable {
    /// idVendor, 0AB1 for FEIG.
    package var vendor: UInt16
    /// idProduct; `nil` stands for every product of the vendor.
    package var product: UInt16?
    /// The device as people know it: `ACS ACR1552U`.
    package var name: String
    /// Whether it may be taken where nobody named it. Not where it is uncertain that the device reads our tags at all:
    /// a site that has tried it names it by its numbers.
    package var isTakenUnasked: Bool

    package init(vendor: UInt16, product: UInt16?, name: String, isTakenUnasked: Bool = true) {
        self.vendor = vendor
        self.product = product
        self.name = name
        self.isTakenUnasked = isTakenUnasked
    }
}
