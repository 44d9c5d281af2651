import LinuxIO
import Logging
import Operations
import Readers
import Wire

/// Gives readers that are plugged in by USB, and that no `[[reader]]` means, stations of their own as long as they
/// stay.
struct AutomaticStations: Sendable {
    let role: StationRole
    /// The driver for a device; `nil` when it is no reader, or is configured.
    let driver: @Sendable (USBDevice) -> (any ReaderDriver.Type)?
    /// What the device has as its serial number.
    let serialNumber: @Sendable (USBDevice) -> String?
    let open: @Sendable (USBDevice) async throws(LinkError) -> any Link & ~Copyable
    let desk: ServiceDesk
    let logger: Logger

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
                        guard let setup = setup(of: device) else { return }
                        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
                        stops[device] = stop
                        group.addTask { await host(setup, until: stopped) }
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

    private func host(_ setup: StationSetup, until stopped: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard await desk.host(setup, logger: logger) else {
                    logger.warning("reader plugged in: its name is taken", metadata: ["reader": "\(setup.name)"])
                    return
                }
            }
            group.addTask { for await _ in stopped {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func setup(of device: USBDevice) -> StationSetup? {
        guard let driver = driver(device) else { return nil }
        return StationSetup(
            name: name(of: device, driver.identity),
            role: role,
            driver: driver,
            place: "\(device), found by itself",
            // A pad rests between two looks, as a configured one does.
            interval: role == .pad ? .milliseconds(100) : .zero
        ) { () async throws(LinkError) -> any Link & ~Copyable in
            try await open(device)
        }
    }

    /// The driver's name and what stays the same from plug to plug: `feig-0B31C2F4`, or the port where a reader has no
    /// number, `feig-1-1.4`.
    func name(of device: USBDevice, _ identity: DriverIdentity) -> String {
        let number = serialNumber(device).map { $0.filter { $0.isASCII && ($0.isLetter || $0.isNumber) } } ?? ""
        // Some makers give all devices the same, such as 000000.
        let isOwn = (4...32).contains(number.count) && Set(number).count > 1
        return "\(identity.name)-\(isOwn ? number : device.port)"
    }
}
