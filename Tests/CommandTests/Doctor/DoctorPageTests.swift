import API
import Foundation
import Testing

@testable import Command

private func report(_ findings: [DoctorFinding]) -> DoctorReport {
    DoctorReport(checkedAt: Date(timeIntervalSince1970: 0), checked: ["1 readers", "clock"], findings: findings)
}

@Test func `a finding is one line with its cause and remedy`() throws {
    let finding = DoctorFinding(
        kind: "cable",
        severity: .failure,
        subject: "pad-1",
        finding: "no device /dev/ttyUSB0",
        cause: "unplugged\u{1B}[2J",
        remedy: "plug it in"
    )
    let lines = DoctorPage(report: report([finding]), palette: Palette(isOn: false)).lines
    try #require(lines.count == 1)
    #expect(lines[0].hasPrefix("FAIL pad-1: no device /dev/ttyUSB0; cause: unplugged"))
    #expect(lines[0].hasSuffix("remedy: plug it in") && !lines[0].contains("\u{1B}"))
}

@Test func `when all is well it says what was looked at`() {
    let lines = DoctorPage(report: report([]), palette: Palette(isOn: false)).lines
    #expect(lines == ["all is well; looked at: 1 readers; clock"])
}
