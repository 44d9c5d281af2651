import Foundation
import Testing
import Wire

@testable import LinuxIO

private let isOnBench = ProcessInfo.processInfo.environment["PRESSMARK_BENCH"] == "vm"

/// A chip of the kernel's simulator (gpio-sim): eight lines whose levels can be seen and pulled from outside.
private struct SimulatedChip: ~Copyable {
    private static let root = "/sys/kernel/config/gpio-sim/gate"

    init(label: String) throws {
        let bank = Self.root + "/bank0"
        try FileManager.default.createDirectory(atPath: Self.root, withIntermediateDirectories: false)
        try FileManager.default.createDirectory(atPath: bank, withIntermediateDirectories: false)
        try write("8", to: bank + "/num_lines")
        try write(label, to: bank + "/label")
        for (line, name) in ["OUT_0", "OUT_1", "OUT_2", "IN_0", "IN_1"].enumerated() {
            let folder = bank + "/line\(line)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            try write(name, to: folder + "/name")
        }
        try plug(true)
    }

    deinit {
        try? plug(false)
        for line in 0..<5 { rmdir(Self.root + "/bank0/line\(line)") }
        rmdir(Self.root + "/bank0")
        rmdir(Self.root)
    }

    func plug(_ isPlugged: Bool) throws {
        try write(isPlugged ? "1" : "0", to: Self.root + "/live")
    }

    /// The level of a line as a voltmeter would show it.
    func level(_ line: Int) throws -> String {
        try read(folder() + "/sim_gpio\(line)/value")
    }

    func pull(_ line: Int, up: Bool) throws {
        try write(up ? "pull-up" : "pull-down", to: folder() + "/sim_gpio\(line)/pull")
    }

    private func folder() throws -> String {
        let device = try read(Self.root + "/dev_name")
        return try "/sys/devices/platform/\(device)/" + read(Self.root + "/bank0/chip_name")
    }

    private func read(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The kernel's files take one write and no new file beside them.
    private func write(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }
}

private func output(_ name: String, _ line: String, activeLow: Bool = false) -> GPIOOutput {
    GPIOOutput(name: name, place: .init(chip: "gate-sim", line: .named(line)), activeLow: activeLow)
}

private func input(_ name: String, _ line: String, activeLow: Bool = false) -> GPIOInput {
    GPIOInput(name: name, place: .init(chip: "gate-sim", line: .named(line)), activeLow: activeLow)
}

/// Against lines of a real kernel; `Scripts/bench-vm` starts them in a virtual machine.
@Suite(.serialized, .enabled(if: isOnBench, "needs a simulated chip: Scripts/bench-vm"), .timeLimit(.minutes(10)))
struct GPIOLinesOnBenchTests {
    private let layout = GPIOLayout(
        outputs: [output("siren", "OUT_0"), output("lamp", "OUT_1", activeLow: true), output("desk", "OUT_2")]
    )

    @Test func `outputs start off, follow, and are off when they are let go`() throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let readiness = try Readiness()
        do {
            var lines = try GPIOLines.open(layout, on: readiness)
            #expect(try [chip.level(0), chip.level(1), chip.level(2)] == ["0", "1", "0"])
            try lines.set("siren", to: true)
            try lines.set("lamp", to: true)
            #expect(try [chip.level(0), chip.level(1), chip.level(2)] == ["1", "0", "0"])
            try lines.set("siren", to: false)
            #expect(try [chip.level(0), chip.level(1), chip.level(2)] == ["0", "0", "0"])
            try lines.set("desk", to: true)
        }
        #expect(try chip.level(0) == "0")
        #expect(try chip.level(2) == "0")
        #expect(try GPIOChip.all().first { $0.label == "gate-sim" }?.lines.allSatisfy { $0.consumer.isEmpty } == true)
    }

    @Test func `the kernel shows who uses a line, and a second user is refused`() throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let readiness = try Readiness()
        let lines = try GPIOLines.open(layout, on: readiness)
        let seen = try GPIOChip.all().first { $0.label == "gate-sim" }?.lines.map(\.consumer)
        #expect(seen == ["pressmark", "pressmark", "pressmark", "", "", "", "", ""])
        #expect(throws: GPIOError.busy(name: "siren", consumer: "pressmark")) {
            _ = try GPIOLines.open(layout, on: readiness)
        }
        #expect(throws: GPIOError.unknownChip(label: "gate", found: ["gate-sim"])) {
            let place = GPIOPlace(chip: "gate", line: .offset(0))
            _ = try GPIOLines.open(GPIOLayout(outputs: [GPIOOutput(name: "x", place: place)]), on: readiness)
        }
        _ = consume lines
        _ = consume chip
    }

    @Test func `inputs tell their edges with the kernel's time, active ones at once`() async throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let readiness = try Readiness()
        try chip.pull(3, up: true)
        let layout = GPIOLayout(inputs: [input("fire", "IN_0", activeLow: true), input("mute", "IN_1")])
        try chip.pull(4, up: true)
        let lines = try GPIOLines.open(layout, on: readiness)
        var edges = lines.edges().makeAsyncIterator()
        let first = try #require(await edges.next())
        #expect((first.input, first.active) == ("mute", true))
        try chip.pull(3, up: false)
        let second = try #require(await edges.next())
        #expect((second.input, second.active) == ("fire", true))
        #expect(second.nanoseconds > first.nanoseconds && second.nanoseconds <= Deadline.now.nanoseconds)
        try chip.pull(3, up: true)
        let third = try #require(await edges.next())
        #expect((third.input, third.active) == ("fire", false))
    }

    @Test func `a chip that vanishes is taken up again, outputs as they shall stand`() throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let readiness = try Readiness()
        var lines = try GPIOLines.open(layout, on: readiness)
        try lines.set("desk", to: true)
        try chip.plug(false)
        #expect(throws: LineError.chipGone(name: "gate-sim")) { try lines.set("siren", to: true) }
        try chip.plug(true)
        try lines.set("lamp", to: true)
        #expect(try [chip.level(0), chip.level(1), chip.level(2)] == ["1", "0", "1"])
    }

    @Test func `what an input did while its chip was away is told when it is back`() async throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let readiness = try Readiness()
        let lines = try GPIOLines.open(GPIOLayout(inputs: [input("fire", "IN_0")]), on: readiness)
        let stream = lines.edges()
        try chip.pull(3, up: true)
        var edges = stream.makeAsyncIterator()
        #expect(await edges.next()?.active == true)
        try chip.plug(false)
        // A chip that comes back starts with all lines pulled down.
        try chip.plug(true)
        #expect(await edges.next()?.active == false)
        try chip.pull(3, up: true)
        #expect(await edges.next()?.active == true)
        // Meanwhile nobody heard it, which somebody has to know.
        var losses = lines.losses.makeAsyncIterator()
        #expect(await losses.next() == LineLoss(inputs: ["fire"], cause: "gpio chip gate-sim: gone"))
        #expect(await losses.next() == LineLoss(inputs: ["fire"], cause: nil))
        _ = consume lines
    }

    @Test func `the kernel filters an input that bounces`() async throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let readiness = try Readiness()
        var contact = input("fire", "IN_0")
        contact.debounce = .milliseconds(200)
        let lines = try GPIOLines.open(GPIOLayout(inputs: [contact]), on: readiness)
        var edges = lines.edges().makeAsyncIterator()
        for _ in 0..<10 {
            try chip.pull(3, up: true)
            try chip.pull(3, up: false)
        }
        try chip.pull(3, up: true)
        #expect(await edges.next()?.active == true)
        try chip.pull(3, up: false)
        #expect(await edges.next()?.active == false)
    }

    @Test func `a service that is killed leaves no siren on`() throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe")
        child.arguments = ["--testing-library", "swift-testing", "--filter", "rings until it is killed"]
        child.environment = ["PRESSMARK_BENCH": "victim"]
        child.standardOutput = FileHandle.nullDevice
        try child.run()
        while try chip.level(0) != "1", child.isRunning { usleep(10_000) }
        #expect(try child.isRunning && chip.level(0) == "1")
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        #expect(try chip.level(0) == "0")
        #expect(try GPIOChip.all().first { $0.label == "gate-sim" }?.lines.allSatisfy { $0.consumer.isEmpty } == true)
    }

    @Test func `switching an output takes one short call`() throws {
        let chip = try SimulatedChip(label: "gate-sim")
        let readiness = try Readiness()
        var lines = try GPIOLines.open(layout, on: readiness)
        let start = Deadline.now
        for round in 0..<1000 { try lines.set("siren", to: round % 2 == 0) }
        let each = Deadline.now.after(start) / 1000
        #expect(try chip.level(0) == "0")
        print("gpio: \(each) for each switching")
        // An emulated machine needs 25 µs; only something that waits would take a thousand times as long.
        #expect(each < .milliseconds(50))
    }
}

/// The process that another test kills.
@Suite(
    .enabled(if: ProcessInfo.processInfo.environment["PRESSMARK_BENCH"] == "victim", "only in a process to be killed")
)
struct GPIOVictimTests {
    @Test func `rings until it is killed`() throws {
        var lines = try GPIOLines.open(GPIOLayout(outputs: [output("siren", "OUT_0")]), on: Readiness())
        try lines.set("siren", to: true)
        // An end that nobody should see: the other process kills this one first.
        sleep(60)
        Issue.record("still alive after a minute")
    }
}
