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
        try await waited {
            guard let station = desk.stations.first, case .online = await station.report.state else { return false }
            return true
        }
        let report = try #require(await desk.stations.first?.report)
        #expect(report.driver == "feig" && report.role == .pad)
        #expect(report.place == "usb 0AB1:0002 at 1-1.4, found by itself")
        seen.withLock { $0.append(desk.stations.map(\.setup.name)) }
        await take(.left(pad))
        try await waited { desk.stations.isEmpty }
        // Back at the same port, with another number on the bus: the same name.
        await take(.arrived(USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.4", address: 8)))
        try await waited { !desk.stations.isEmpty }
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
        try await waited { !desk.stations.isEmpty }
        await take(.arrived(second))
        try await waited { desk.stations.count >= 2 }
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
        try await waited { !desk.stations.isEmpty }
        let old = desk.stations.first
        // Both in one look at the bus: the old station still has the name.
        await take(.left(pad))
        await take(.arrived(again))
        try await waited { !desk.stations.isEmpty && desk.stations.first !== old }
        names.withLock { $0 = desk.stations.map(\.setup.name) }
    }
    #expect(names.withLock { $0 } == ["feig-1-1.4"])
}

/// How many have a device's line at once.
private final class SharedLine: Sendable {
    private struct State {
        var open = 0
        var most = 0
    }

    private let state = Mutex(State())

    var most: Int { state.withLock { $0.most } }

    func open() {
        state.withLock { state in
            state.open += 1
            state.most = max(state.most, state.open)
        }
    }

    func close() { state.withLock { $0.open -= 1 } }
}

/// A line that says when it is let go.
private struct WatchedLink: Link, ~Copyable {
    private var link: any Link & ~Copyable
    private let line: SharedLine

    init(_ line: SharedLine) {
        link = LoopbackLink(FEIGDriver.twin(), over: Emptiness())
        self.line = line
        line.open()
    }

    deinit { line.close() }

    mutating func send(_ bytes: [UInt8]) async throws(LinkError) { try await link.send(bytes) }

    mutating func receive(within limit: Duration) async throws(LinkError) -> [UInt8] {
        try await link.receive(within: limit)
    }

    mutating func uptime() -> Duration { link.uptime() }
}

private func online(_ name: String, at place: String, _ desk: ServiceDesk) async throws {
    try await waited {
        guard let station = desk.stations.first(where: { $0.setup.name == name && $0.setup.place == place }),
            case .online = await station.report.state
        else { return false }
        return true
    }
}

/// A reader that is found by itself or named, and those who keep it as the one and as the other.
private struct Handover {
    let desk: ServiceDesk
    let line: SharedLine
    let stations: ConfiguredStations
    let visitors: AutomaticStations
    private let change: (coming: ReaderChange, going: ReaderChange)
    private let setup: StationSetup
    private let name: String

    init(to name: String) throws {
        let (desk, readers, line) = (try DaemonTests.desk(), ReadersInForce(), SharedLine())
        (self.desk, self.line, self.name) = (desk, line, name)
        stations = ConfiguredStations(readers, at: desk, patience: .milliseconds(1), logger: logger)
        visitors = AutomaticStations(
            role: .pad,
            driver: { ReaderPlaces.driver(for: $0) },
            serialNumber: { _ in nil },
            open: { _ throws(LinkError) -> any Link & ~Copyable in WatchedLink(line) },
            desk: desk,
            logger: logger,
            patience: .milliseconds(1),
            readers: readers
        )
        let bare = Configuration()
        let named = try ConfigurationFile.parse(
            "[[reader]]\nname = \"\(name)\"\nrole = \"pad\"\ndriver = \"feig\"\nusb = \"0ab1:0002\"\n",
            file: "pressmark.toml"
        )
        change = (ReaderChange(from: bare, to: named), ReaderChange(from: named, to: bare))
        setup = StationSetup(
            name: name,
            role: .pad,
            driver: FEIGDriver.self,
            place: "as configured",
            interval: .milliseconds(1)
        ) { () async throws(LinkError) -> any Link & ~Copyable in
            WatchedLink(line)
        }
    }

    var names: [String] { desk.stations.map(\.setup.name) }

    /// Puts it into the configuration, and takes it out again; nobody has moved then.
    func come() { stations.follow(change.coming, [setup]) }
    func go() { stations.follow(change.going, []) }

    func waitUntilNamed() async throws { try await online(name, at: "as configured", desk) }
    func waitUntilFound() async throws {
        try await online("feig-1-1.4", at: "usb 0AB1:0002 at 1-1.4, found by itself", desk)
    }
}

@Test(.timeLimit(.minutes(5)), arguments: ["desk-1", "feig-1-1.4"])
func `a reader that was plugged in is handed over to its name and back, and one at a time has its line`(
    _ name: String
) async throws {
    let reader = try Handover(to: name)
    let running = Task { await reader.stations.run() }
    await reader.visitors.follow { take in
        await take(.arrived(pad))
        try await reader.waitUntilFound()
        reader.come()
        try await reader.waitUntilNamed()
        #expect(reader.names == [name])
        reader.go()
        try await reader.waitUntilFound()
        #expect(reader.names == ["feig-1-1.4"])
        // Named, named no more and named again before anybody has moved: one of the two that come has the line.
        reader.come()
        reader.go()
        reader.come()
        try await reader.waitUntilNamed()
        #expect(reader.names == [name])
        // Pulled at the moment when it goes back: nobody is left.
        reader.go()
        await take(.left(pad))
        try await waited { reader.names.isEmpty }
    }
    #expect(reader.names.isEmpty)
    running.cancel()
    await running.value
    #expect(reader.line.most == 1)
}

/// A job that lasts until it is told to end.
private final class LongJob: Sendable {
    private let ends: AsyncStream<Void>
    private let ending: AsyncStream<Void>.Continuation
    private let begun = Mutex(false)

    init() {
        (ends, ending) = AsyncStream.makeStream(of: Void.self)
    }

    var isBegun: Bool { begun.withLock { $0 } }

    func end() { ending.finish() }

    /// Does it; whether it was cut short.
    func perform() async -> Bool {
        begun.withLock { $0 = true }
        for await _ in ends {}
        // Whoever would cut it short has long had the time.
        for _ in 0..<500 where !Task.isCancelled { await Task.yield() }
        return Task.isCancelled
    }
}

@Test(.timeLimit(.minutes(5)), arguments: [false, true])
func `what is being done on a reader is done to its end before it is handed over, and before it is let go`(
    _ isNamed: Bool
) async throws {
    let (reader, job) = (try Handover(to: "desk-1"), LongJob())
    let running = Task { await reader.stations.run() }
    await reader.visitors.follow { take in
        await take(.arrived(pad))
        try await reader.waitUntilFound()
        if isNamed {
            reader.come()
            try await reader.waitUntilNamed()
        }
        let station = try #require(reader.desk.stations.first)
        let work = Task { try await station.perform { _ in await job.perform() } }
        try await waited { job.isBegun }
        if isNamed { reader.go() } else { reader.come() }
        job.end()
        let isCutShort = try? await work.value
        #expect(isCutShort == false)
        // It does not stay for that.
        if isNamed { try await reader.waitUntilFound() } else { try await reader.waitUntilNamed() }
    }
    running.cancel()
    await running.value
    #expect(reader.line.most == 1)
}

@Test(.timeLimit(.minutes(5)))
func `a reader that is configured already gets no second station when it is plugged in`() async throws {
    let text = "[[reader]]\nname = \"pad-1\"\nrole = \"pad\"\ndriver = \"feig\"\nusb = \"0ab1:0002@1-1.4\"\n"
    let readers = ReadersInForce(try ConfigurationFile.parse(text, file: "pressmark.toml").readers)
    let second = USBDevice(vendor: 0x0AB1, product: 0x0002, port: "1-1.2", address: 9)
    #expect(!readers.enter(pad))
    #expect(readers.enter(second))
    // What leaves keeps its line until its station has ended.
    let named = readers.named
    readers.name([], inPlaceOf: named)
    #expect(!readers.enter(pad))
    for reader in named { readers.leave(reader) }
    #expect(readers.enter(pad))
    // Named again, it waits until the other one has let go.
    readers.name(named, inPlaceOf: [])
    for reader in named { #expect(!readers.enter(reader)) }
    readers.leave(pad)
    for reader in named { #expect(readers.enter(reader)) }
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

@Test func `a card reader that nobody has proven to read our tags is left alone until it is named`() throws {
    // readers §3.4, mark UNC: OMNIKEY 5022 and 5427CK, uTrust 3700F, SpringCard Prox'N'Roll; people log in with these.
    for (vendor, product) in [(0x076B, 0x5022), (0x076B, 0x5427), (0x04E6, 0x5790), (0x1C34, 0x7141)] {
        let device = USBDevice(vendor: UInt16(vendor), product: UInt16(product), port: "1-1.2", address: 9)
        #expect(ReaderPlaces.driver(for: device) == nil)
        #expect(CCIDDriver.identity.usbDevices.contains { $0.vendor == device.vendor && $0.product == device.product })
    }
    let proven = USBDevice(vendor: 0x072F, product: 0x2303, port: "1-1.2", address: 9)
    #expect(ReaderPlaces.driver(for: proven)?.identity.name == "ccid")
}
