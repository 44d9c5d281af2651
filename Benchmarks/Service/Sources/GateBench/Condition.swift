import CLinux
import Field
import Glibc
import Library
import LinuxIO
import Logging
import Operations
import Readers
import Store
import Synchronization
import Tags
import Wire

/// What else goes on while the gate is measured.
enum Condition: String, CaseIterable, Sendable {
    case tty = "terminal line, nothing else"
    case tcp = "TCP, nothing else"
    case ilsDown = "library system down, holdings of last night"
    case importing = "during an import"
    case checkpoint = "during checkpoints"
}

extension GateBench {
    /// Lets a gate ring for every passage and measures each, with a meter of the machine beside it.
    static func measure(_ condition: Condition, index: GateIndex, setting: Setting) async throws -> Series {
        let readiness = try Readiness()
        let folder = "/tmp/pressmark-gate-bench.\(getpid()).\(condition)"
        mkdir(folder, 0o700)
        let store = try Store.open(folder: folder)
        let edge = Edge()
        let time = Timekeeper(
            now: { wall() },
            sleep: { try await Task.sleep(for: $0) },
            uptime: { .nanoseconds(Int64(now())) }
        )
        let executor = try ThreadExecutor(name: "gate")
        // What it was like before the gates' actors had a thread for their own: their callers' threads.
        let thread = setting.isCommon ? nil : executor
        let room = GateRoom(
            gates: ["gate"],
            store: store,
            time: time,
            policy: policy(condition),
            bells: try bells(setting, edge, readiness, time, Seat(thread)),
            ask: condition == .ilsDown ? silentLibrarySystem : nil,
            thread: thread,
            events: EventHub(),
            logger: logger
        )
        let (far, openLink) = try line(condition, on: executor.readiness)
        let bare = try BareLine()
        let meter = Meter()
        let device = Device(far, passages: setting.passages, edge: edge, bare: bare) { number in
            VirtualTag(uid: uid(number), chip: chip, content: memory, dsfid: 0x3E, afi: 0x07)
        }
        let keeper = room.keeper
        let station = Station(
            setup: StationSetup(
                name: "gate",
                role: .gate,
                driver: FEIGDriver.self,
                place: "bench",
                interval: .milliseconds(2),
                openLink: openLink
            ),
            time: time,
            logger: logger,
            seat: Seat(thread),
            security: SecurityPolicy(ownInstitutions: [owner]),
            knows: { await keeper.knows($0) },
            deliver: { await keeper.take($0) },
            announce: { await keeper.take($0) }
        )
        // A passage and its rest are over in less than 50 ms, unless it is missed.
        meter.start(seconds: 10 + setting.passages / 20)
        device.start()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await room.run() }
            group.addTask { await withTaskExecutorPreference(executor) { await room.runFast() } }
            // The room has just made an index of its own, of an empty store.
            try? await Task.sleep(for: .milliseconds(300))
            _ = await keeper.take(index)
            group.addTask { await withTaskExecutorPreference(executor) { await station.run() } }
            group.addTask { await disturb(condition, store) }
            while !device.done.load(ordering: .acquiring) { try? await Task.sleep(for: .milliseconds(50)) }
            group.cancelAll()
        }
        let slow = await meter.stop()
        bare.hangUp()
        executor.stop()
        for name in ["pressmark.sqlite", "pressmark.sqlite-wal", "pressmark.sqlite-shm"] { unlink("\(folder)/\(name)") }
        return Series(condition: condition, outcome: device.outcome, slow: slow)
    }

    /// Rings the line that was named, or one that notes the moment.
    private static func bells(
        _ setting: Setting,
        _ edge: Edge,
        _ readiness: Readiness,
        _ time: Timekeeper,
        _ seat: Seat
    ) throws -> GateBells {
        guard let place = setting.line else { return bells(StampedLines(edge: edge), time, seat) }
        let layout = GPIOLayout(outputs: [GPIOOutput(name: "siren", place: place)])
        return bells(StampedChip(try GPIOLines.open(layout, on: readiness), edge: edge), time, seat)
    }

    private static func bells(
        _ lines: consuming some Lines & ~Copyable,
        _ time: Timekeeper,
        _ seat: Seat
    ) -> GateBells {
        GateBells(
            lines,
            edges: AsyncStream { $0.finish() },
            gates: ["gate"],
            wiring: [GateBells.Wiring(line: "siren", output: "siren", gate: nil)],
            sounding: ["gate": sounding],
            time: time,
            seat: seat
        )
    }

    private static let chip = ChipTable.named("ICODE SLIX") ?? ChipTable.all[0]
    private static let memory = [UInt8](repeating: 0, count: 112)

    /// A library system that takes a question and never answers.
    private static let silentLibrarySystem: GateRoom.StatusesQuestion = { _ in
        try? await Task.sleep(for: .seconds(60))
        return nil
    }

    /// Each passage rings by itself, and the siren is off again before the next.
    private static var sounding: GateSounding {
        GateSounding(
            patterns: [.alarm: GatePattern([GateStroke("siren", for: .milliseconds(5))])],
            loudPerMinute: .seconds(100_000),
            escalation: GateRate(count: 0, within: .seconds(1))
        )
    }

    private static func policy(_ condition: Condition) -> GatePolicy {
        GatePolicy(
            security: SecurityPolicy(ownInstitutions: [owner]),
            freshness: condition == .ilsDown ? .zero : .seconds(900),
            liveBudget: condition == .ilsDown ? .milliseconds(150) : .zero,
            stackTime: .zero,
            flood: GateRate(count: 1_000_000, within: .seconds(60)),
            bulk: GateRate(count: 0, within: .seconds(1))
        )
    }

    /// The far end of a real line, and how the station opens the near one.
    private static func line(
        _ condition: Condition,
        on readiness: Readiness
    ) throws -> (Int32, @Sendable () async throws(LinkError) -> any Link & ~Copyable) {
        guard condition == .tcp else {
            let pair = try TerminalPair()
            let path = pair.path
            return (
                pair.far,
                { () async throws(LinkError) -> any Link & ~Copyable in
                    try SerialLink.open(path: path, settings: LineSettings(baudRate: 115_200), on: readiness)
                }
            )
        }
        // The device's end is the one that listens; it is taken when the station has connected.
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length)
                listen(listener, 1)
                getsockname(listener, address, &length)
            }
        }
        let port = UInt16(bigEndian: address.sin_port)
        return (
            -listener,
            { () async throws(LinkError) -> any Link & ~Copyable in
                try await TCPLink.connect(host: "127.0.0.1", port: port, on: readiness)
            }
        )
    }

    private static func disturb(_ condition: Condition, _ store: Store) async {
        var round = 0
        while !Task.isCancelled {
            round += 1
            switch condition {
            case .importing:
                guard let work = try? store.beginImport(profile: "bench", source: "bench", at: wall()) else { return }
                for number in 0..<200_000 {
                    if Task.isCancelled { break }
                    let item = Item(barcode: "9\(round)\(number)", title: "A title", callNumber: "QA 76 .A\(number)")
                    try? work.add(item, line: number + 1)
                }
                try? work.abandon()
            case .checkpoint:
                let tags = (0..<2000).map { number in
                    TagRecord(uid: TagUID(UInt64(round * 2000 + number)), barcode: nil, model: "raw", readAt: start)
                }
                try? store.remember(tags)
                try? store.checkpoint()
            case .tty, .tcp, .ilsDown:
                try? await Task.sleep(for: .milliseconds(100))
            }
            await Task.yield()
        }
    }
}
