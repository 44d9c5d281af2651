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

private let surroundings = ProcessInfo.processInfo.environment
private let isOnBench = surroundings["PRESSMARK_USB_BENCH"] == "umockdev"
private let patience = Duration.seconds(120)
private let uid = TagUID(0xE004_0150_3309_CE74)

/// The device's side, reached by the bench over TCP: what the host sends over USB comes here.
private actor Firmware {
    private var listener: TCPListener?
    private let twin: any ReaderTwin
    private var isPlugged = true

    init(_ twin: any ReaderTwin, at place: String, on readiness: Readiness) throws {
        let port = try #require(surroundings[place].flatMap { UInt16($0) })
        listener = try TCPListener.listen(address: "127.0.0.1", port: port, on: readiness)
        self.twin = twin
    }

    /// Plays the device with one item in front of it until ``pull()``; hanging up is what unplugs it.
    func run() async throws {
        guard var listener = listener.take() else { return }
        let chip = try #require(ChipTable.named("ICODE SLIX"))
        let tag = VirtualTag(uid: uid, chip: chip, content: Array(1...112), afi: 0x07)
        let placed = RadioField.Placed(tag: tag, coupling: 1)
        var air: any Air = RadioField(tags: [placed], conditions: RadioConditions(), seed: 1)
        var twin = twin
        var link = try await listener.accept(within: patience)
        while isPlugged {
            do throws(LinkError) {
                let answer = twin.receive(try await link.receive(within: .milliseconds(20)), air: &air)
                if !answer.isEmpty { try await link.send(answer) }
            } catch .timedOut {
                continue
            }
        }
    }

    func pull() { isPlugged = false }
}

/// Real drivers over devices that libusb really opens; `Scripts/bench-usb` starts them.
@Suite(.serialized, .enabled(if: isOnBench, "needs emulated readers: Scripts/bench-usb"), .timeLimit(.minutes(5)))
struct USBReadersOnBenchTests {
    @Test func `a card reader is worked with over its bulk endpoints`() async throws {
        let readiness = try Readiness()
        let bus = try USBBus()
        let firmware = try Firmware(CCIDDriver.twin(), at: "PRESSMARK_USB_CARD", on: readiness)
        let device = Task { try await firmware.run() }
        do {
            let link = try USBLink.open(USBSelection(vendor: 0x072F, product: 0x2303), on: bus)
            var reader = try await CCIDDriver.open(link)
            #expect(try await reader.inventory(afi: nil).tags.map(\.uid) == [uid])
            #expect(try await reader.readMemory(of: uid).bytes == Array(1...112))
            #expect(try await reader.writeBlocks([9, 9, 9, 9], from: 3, to: uid).isVerified)
            #expect(try await reader.writeAFI(0xC2, to: uid) == .verified(old: 0x07, new: 0xC2))
        }
        await firmware.pull()
        try await device.value
    }

    @Test func `a pad that is plugged in works without configuration, and is gone when it is pulled`() async throws {
        let readiness = try Readiness()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let configuration = try ConfigurationFile.parse("[discovery]\nautomatic = true", file: "pressmark.toml")
        // Whatever else is on the bench is configured, and so left alone.
        let others = ["0ab1:0001", "0ab1:0002", "072f:*"].compactMap { USBSelection(configured: $0) }.map { selection in
            Configuration.Reader(
                name: "\(selection)",
                role: .pad,
                driver: "feig",
                place: .usb(selection),
                interval: .zero
            )
        }
        let places = try ReaderPlaces(others, readiness: readiness, logger: logger)
        let desk = try ServiceDesk(
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
        let visitors = try #require(places.visitors(configuration.discovery, others, at: desk))
        let bus = try #require(places.bus)
        let firmware = try Firmware(FEIGDriver.twin(), at: "PRESSMARK_USB_PAD", on: readiness)
        let device = Task { try await firmware.run() }
        let service = Task { await visitors.run(on: bus) }
        while true {
            if let station = desk.stations.first, case .online = await station.report.state { break }
            await Task.yield()
        }
        #expect(desk.stations.map(\.setup.name) == ["feig-0B31C2F7"])
        let heard = try await desk.station("feig-0B31C2F7").perform { reader in
            (try? await reader.inventory(afi: nil).tags.map(\.uid)) ?? []
        }
        #expect(heard == [uid])
        await firmware.pull()
        try await device.value
        while !desk.stations.isEmpty { await Task.yield() }
        service.cancel()
        await service.value
    }
}
