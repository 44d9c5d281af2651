import API
import Foundation
import Testing

@testable import Command

private let reader = ReaderStatus(
    name: "pad-1",
    role: "pad",
    driver: "feig",
    model: "ID CPR40",
    firmware: "3.0",
    link: "serial /dev/ttyUSB0",
    state: .online,
    cause: nil,
    hint: nil,
    lastSeen: nil,
    tagsPresent: 1,
    abilities: ["eas", "writeAFI"]
)

@Test func `readers are listed with what they can do and why they are away`() throws {
    var away = reader
    away.name = "wand-1"
    away.state = .offline
    away.abilities = nil
    away.cause = "link: no answer in time"
    let lines = ReaderList(readers: [reader, away], palette: Palette(isOn: false)).lines
    try #require(lines.count > 2)
    #expect(lines[0].hasPrefix("READER"))
    #expect(lines[1].contains("ID CPR40 3.0"))
    #expect(lines[2] == "  can: eas, writeAFI")
    #expect(lines.last == "  cause: link: no answer in time")
    #expect(ReaderList(readers: [], palette: Palette(isOn: false)).lines == ["no readers configured"])
}

@Test func `a probe tells each place with what to do`() {
    let page = ProbePage(
        results: [
            ProbeResult(
                place: "serial /dev/ttyUSB1",
                state: .found,
                driver: "3m",
                model: "3M 810",
                hint: "give it a [[reader]]"
            ),
            ProbeResult(place: "tcp 192.0.2.7:10001", state: .silent, detail: "asked as feig, metratec"),
        ],
        palette: Palette(isOn: false)
    )
    #expect(
        page.lines == [
            "serial /dev/ttyUSB1  found, 3m, 3M 810", "  hint: give it a [[reader]]",
            "tcp 192.0.2.7:10001  silent, asked as feig, metratec",
        ]
    )
    #expect(ProbePage(results: [], palette: Palette(isOn: false)).lines.first?.hasPrefix("nothing to ask") == true)
}

@Test func `a trial becomes a page that tells nothing of the tag and not where the reader is`() throws {
    let result = ReaderTestResult(
        reader: reader,
        version: "1.0",
        steps: [.init(name: "inventory", outcome: "passed", detail: "heard in 10 of 10 looks, 62 ms each")]
    )
    let lines = ReaderTestPage(result: result, at: Date(timeIntervalSince1970: 1_795_000_000)).lines
    try #require(lines.count > 2)
    #expect(lines[0] == "### ID CPR40, firmware 3.0 — driver `feig`")
    #expect(lines[2] == "Grade: **hardware**, 2026-11-18, pressmark 1.0, as pad on serial.")
    #expect(lines.last == "| inventory | passed | heard in 10 of 10 looks, 62 ms each |")
    #expect(!lines.joined().contains("ttyUSB0"))
}

@Test func `a trial of a simulated reader claims nothing of any hardware`() throws {
    let result = ReaderTestResult(reader: reader, version: "1.0", steps: [])
    let lines = ReaderTestPage(result: result, at: Date(timeIntervalSince1970: 1_795_000_000), isSimulated: true).lines
    try #require(lines.count > 2)
    #expect(lines[2] == "Grade: none, a simulated reader, 2026-11-18, pressmark 1.0, as pad on serial.")
}
