import SIP2
import Testing
import Wire

private let now = EmulatedSystem.date

/// Sends lines to a twin and gives back what it does.
private func converse(_ twin: LibrarySystemTwin, _ lines: [String]) -> [LibrarySystemTwin.Step] {
    var twin = twin
    var records = LibrarySystemRecords(items: ["B0001": .init(title: "A title")], patrons: ["P0001": .init(name: "A")])
    var faults: [LibrarySystemFault?] = []
    return lines.flatMap { line in
        twin.receive(Array((line + "\r").utf8), records: &records, faults: &faults, now: now)
    }
}

private func text(_ steps: [LibrarySystemTwin.Step]) -> [String] {
    steps.map { step in
        switch step {
        case .send(let bytes): String(decoding: bytes.dropLast(), as: UTF8.self)
        case .wait: "wait"
        case .hangUp: "hang up"
        }
    }
}

@Test func `the login of the field is answered as in the field`() {
    let account = SIP2Account.Login(user: Confidential("scclient"), password: Confidential("clientpwd"))
    let twin = LibrarySystemTwin(manner: .koha, account: account)
    #expect(text(converse(twin, [vectorLines[0]])) == [vectorLines[1]])
}

@Test func `a wrong checksum is answered with a request to send again`() {
    #expect(text(converse(LibrarySystemTwin(), ["9900302.00AY1AZFCA6"])) == ["96AZFEF6"])
}

@Test func `the last answer is sent again when it is asked for`() {
    let steps = text(converse(LibrarySystemTwin(), ["9900302.00AY1AZFCA5", "97AZFEF5"]))
    #expect(steps.count == 2 && steps[0] == steps[1] && steps[0].hasPrefix("98"))
}

@Test func `systems differ in what they do with a message they do not know`() {
    #expect(text(converse(LibrarySystemTwin(manner: .plain), ["77"])) == ["96AZFEF6"])
    #expect(text(converse(LibrarySystemTwin(manner: .evergreen), ["77", "9900302.00"])) == ["hang up"])
}

@Test func `nothing is told before the login where one is wanted`() {
    #expect(text(converse(LibrarySystemTwin(manner: .koha), ["9900302.00"])) == ["96AZFEF6"])
}

@Test func `an unknown patron gets no loan and an unknown item is nothing`() {
    let steps = text(
        converse(
            LibrarySystemTwin(),
            [
                "11NN20260102    100000                  AOMAIN|AAnobody|ABB0001|AC|",
                "1720260102    100000AOMAIN|ABB9999|AC|",
            ]
        )
    )
    #expect(steps[0].hasPrefix("120NNN") && steps[0].contains("AFInvalid Patron|"))
    #expect(steps[1].hasPrefix("1801") && steps[1].contains("AFItem not found|"))
}
