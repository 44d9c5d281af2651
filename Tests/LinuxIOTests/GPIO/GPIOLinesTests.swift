import Foundation
import Testing
import Wire

@testable import LinuxIO

private let layout = GPIOLayout(outputs: [
    GPIOOutput(name: "siren", place: .init(chip: "gate", line: .named("OUT_0")))
])

@Test func `a machine without chips says that it found none`() throws {
    let readiness = try Readiness()
    let folder = try temporaryFolder()
    let error = #expect(throws: GPIOError.unknownChip(label: "gate", found: [])) {
        _ = try GPIOLines.open(layout, in: folder, on: readiness)
    }
    #expect(error?.description == "gpio chip: found none, wanted gate")
}

@Test func `a file that is no chip is named`() throws {
    let readiness = try Readiness()
    let folder = try temporaryFolder()
    try Data().write(to: URL(filePath: folder + "/gpiochip0"))
    #expect(throws: GPIOError.system(code: ENOTTY, call: "read chip \(folder)/gpiochip0")) {
        _ = try GPIOLines.open(layout, in: folder, on: readiness)
    }
}

@Test func `without configured lines every name is unknown and no edge ever comes`() async throws {
    let readiness = try Readiness()
    let folder = try temporaryFolder()
    var lines = try GPIOLines.open(GPIOLayout(), in: folder, on: readiness)
    let error = LineError.unknown(name: "siren", known: [])
    #expect(throws: error) { try lines.set("siren", to: true) }
    #expect(error.description == "line: found siren, wanted none, no line is configured")
    var edges = lines.edges().makeAsyncIterator()
    #expect(await edges.next() == nil)
}
