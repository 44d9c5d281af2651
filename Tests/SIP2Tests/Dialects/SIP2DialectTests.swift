import SIP2
import Testing
import Wire

/// What a conversation with each kind of system looks like: lend, lend again, return, return again, look up.
private let transcripts: [String: [String]] = [
    "koha": [
        "> 93 login: 00 CN(4) CO(6) CPdesk AY0",
        "< 94 login answer: 1 AY0",
        "> 99 terminal status: 00802.00 AY1",
        "< 98 system status: YYYYNN05000220260102    1000002.00 AOMAIN AMEmulated library system BXYYYNYYYNYNYNNNYN AY1",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0001 AC(0) AY2",
        "< 12 check-out answer: 1NUY20260102    100000 AOMAIN AA(5) ABB0001 AJ(16) AH20260301    235900 AY2",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0002 AC(0) AY3",
        "< 12 check-out answer: 0NUN20260102    100000 AOMAIN AA(5) ABB0002 AJ(4) AH AF(33) AY3",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0) AY4",
        "< 10 check-in answer: 1YUN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(16) AY4",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0) AY5",
        "< 10 check-in answer: 0NUN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(16) AF(19) AY5",
    ],
    "evergreen": [
        "> 93 login: 00 CN(4) CO(6) CPdesk AY0",
        "< 94 login answer: 1",
        "> 99 terminal status: 00802.00 AY1",
        "< 98 system status: YYYYNN05000220260102    1000002.00 AOMAIN AMEmulated library system BXYYYNYNYNNNYNNNYN",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0001 AC(0) AY2",
        "< 12 check-out answer: 1NNY20260102    100000 AOMAIN AA(5) ABB0001 AJ(16) AH20260301    235900 CIN",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0002 AC(0) AY3",
        "< 12 check-out answer: 0NNN20260102    100000 AOMAIN AA(5) ABB0002 AJ(4) AH AF(33) CIN",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0) AY4",
        "< 10 check-in answer: 1YNN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(16) CI0",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0) AY5",
        "< 10 check-in answer: 0YNN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(16) AF(19) CI0",
    ],
    "folio": [
        "> 93 login: 00 CN(4) CO(6) CPdesk",
        "< 94 login answer: 1",
        "> 99 terminal status: 00802.00",
        "< 98 system status: YYYYNN05000220260102    1000002.00 AOMAIN AMEmulated library system BXYYYNYYYNYNYNNNYN",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0001 AC(0)",
        "< 12 check-out answer: 1NUY20260102    100000 AOMAIN AA(5) ABB0001 AJ(14) AH20260301    235900",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0002 AC(0)",
        "< 12 check-out answer: 0NUN20260102    100000 AOMAIN AA(5) ABB0002 AJ(4) AH AF(33)",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0)",
        "< 10 check-in answer: 1YUN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(14)",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0)",
        "< 10 check-in answer: 0NUN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(14) AF(19)",
    ],
    "symphony": [
        "> 93 login: 00 CN(4) CO(6) CPdesk AY0",
        "< 94 login answer: 1 AY0",
        "> 99 terminal status: 00802.00 AY1",
        "< 98 system status: YYYYNN05000220260102    1000002.00 AOMAIN AMEmulated library system BXYYYNYYYNYNYNNNYN AY1",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0001 AC(0) AY2",
        "< 12 check-out answer: 1NNY20260102    100000 AOMAIN AA(5) ABB0001 AJ(14) AH20260301    235900 AY2",
        "> 11 check-out: NN20260102    100000                   AOMAIN AA(5) ABB0002 AC(0) AY3",
        "< 12 check-out answer: 0NNN20260102    100000 AOMAIN AA(5) ABB0002 AJ(4) AH AF(33) AY3",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0) AY4",
        "< 10 check-in answer: 1YNN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(14) AY4",
        "> 09 check-in: N20260102    10000020260102    100000 APMAIN AOMAIN ABB0001 AC(0) AY5",
        "< 10 check-in answer: 0NNN20260102    100000 AOMAIN ABB0001 AQMAIN AJ(14) AF(19) AY5",
    ],
]

@Test(arguments: ["koha", "evergreen", "folio", "symphony"])
func `a day at the desk with each kind of system`(_ name: String) async throws {
    let dialect = try #require(SIP2Dialect.named(name))
    let book = TraceBook()
    var connection = EmulatedSystem(dialect).connection(trace: book.trace)
    guard case .made = try await connection.checkOut(EmulatedSystem.checkout("B0001")),
        case .refused = try await connection.checkOut(EmulatedSystem.checkout("B0002")),
        case .made = try await connection.checkIn(EmulatedSystem.checkin("B0001")),
        case .refused = try await connection.checkIn(EmulatedSystem.checkin("B0001"))
    else {
        Issue.record("\(name): another outcome")
        return
    }
    let lines = await book.close()
    #expect(lines == transcripts[name])
}

@Test func `every system has a name of its own and something to tell whoever sets it up`() {
    #expect(Set(SIP2Dialect.list.map(\.name)).count == SIP2Dialect.list.count)
    #expect(SIP2Dialect.list.allSatisfy { !$0.notes.isEmpty && SIP2Dialect.named($0.name) == $0 })
    #expect(SIP2Dialect.named("nobody") == nil)
}
