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

@Test func `what is lent and renewed is due when the system says`() {
    var twin = LibrarySystemTwin()
    twin.due = (.due(1_796_083_200), .due(1_798_761_599))
    let loan = "11YN20261201    100000                  AOMAIN|AAP0001|ABB0001|AC|"
    let renewal = "29NN20261201    100000                  AOMAIN|AAP0001|ABB0001|AC|"
    let answers = text(converse(twin, [loan, renewal]))
    #expect(answers.map { $0.contains("|AH20261201    235900|") } == [true, false])
    #expect(answers.map { $0.contains("|AH20261231    235900|") } == [false, true])
    #expect(text(converse(LibrarySystemTwin(), [loan])).first?.contains("|AH20260301    235900|") == true)
}

@Test func `the last answer is sent again when it is asked for`() {
    let steps = text(converse(LibrarySystemTwin(), ["9900302.00AY1AZFCA5", "97AZFEF5"]))
    #expect(steps.count == 2 && steps[0] == steps[1] && steps[0].hasPrefix("98"))
}

@Test func `systems differ in what they do with a message they do not know`() {
    #expect(text(converse(LibrarySystemTwin(manner: .plain), ["77"])) == ["96AZFEF6"])
    #expect(text(converse(LibrarySystemTwin(manner: .evergreenSIPServer), ["77", "9900302.00"])) == ["hang up"])
}

@Test func `Evergreen's two servers have their own ways`() {
    let login = "9300CNscclient|COclientpwd|"
    let update = "1920260102    100000AOMAIN|ABB0001|AC|"
    // Of an item that is not lent.
    let checkin = "09N20260102    10000020260102    100000APMAIN|AOMAIN|ABB0001|AC|"
    let mediator = LibrarySystemTwin(manner: .evergreen)
    let refused = text(converse(mediator, [login, checkin])).last
    #expect(refused?.hasPrefix("100YNN") == true && refused?.hasSuffix("|CI0|") == true)
    // Number and checksum are fields like others to it, and what it does not know ends the call.
    #expect(text(converse(mediator, [vectorLines[0]])) == ["941"])
    for unknown in [update, "97AZFEF5"] { #expect(text(converse(mediator, [login, unknown])) == ["941", "hang up"]) }
    let first = LibrarySystemTwin(manner: .evergreenSIPServer)
    #expect(text(converse(first, [login, update, checkin])) == ["941", "hang up"])
    let refusal = text(converse(first, [login, checkin])).last
    #expect(refusal?.hasPrefix("100YNN") == true && refusal?.hasSuffix("|XI7|") == true)
    #expect(refusal?.contains("|CI") == false)
}

@Test func `FOLIO's server says nothing where it has no answer, and only words of an unknown item`() {
    let login = "9300CNscclient|COclientpwd|"
    let hold = "15+20260102    100000AOMAIN|AAP0001|ABB0001|AC|"
    let inquiry = "1720260102    100000AOMAIN|ABB9999|AC|"
    let steps = text(converse(LibrarySystemTwin(manner: .folio), [login, hold, inquiry]))
    #expect(steps == ["941", "Item does not exists."])
}

@Test func `nothing is told before the login where one is wanted`() {
    #expect(text(converse(LibrarySystemTwin(manner: .koha), ["9900302.00"])) == ["96AZFEF6"])
}

@Test func `an unknown patron gets no loan and an unknown item is nothing`() throws {
    let steps = text(
        converse(
            LibrarySystemTwin(),
            [
                "11NN20260102    100000                  AOMAIN|AAnobody|ABB0001|AC|",
                "1720260102    100000AOMAIN|ABB9999|AC|",
            ]
        )
    )
    try #require(steps.count > 1)
    #expect(steps[0].hasPrefix("120NNN") && steps[0].contains("AFInvalid Patron|"))
    #expect(steps[1].hasPrefix("1801") && steps[1].contains("AFItem not found|"))
}
