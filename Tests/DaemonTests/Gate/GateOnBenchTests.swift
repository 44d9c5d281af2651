import Dispatch
import Foundation
import Library
import LinuxIO
import Operations
import Readers
import Tags
import Testing
import Wire

private let isOnBench = ProcessInfo.processInfo.environment["PRESSMARK_BENCH"] == "vm"

/// A chip of the kernel's simulator with a siren, a lamp and a fire contact, whose levels can be seen and pulled.
private struct GateChip: ~Copyable {
    private static let root = "/sys/kernel/config/gpio-sim/door"
    static let label = "door-sim"
    static let layout = GPIOLayout(
        outputs: [
            GPIOOutput(name: "siren", place: GPIOPlace(chip: label, line: .named("SIREN"))),
            GPIOOutput(name: "lamp", place: GPIOPlace(chip: label, line: .named("LAMP"))),
        ],
        inputs: [GPIOInput(name: "fire", place: GPIOPlace(chip: label, line: .named("FIRE")))]
    )

    init() throws {
        let bank = Self.root + "/bank0"
        for folder in [Self.root, bank] { mkdir(folder, 0o755) }
        try write("8", to: bank + "/num_lines")
        try write(Self.label, to: bank + "/label")
        for (line, name) in ["SIREN", "LAMP", "FIRE"].enumerated() {
            mkdir(bank + "/line\(line)", 0o755)
            try write(name, to: bank + "/line\(line)/name")
        }
        try plug(true)
    }

    deinit {
        try? plug(false)
        for line in 0..<3 { rmdir(Self.root + "/bank0/line\(line)") }
        rmdir(Self.root + "/bank0")
        rmdir(Self.root)
    }

    func plug(_ isPlugged: Bool) throws { try write(isPlugged ? "1" : "0", to: Self.root + "/live") }

    /// Siren and lamp, as a voltmeter would show them.
    func levels() throws -> String { try level(0) + level(1) }

    func pullFire(_ up: Bool) throws { try write(up ? "pull-up" : "pull-down", to: folder() + "/sim_gpio2/pull") }

    private func level(_ line: Int) throws -> String { try read(folder() + "/sim_gpio\(line)/value") }

    private func folder() throws -> String {
        try "/sys/devices/platform/" + read(Self.root + "/dev_name") + "/" + read(Self.root + "/bank0/chip_name")
    }

    private func read(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func write(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }
}

/// A gate with everything that stands between a tag in the field and a line of a real kernel.
@Suite(.serialized, .enabled(if: isOnBench, "needs a simulated chip: Scripts/bench-vm"), .timeLimit(.minutes(10)))
struct GateOnBenchTests {
    private let time = Timekeeper(
        now: { Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        sleep: { try await Task.sleep(for: $0) },
        uptime: { .nanoseconds(Int64(DispatchTime.now().uptimeNanoseconds)) }
    )

    private func bells(_ executor: ThreadExecutor, _ readiness: Readiness) throws -> GateBells {
        let lines = try GPIOLines.open(GateChip.layout, on: readiness)
        let edges = lines.edges()
        return GateBells(
            lines,
            edges: edges,
            gates: ["door"],
            wiring: ["siren", "lamp"].map { GateBells.Wiring(line: $0, output: $0, gate: nil) },
            time: time,
            seat: Seat(executor)
        )
    }

    private func keeper(_ bells: GateBells, _ executor: ThreadExecutor) async -> GateKeeper {
        let keeper = GateKeeper(gates: ["door"], time: time, policy: GatePolicy(), bells: bells, seat: Seat(executor))
        var index = GateIndex(holdingsAt: time.now())
        index.add(barcode: "3907", status: .available)
        let record = TagRecord(uid: Self.book, barcode: "3907", model: "iso28560-3", readAt: time.now())
        index.add(record, owner: .own)
        _ = await keeper.take(index)
        return keeper
    }

    private static let book = TagUID(0xE004_0150_0000_0001)

    private func carry(through keeper: GateKeeper) async {
        let facts = await keeper.facts(of: Self.book)
        await keeper.hear([GateHearing(uid: Self.book, afi: 0x07, facts: facts)], at: "door", time.instant)
    }

    @Test func `an unlent book switches siren and lamp on, and the fire contact both off`() async throws {
        let chip = try GateChip()
        let (readiness, executor) = (try Readiness(), try ThreadExecutor(name: "gate"))
        let bells = try bells(executor, readiness)
        let keeper = await keeper(bells, executor)
        #expect(try chip.levels() == "00")
        await carry(through: keeper)
        #expect(try chip.levels() == "11")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await withTaskExecutorPreference(executor) { await bells.run() } }
            var events = bells.events.makeAsyncIterator()
            try chip.pullFire(true)
            #expect(await events.next() == .fire(true))
            #expect(try chip.levels() == "00")
            #expect(await bells.signal(.bulk, at: "door") == .fire)
            #expect(try chip.levels() == "00")
            try chip.pullFire(false)
            #expect(await events.next() == .fire(false))
            #expect(await bells.signal(.alarm, at: "door") == nil)
            #expect(try chip.levels() == "11")
            group.cancelAll()
        }
        // The end of its run is safe.
        #expect(try chip.levels() == "00")
        executor.stop()
    }

    @Test func `a chip that is pulled out is a trouble, and the next alarm finds it when it is back`() async throws {
        let chip = try GateChip()
        let (readiness, executor) = (try Readiness(), try ThreadExecutor(name: "gate"))
        let bells = try bells(executor, readiness)
        let keeper = await keeper(bells, executor)
        var events = bells.events.makeAsyncIterator()
        try chip.plug(false)
        await carry(through: keeper)
        guard case .broken(let line, let gates, let cause)? = await events.next() else {
            Issue.record("wanted a broken line")
            return
        }
        #expect(["siren", "lamp"].contains(line) && cause == "gpio chip door-sim: gone")
        await keeper.take(.broken(line: line, gates: gates, cause: cause))
        #expect(await keeper.views.first?.troubles.map(\.kind) == [.lines])
        try chip.plug(true)
        _ = await bells.signal(.alarm, at: "door")
        _ = await bells.signal(.escalated, at: "door")
        #expect(try chip.levels() == "11")
        await bells.makeSafe()
        #expect(try chip.levels() == "00")
        executor.stop()
    }
}
