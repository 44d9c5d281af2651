import CLibUSB
import Wire

/// An opened device whose interface is ours; both are given back when it is let go.
///
/// libusb lets a handle be used from any thread.
struct USBHandle: ~Copyable, @unchecked Sendable {
    let pointer: OpaquePointer
    let endpoints: USBEndpoints
    let device: USBDevice
    /// The context must outlive the handle.
    private let bus: USBBus

    /// Opens the first device that is meant, moves the kernel's driver out of the way and claims the interface.
    ///
    /// - Parameter control: the interface of a device that is spoken with by control transfers; `nil` for one with
    ///   endpoints.
    static func open(
        _ selection: USBSelection,
        on bus: USBBus,
        control: UInt8? = nil
    ) throws(LinkError) -> USBHandle {
        var found: (device: USBDevice, result: Result<(OpaquePointer, USBEndpoints), LinkError>)?
        try bus.forEach { device, pointer in
            guard found == nil, selection.matches(device) else { return }
            found = (device, Self.open(pointer, device, control))
        }
        guard let found else { throw .usbAbsent("\(selection)") }
        let (pointer, endpoints) = try found.result.get()
        return USBHandle(pointer: pointer, endpoints: endpoints, device: found.device, bus: bus)
    }

    private init(pointer: OpaquePointer, endpoints: USBEndpoints, device: USBDevice, bus: USBBus) {
        self.pointer = pointer
        self.endpoints = endpoints
        self.device = device
        self.bus = bus
    }

    deinit {
        libusb_release_interface(pointer, Int32(endpoints.interface))
        libusb_close(pointer)
    }

    private static func open(
        _ pointer: OpaquePointer,
        _ device: USBDevice,
        _ control: UInt8?
    ) -> Result<(OpaquePointer, USBEndpoints), LinkError> {
        if let control {
            let endpoints = USBEndpoints(control: control)
            return claim(pointer, endpoints, device).map { ($0, endpoints) }
        }
        var configuration: UnsafeMutablePointer<libusb_config_descriptor>?
        let code = libusb_get_active_config_descriptor(pointer, &configuration)
        guard code == 0, let configuration else { return .failure(.usb(code, "read configuration of", "\(device)")) }
        defer { libusb_free_config_descriptor(configuration) }
        guard let endpoints = USBEndpoints(USBInterface.all(of: configuration.pointee)) else {
            return .failure(
                .refused(
                    reason: "\(device): found no endpoints for data in both directions",
                    hint: "a FEIG PR100 or MR100-U wants usb-transfers = \"control\"; any other is no reader of ours"
                )
            )
        }
        return claim(pointer, endpoints, device).map { ($0, endpoints) }
    }

    private static func claim(
        _ pointer: OpaquePointer,
        _ endpoints: USBEndpoints,
        _ device: USBDevice
    ) -> Result<OpaquePointer, LinkError> {
        var opened: OpaquePointer?
        let openCode = libusb_open(pointer, &opened)
        guard openCode == 0, let opened else { return .failure(.usb(openCode, "libusb_open", "\(device)")) }
        // Where the kernel cannot detach drivers it has none on the interface.
        libusb_set_auto_detach_kernel_driver(opened, 1)
        let claimCode = libusb_claim_interface(opened, Int32(endpoints.interface))
        guard claimCode == 0 else {
            libusb_close(opened)
            let isBusy = claimCode == LIBUSB_ERROR_BUSY.rawValue
            return .failure(
                isBusy && endpoints.isSmartCard
                    ? .heldBySmartCardService("\(device)") : .usb(claimCode, "libusb_claim_interface", "\(device)")
            )
        }
        return .success(opened)
    }
}
