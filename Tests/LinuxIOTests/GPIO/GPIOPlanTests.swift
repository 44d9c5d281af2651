import Testing

@testable import LinuxIO

private let gate = GPIOChip(
    path: "/dev/gpiochip3",
    label: "gate-sim",
    lines: ["GATE_OUT_0", "GATE_OUT_1", "GATE_IN_0", ""].map { .init(name: $0, consumer: "") }
)
private let adapter = GPIOChip(
    path: "/dev/gpiochip0",
    label: "cp210x",
    lines: (0..<4).map { .init(name: "", consumer: $0 == 3 ? "modem" : "") }
)

private func output(_ name: String, _ chip: String, _ line: GPIOPlace.Line) -> GPIOOutput {
    GPIOOutput(name: name, place: .init(chip: chip, line: line))
}

@Test func `lines are found by label and name whatever the chip's number`() throws {
    let layout = GPIOLayout(
        outputs: [
            output("siren", "gate-sim", .named("GATE_OUT_1")), output("desk", "cp210x", .offset(2)),
            output("lamp", "gate-sim", .named("GATE_OUT_0")),
        ],
        inputs: [GPIOInput(name: "fire", place: .init(chip: "gate-sim", line: .named("GATE_IN_0")))]
    )
    let plan = try GPIOPlan(layout, on: [adapter, gate])
    #expect(plan.outputs.map(\.path) == ["/dev/gpiochip3", "/dev/gpiochip0"])
    #expect(plan.outputs.map(\.offsets) == [[1, 0], [2]])
    #expect(plan.outputs.map { $0.lines.map(\.name) } == [["siren", "lamp"], ["desk"]])
    #expect(plan.inputs.map(\.offsets) == [[2]])
}

@Test func `a wrong label is answered with the labels that were found`() {
    let layout = GPIOLayout(outputs: [output("siren", "gate", .offset(0))])
    let error = #expect(throws: GPIOError.unknownChip(label: "gate", found: ["cp210x", "gate-sim"])) {
        _ = try GPIOPlan(layout, on: [adapter, gate])
    }
    #expect(error?.description == "gpio chip: found cp210x, gate-sim, wanted gate")
    #expect(error?.hint?.hasPrefix("compare the label with gpiodetect") == true)
}

@Test func `a wrong line is answered with the lines that were found`() {
    let place = GPIOPlace(chip: "gate-sim", line: .named("SIREN"))
    let found = ["GATE_OUT_0", "GATE_OUT_1", "GATE_IN_0", "line 3"]
    let error = #expect(throws: GPIOError.unknownLine(place: place, found: found)) {
        _ = try GPIOPlan(GPIOLayout(outputs: [GPIOOutput(name: "siren", place: place)]), on: [gate])
    }
    #expect(
        error?.description == "gpio chip gate-sim: found GATE_OUT_0, GATE_OUT_1, GATE_IN_0, line 3, wanted SIREN"
    )
    #expect(throws: GPIOError.self) {
        _ = try GPIOPlan(GPIOLayout(outputs: [output("siren", "gate-sim", .offset(4))]), on: [gate])
    }
}

@Test func `a line that somebody uses is refused with his name`() {
    #expect(throws: GPIOError.busy(name: "siren", consumer: "modem")) {
        _ = try GPIOPlan(GPIOLayout(outputs: [output("siren", "cp210x", .offset(3))]), on: [adapter])
    }
}

@Test func `a name or a line may stand once`() {
    let twice = [output("siren", "gate-sim", .offset(0)), output("siren", "gate-sim", .offset(1))]
    #expect(throws: GPIOError.duplicate(name: "siren")) {
        _ = try GPIOPlan(GPIOLayout(outputs: twice), on: [gate])
    }
    let same = [output("siren", "gate-sim", .named("GATE_OUT_0")), output("lamp", "gate-sim", .offset(0))]
    #expect(throws: GPIOError.duplicate(name: "lamp")) { _ = try GPIOPlan(GPIOLayout(outputs: same), on: [gate]) }
}
