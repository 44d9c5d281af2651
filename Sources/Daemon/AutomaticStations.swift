import LinuxIO
import Logging
import Operations
import Readers
import Wire

/// Gives readers that are plugged in by USB, and that no `[[reader]]` means, stations of their own as long as they
/// stay. One that is named later leaves its line to the reader that it is then, and gets it back when it is named no
/// more.
struct AutomaticStations: Sendable {
    let role: StationRole
    /// The driver for a device; `nil` when it is no reader.
    let driver: @Sendable (USBDevice) -> (any ReaderDriver.Type)?
    /// What the device has as its serial number.
    let serialNumber: @Sendable (USBDevice) -> String?
    let open: @Sendable (USBDevice) async throws(LinkError) -> any Link & ~Copyable
    let desk: ServiceDesk
    let logger: Logger
    /// How long a name is waited for that a station has which is just ending, as when a plug is loose.
    var patience = Duration.seconds(2)
    /// Who has which line.
    var readers = ReadersInForce()

    /// Until word of plugs is asked for again, where the system would not give it.
    private static let retry = Duration.seconds(60)

    /// Serves until cancelled.
    func run(on bus: USBBus) async {
        while !Task.isCancelled {
            await follow { take in try await bus.watch(take) }
            try? await Task.sleep(for: Self.retry)
        }
    }

    /// Follows the plugs that `watch` tells of, until it ends; then all stations end.
    func follow(_ watch: (_ take: (USBPlug) async -> Void) async throws -> Void) async {
        // Discarding: a loose plug that comes and goes for months leaves nothing behind.
        await withDiscardingTaskGroup { group in
            var stops: [USBDevice: AsyncStream<Void>.Continuation] = [:]
            do {
                try await watch { plug in
                    switch plug {
                    case .arrived(let device):
                        guard let driver = driver(device) else { return }
                        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
                        stops[device] = stop
                        group.addTask { await attend(device, driver, until: stopped) }
                    case .left(let device):
                        stops.removeValue(forKey: device)?.finish()
                    }
                }
            } catch {
                if !Task.isCancelled { logger.warning("no word of USB", metadata: ["cause": "\(error)"]) }
            }
            group.cancelAll()
        }
    }

    private func attend(
        _ device: USBDevice,
        _ driver: any ReaderDriver.Type,
        until stopped: AsyncStream<Void>
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await attend(device, driver) }
            group.addTask { for await _ in stopped {} }
            await group.next()
            group.cancelAll()
        }
    }

    /// Serves whenever no named reader may be the device.
    private func attend(_ device: USBDevice, _ driver: any ReaderDriver.Type) async {
        for await _ in readers.changes() {
            guard readers.enter(device) else { continue }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await host(device, driver) }
                group.addTask {
                    for await _ in readers.changes() where readers.isNamed(device) { break }
                    await desk.stations.first { $0.setup.place == Self.place(of: device) }?.finishJobs()
                }
                await group.next()
                group.cancelAll()
            }
            readers.leave(device)
        }
    }

    /// Serves under the first name that is free. One by the maker's number is asked for twice before the port's is
    /// taken in its place: whoever has it may be the same reader, pulled a moment ago, or another one with its number.
    private func host(_ device: USBDevice, _ driver: any ReaderDriver.Type) async {
        let own = name(of: device, driver.identity)
        let byPort = Self.name(driver.identity, device.port)
        var isTold = false
        while !Task.isCancelled {
            for name in own == byPort ? [own] : [own, own, byPort] {
                let cause = { @Sendable in readers.isNamed(device) ? "it is a configured reader now" : "unplugged" }
                let setup = setup(of: device, driver, name: name)
                if await desk.host(setup, logger: logger, cause: cause) { return }
                if !isTold {
                    isTold = true
                    logger.warning("reader plugged in: its name is taken", metadata: ["reader": "\(name)"])
                }
                guard (try? await Task.sleep(for: patience)) != nil else { return }
            }
        }
    }

    private func setup(of device: USBDevice, _ driver: any ReaderDriver.Type, name: String) -> StationSetup {
        StationSetup(
            name: name,
            role: role,
            driver: driver,
            place: Self.place(of: device),
            // A pad rests between two looks, as a configured one does.
            interval: role == .pad ? .milliseconds(100) : .zero
        ) { () async throws(LinkError) -> any Link & ~Copyable in
            try await open(device)
        }
    }

    private static func place(of device: USBDevice) -> String { "\(device), found by itself" }

    /// The driver's name and what stays the same from plug to plug: `feig-0B31C2F4`, or the port where a reader has no
    /// number, `feig-1-1.4`.
    func name(of device: USBDevice, _ identity: DriverIdentity) -> String {
        let number = serialNumber(device).map { $0.filter { $0.isASCII && ($0.isLetter || $0.isNumber) } } ?? ""
        // Some makers give all devices the same, such as 000000.
        let isOwn = (4...32).contains(number.count) && Set(number).count > 1
        return Self.name(identity, isOwn ? number : device.port)
    }

    private static func name(_ identity: DriverIdentity, _ what: String) -> String { "\(identity.name)-\(what)" }
}
