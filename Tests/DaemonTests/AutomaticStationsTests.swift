import Library
import LinuxIO
import Logging
import Operations
import Readers
import Store
import Synchronization
import Testing
import Wire

@testable import Daemon

private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
private let pad = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.4", address: 7)
private let mouse = USBDevice(vendor: 0x046D, product: 0xC077, port: "1-1.3", address: 6)

/// An antenna with nothing on it.
private struct Emptiness: Air {
    mutating func setField(on: Bool) {}
    mutating func send(_ frame: [UInt8]) -> AirAnswer { .silence }
    mutating func endOfFrame() -> AirAnswer { .silence }
    mutating func wait(_ time: Duration) {}
}

private func desk(_ readers: [StationSetup] = []) throws -> ServiceDesk {
    try ServiceDesk(
        store: try Store.inMemory(),
        time: Timekeeper(
            now: { Moment(milliseconds: 1_700_000_000_000) },
            sleep: { _ in
                try Task.checkCancellation()
                await Task.yield()
            }
        ),
        settings: ServiceDesk.Settings(
            rules: SweepRules(security: SecurityPolicy(ownInstitutions: [])),
            shelfOrder: .standard,
            scheme: .lcc,
            snapshots: 3
        ),
        readers: readers,
        logger: logger
    )
}

private func visitors(
    at desk: ServiceDesk,
    serialNumber: @escaping @Sendable (USBDevice) -> String? = { _ in nil }
) -> AutomaticStations {
    AutomaticStations(
        role: .pad,
        driver: { ReaderPlaces.driver(for: $0) },
        serialNumber: serialNumber,
        open: { _ throws(LinkError) -> any Link & ~Copyable in
            LoopbackLink(FEIGDriver.twin(), over: Emptiness())
        },
        desk: desk,
        logger: logger,
        patience: .milliseconds(1)
    )
}

@Test(.timeLimit(.minutes(5)))
func `a reader gets a station when it is plugged in and loses it when it is pulled`() async throws {
    let desk = try desk()
    let seen = Mutex<[[String]]>([])
    await visitors(at: desk).follow { take in
        await take(.arrived(mouse))
        await take(.arrived(pad))
        while true {
            guard let station = desk.stations.first, case .online = await station.report.state else {
                await Task.yield()
                continue
            }
            let report = await station.report
            #expect(report.driver == "feig" && report.role == .pad)
            #expect(report.place == "usb 0AB1:0002 at 1-1.4, found by itself")
            break
        }
        seen.withLock { $0.append(desk.stations.map(\.setup.name)) }
        await take(.left(pad))
        while !desk.stations.isEmpty { await Task.yield() }
        // Back at the same port, with another number on the bus: the same name.
        await take(.arrived(USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.4", address: 8)))
        while desk.stations.isEmpty { await Task.yield() }
        seen.withLock { $0.append(desk.stations.map(\.setup.name)) }
    }
    #expect(seen.withLock { $0 } == [["feig-1-1.4"], ["feig-1-1.4"]])
    // The end of the service is the end of the stations.
    #expect(desk.stations.isEmpty)
}

@Test(.timeLimit(.minutes(5)))
func `two readers with one number have a station each`() async throws {
    let desk = try desk()
    let second = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.2", address: 9)
    let names = Mutex<Set<String>>([])
    await visitors(at: desk, serialNumber: { _ in "0B31C2F4" }).follow { take in
        await take(.arrived(pad))
        while desk.stations.isEmpty { await Task.yield() }
        await take(.arrived(second))
        while desk.stations.count < 2 { await Task.yield() }
        names.withLock { $0 = Set(desk.stations.map(\.setup.name)) }
    }
    #expect(names.withLock { $0 } == ["feig-0B31C2F4", "feig-1-1.2"])
}

@Test(.timeLimit(.minutes(5)))
func `a reader that is back before its old station has ended gets a station again`() async throws {
    let desk = try desk()
    let again = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.4", address: 8)
    let names = Mutex<[String]>([])
    await visitors(at: desk).follow { take in
        await take(.arrived(pad))
        while desk.stations.isEmpty { await Task.yield() }
        let old = desk.stations.first
        // Both in one look at the bus: the old station still has the name.
        await take(.left(pad))
        await take(.arrived(again))
        while desk.stations.isEmpty || desk.stations.first === old { await Task.yield() }
        names.withLock { $0 = desk.stations.map(\.setup.name) }
    }
    #expect(names.withLock { $0 } == ["feig-1-1.4"])
}

private let numbers: [(String?, String)] = [
    ("0B31C2F4", "feig-0B31C2F4"), ("0b31 c2f4\n", "feig-0b31c2f4"), ("../../etc1", "feig-etc1"),
    ("000000", "feig-1-1.4"), ("12", "feig-1-1.4"), ("", "feig-1-1.4"), (nil, "feig-1-1.4"),
]

@Test(arguments: numbers)
func `a name is the maker's number where it is one, and the port otherwise`(
    _ number: String?,
    _ name: String
) throws {
    let visitors = visitors(at: try desk(), serialNumber: { _ in number })
    #expect(visitors.name(of: pad, FEIGDriver.identity) == name)
}

@Test func `a device that no driver is for stays alone`() {
    #expect(ReaderPlaces.driver(for: mouse) == nil)
    #expect(ReaderPlaces.driver(for: pad)?.identity.name == "feig")
}
