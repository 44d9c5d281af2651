import API
import Testing

@testable import Command

private func page(_ outcome: LoanResult.Outcome, hint: String? = nil, messages: [String] = []) -> [String] {
    LoanPage(
        result: LoanResult(
            barcode: "3010",
            outcome: outcome,
            reason: "stands, tags read back",
            hint: hint,
            messages: messages,
            due: "2026-03-01 23:59",
            destination: nil,
            sortBin: nil
        ),
        palette: Palette(isOn: false)
    ).lines
}

@Test func `a loan is shown with its due date and the library system's words`() {
    #expect(
        page(.done, messages: ["Thank you"]) == [
            "3010: done: stands, tags read back", "  due 2026-03-01 23:59", "  Thank you",
        ]
    )
    #expect(!page(.done, messages: ["\u{1B}[2J"]).joined().contains("\u{1B}"))
}

@Test func `a loan whose tags do not follow is never shown as done`() {
    let lines = page(.tagsDoNotFollow, hint: "ask the staff")
    #expect(lines.first == "3010: stands, but the tags do not follow: stands, tags read back")
    #expect(lines.last == "hint: ask the staff")
}
