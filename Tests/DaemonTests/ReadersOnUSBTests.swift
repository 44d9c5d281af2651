import Field
import Foundation
import Library
import LinuxIO
import Logging
import Operations
import Readers
import Store
import Tags
import Testing
import Wire

@testable import Daemon

private let environment = ProcessInfo.processInfo.environment
private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// The two readers of `Tests/Bench/usb-reader` whose firmware is played here, behind a port.
private enum Plugged: CaseIterable, Sendable {
    case card, pad

    var driver: any ReaderDriver.Type {
        switch self {
        case .card: CCIDDriver.self
        case .pad: FEIGDriver.self
        }
    }

    var selection: USBSelection {
        switch self {
        case .card: USBSelection(vendor: 0x072F, product: 0x2303, port: "1-6")
        case .pad: USBSelection(vendor: 0x0AB1, product: 0x0004, port: "1-7")
        }
    }

    /// The driver's name and the number that the bench gives the device.
    var station: String {
        switch self {
        case .card: "ccid-0B31C2F6"
        case .pad: "feig-0B31C2F7"
        }
    }

    private var port: UInt16? {
        environment[self == .card ? "PRESSMARK_USB_CARD" : "PRESSMARK_USB_PAD"].flatMap { UInt16($0) }
    }

    func play(_ tag: VirtualTag) throws -> ReaderBehindPort {
        let field = RadioField(
            tags: [RadioField.Placed(tag: tag, coupling: 1)],
            conditions: RadioConditions(),
            seed: 1
        )
        return try ReaderBehindPort(driver.twin(), over: field, port: try #require(port))
    }
}

private func tag(serial: UInt64) throws -> VirtualTag {
    VirtualTag(
        uid: TagUID(0xE004_0150_0000_0000 | serial),
        chip: try #require(ChipTable.named("ICODE SLIX")),
        content: (0..<112).map { UInt8($0 &+ 1) },
        dsfid: 0x3E,
        afi: 0x07
    )
}

private func desk() throws -> ServiceDesk {
    try ServiceDesk(
        store: try Store.inMemory(),
        time: Timekeeper(
            now: { Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
            sleep: { try await Task.sleep(for: $0) }
        ),
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: SecurityPolicy(ownInstitutions: [])),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 3
        ),
        readers: [],
        logger: logger
    )
}

/// What was found of a tag through a reader, and what became of its AFI.
private struct Found: Equatable {
    var uids: [TagUID]
    var bytes: [UInt8]
    var writes: [WriteOutcome<UInt8>]
}

private func work(_ plugged: Plugged, _ device: ReaderBehindPort, on bus: USBBus) async throws -> Found {
    // A device that was pulled a moment ago is back soon.
    try await waited { try bus.devices().contains(where: plugged.selection.matches) }
    var reader = try await plugged.driver.open(try USBLink.open(plugged.selection, on: bus))
    let uids = try await reader.inventory(afi: nil).tags.map(\.uid)
    let uid = try #require(uids.first)
    let memory = try await reader.readMemory(of: uid)
    let writes = [try await reader.writeAFI(0xC2, to: uid), try await reader.writeAFI(0x07, to: uid)]
    device.hangUp()
    var failure: ReaderError?
    while failure == nil, !Task.isCancelled {
        do throws(ReaderError) {
            _ = try await reader.inventory(afi: nil)
        } catch {
            failure = error
        }
    }
    #expect(failure == .link(.closed))
    return Found(uids: uids, bytes: memory.bytes, writes: writes)
}

/// Drivers and stations over devices that libusb really opens; `Scripts/bench-usb` starts them.
@Suite(
    .serialized,
    .enabled(if: environment["PRESSMARK_USB_BENCH"] == "umockdev", "needs emulated readers: Scripts/bench-usb")
)
struct ReadersOnUSBTests {
    @Test(.timeLimit(.minutes(5)), arguments: Plugged.allCases)
    private func `a driver reads and writes through USB, and is told when the reader is pulled`(
        _ plugged: Plugged
    ) async throws {
        let tag = try tag(serial: 1)
        let device = try plugged.play(tag)
        defer { device.end() }
        let found = try await work(plugged, device, on: try USBBus())
        #expect(found.uids == [tag.uid])
        #expect(found.bytes == tag.memory)
        #expect(found.writes == [.verified(old: 0x07, new: 0xC2), .verified(old: 0xC2, new: 0x07)])
    }

    @Test(.timeLimit(.minutes(5))) func `readers that nobody configured get stations, from plug to plug`() async throws
    {
        let devices = (card: try Plugged.card.play(try tag(serial: 2)), pad: try Plugged.pad.play(try tag(serial: 3)))
        defer {
            devices.card.end()
            devices.pad.end()
        }
        // The bench's other devices are no readers: they are somebody's.
        let others = [("feig", "0ab1:0002@1-4"), ("feig", "0ab1:0001@1-5"), ("ccid", "072f:2308@1-8")]
        let text = others.enumerated().map { number, other in
            """
            [[reader]]
            name = "other-\(number)"
            role = "pad"
            driver = "\(other.0)"
            usb = "\(other.1)"

            """
        }.reduce("[discovery]\nautomatic = true\n", +)
        let configuration = try ConfigurationFile.parse(text, file: "pressmark.toml")
        let places = try ReaderPlaces(configuration.readers, readiness: try Readiness(), logger: logger)
        let desk = try desk()
        let readers = ReadersInForce(configuration.readers)
        let visitors = try #require(places.visitors(configuration.discovery, readers, at: desk))
        let bus = try #require(places.bus)
        let running = Task { await visitors.run(on: bus) }

        func serving(_ plugged: Plugged, besides old: Station? = nil) async throws -> Station {
            while true {
                if let station = desk.stations.first(where: { $0.setup.name == plugged.station && $0 !== old }),
                    case let report = await station.report, case .online = report.state, report.tagsPresent == 1
                {
                    return station
                }
                try Task.checkCancellation()
                await Task.yield()
            }
        }
        let card = try await serving(.card)
        let pad = try await serving(.pad)
        #expect(Set(desk.stations.map(\.setup.name)) == ["ccid-0B31C2F6", "feig-0B31C2F7"])
        #expect(card.setup.place == "usb 072F:2303 at 1-6, found by itself")
        // Pulled and plugged in again: another station under the same name; the other one was not disturbed.
        devices.card.hangUp()
        _ = try await serving(.card, besides: card)
        #expect(desk.stations.contains { $0 === pad })
        running.cancel()
        await running.value
        #expect(desk.stations.isEmpty)
    }
}
