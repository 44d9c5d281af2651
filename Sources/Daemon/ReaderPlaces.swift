import LinuxIO
import Logging
import Operations
import Readers
import Wire

/// Where readers are, and how their lines are opened.
struct ReaderPlaces: Sendable {
    let readiness: Readiness
    /// The gates' own, on the thread on which they decide: none is woken before it.
    let gates: Readiness
    /// `nil` where nothing is reached over USB, or the system keeps it away.
    let bus: USBBus?
    let logger: Logger

    /// How long a gate that calls is waited for before its absence is told.
    var callPatience = Duration.seconds(20)

    /// Asks for USB only when a reader needs it; then its absence is a failure at the start.
    init(_ readers: [Configuration.Reader], readiness: Readiness, gates: Readiness? = nil, logger: Logger) throws {
        self.readiness = readiness
        self.gates = gates ?? readiness
        self.logger = logger
        bus = readers.contains(where: \.place.isUSB) ? try USBBus() : try? USBBus()
    }

    func setups(_ readers: [Configuration.Reader]) throws -> [StationSetup] {
        try readers.map { reader in
            guard let driver = AllDrivers.named(reader.driver) else {
                throw StartFailure(description: "reader \(reader.name): no driver \(reader.driver)", hint: nil)
            }
            var station = StationSetup(
                name: reader.name,
                role: reader.role,
                driver: driver,
                place: reader.place.description,
                interval: reader.interval
            ) { () async throws(LinkError) -> any Link & ~Copyable in
                try await open(reader.place, on: reader.role == .gate ? gates : readiness)
            }
            if case .calls = reader.place { station.driver = FEIGNotificationDriver.self }
            if case .usbControl = reader.place { station.driver = FEIGControlDriver.self }
            return station
        }
    }

    /// The stations of readers that come while the service runs; throws for one that a start would not take.
    func additions(_ readers: [Configuration.Reader]) throws -> [StationSetup] {
        if bus == nil { try Self.checkWithoutUSB(readers) }
        return GateComposition.tuned(try setups(readers), by: readers)
    }

    /// Refuses readers that are reached over USB.
    static func checkWithoutUSB(_ readers: [Configuration.Reader]) throws(StartFailure) {
        guard let reader = readers.first(where: \.place.isUSB) else { return }
        throw StartFailure(
            description: "reader \(reader.name), \(reader.place): found no USB for this service, wanted it",
            hint: "is libusb there, and may the service use USB"
        )
    }

    private func open(
        _ place: Configuration.Reader.Place,
        on readiness: Readiness
    ) async throws(LinkError) -> any Link & ~Copyable {
        switch place {
        case .serial(let path, let line):
            return try SerialLink.open(path: path, settings: line, on: readiness)
        case .tcp(let host, let port, nil):
            let link = try await TCPLink.connect(host: host, port: port, on: readiness)
            try link.watchClosely()
            return link
        case .tcp(let host, let port, let tls?):
            let link = try await TLSLink.configured(host: host, port: port, settings: tls, on: readiness)
            try link.watchClosely()
            return link
        case .usb(let selection):
            return try USBLink.open(selection, on: try usb("\(selection)"))
        case .usbControl(let selection):
            let interface = FEIGControlDriver.interface
            return try USBControlLink.open(selection, interface: interface, on: try usb("\(selection)"))
        case .automatic(let selections):
            let bus = try usb("usb")
            let devices = try bus.devices()
            guard let there = selections.first(where: { devices.contains(where: $0.matches) }) else {
                let wanted = selections.map { "\($0)" }.joined(separator: ", ")
                throw .absent(device: wanted, hint: "plug the reader in and compare it with: lsusb")
            }
            return try USBLink.open(there, on: bus)
        case .calls(let address, let port, let peers):
            return try await called(address, port, peers, on: readiness)
        }
    }

    private func usb(_ device: String) throws(LinkError) -> USBBus {
        guard let bus else { throw .absent(device: device, hint: "is libusb there, and may the service use USB") }
        return bus
    }

    /// Waits for a gate that calls; whoever else does is let go at once, and told of once.
    private func called(
        _ address: String,
        _ port: UInt16,
        _ peers: [String],
        on readiness: Readiness
    ) async throws(LinkError) -> any Link & ~Copyable {
        var listener = try TCPListener.listen(address: address, port: port, on: readiness)
        var refused = RefusedCalls()
        let start = ContinuousClock.now
        let end = start + callPatience
        while true {
            let rest = end - ContinuousClock.now
            guard rest > .zero else { throw .timedOut }
            let link = try await listener.accept(within: rest)
            if peers.contains(link.peer.host) {
                try link.watchClosely()
                return link
            }
            guard refused.note(link.peer.host, at: ContinuousClock.now - start) != nil else { continue }
            logger.warning("call refused", metadata: ["port": "\(port)", "from": "\(link.peer.host)"])
        }
    }

    // MARK: - Discovery

    /// What may be asked beside the configured readers, whose stations know best.
    func probe(_ discovery: Configuration.Discovery, readers: [Configuration.Reader]) -> ReaderProbe {
        let taken = readers.map(\.place)
        let serial = discovery.serial.filter { path in
            !taken.contains { if case .serial(path, _) = $0 { true } else { false } }
        }
        // A second connection would be refused by most readers, or take the place of their station's.
        let network = discovery.tcp.filter { text in
            !taken.contains { if case .tcp(let host, let port, _) = $0 { Self.means(text, host, port) } else { false } }
        }
        let places = serial.map(serialPlace) + network.compactMap(networkPlace)
        // Where they have stations of their own they are listed as such.
        guard discovery.automatic == nil else { return ReaderProbe(places: places) }
        return ReaderProbe(places: places) { seen(beside: taken) }
    }

    /// Whether a place of the list, with a port or without, is this one.
    private static func means(_ text: String, _ host: String, _ port: UInt16) -> Bool {
        [host, "\(host):\(port)"].contains { $0.lowercased() == text.lowercased() }
    }

    private func serialPlace(_ path: String) -> ProbePlace {
        // What only USB reaches is not asked for on a serial line.
        let drivers = AllDrivers.list.filter { $0.identity.name != CCIDDriver.identity.name }
        return ProbePlace(name: "serial \(path)", drivers: drivers) {
            identity throws(LinkError) -> any Link & ~Copyable in
            try SerialLink.open(path: path, settings: identity.line, on: readiness)
        }
    }

    private func networkPlace(_ text: String) -> ProbePlace? {
        let drivers = AllDrivers.list.filter { $0.identity.tcpPort != nil }
        let colon = text.lastIndex(of: ":")
        let host = colon.map { String(text[..<$0]) } ?? text
        let port = colon.flatMap { UInt16(text[text.index(after: $0)...]) }
        guard !host.isEmpty, colon == nil || port != nil else { return nil }
        return ProbePlace(name: "tcp \(text)", drivers: drivers) {
            identity throws(LinkError) -> any Link & ~Copyable in
            try await TCPLink.connect(host: host, port: port ?? identity.tcpPort ?? 10001, on: readiness)
        }
    }

    private func seen(beside taken: [Configuration.Reader.Place]) -> [ProbeReport] {
        let devices = (try? bus?.devices()) ?? []
        return devices.filter { device in !taken.contains { $0.means(device) } }.flatMap { device in
            AllDrivers.list.flatMap { driver in
                driver.identity.usbDevices.filter { identity in
                    USBSelection(vendor: identity.vendor, product: identity.product).matches(device)
                }.map { ProbeReport(place: "\(device)", end: .seen(driver: driver.identity.name, name: $0.name)) }
            }
        }
    }

    // MARK: - Readers that nobody configured

    /// Who keeps them, where the site allows it.
    func visitors(
        _ discovery: Configuration.Discovery,
        _ readers: ReadersInForce,
        at desk: ServiceDesk
    ) -> AutomaticStations? {
        guard let role = discovery.automatic else { return nil }
        if bus == nil {
            logger.warning("readers that are plugged in cannot be seen", metadata: ["cause": "no USB for this service"])
        }
        return AutomaticStations(
            role: role,
            driver: { Self.driver(for: $0) },
            serialNumber: { $0.serialNumber },
            open: { [self] device throws(LinkError) -> any Link & ~Copyable in
                let selection = USBSelection(vendor: device.vendor, product: device.product, port: device.port)
                return try USBLink.open(selection, on: try usb("\(device)"))
            },
            desk: desk,
            logger: logger,
            readers: readers
        )
    }

    /// The first driver that is for this device and may take it unasked.
    static func driver(for device: USBDevice) -> (any ReaderDriver.Type)? {
        AllDrivers.list.first { driver in
            driver.identity.usbDevices.contains { identity in
                identity.isTakenUnasked
                    && USBSelection(vendor: identity.vendor, product: identity.product).matches(device)
            }
        }
    }
}
