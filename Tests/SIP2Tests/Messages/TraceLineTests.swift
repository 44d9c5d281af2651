import SIP2
import Testing
import Wire

@Test func `a check-out is traced with its item and without its patron`() throws {
    let line = try SIP2Frame(Array(vectorLines[7].utf8))
    #expect(
        TraceLine(line).text
            == "11 check-out: YN20260102    100000                   AOMAIN AA(5) ABB0001 AC(0) AD(0) BON BIN AY5"
    )
}

@Test func `a login is traced without its secrets`() throws {
    let text = TraceLine(try SIP2Frame(Array(vectorLines[0].utf8))).text
    #expect(!text.contains("scclient") && !text.contains("clientpwd") && text.contains("CPWS5"))
}

/// A value that stands in no fixed text, so that finding it is proof of a leak.
private let secret = "Zq7#Xw"

@Test(arguments: MessageCode.allCases)
func `no value of a field about patrons passes, in whatever message it stands`(_ code: MessageCode) throws {
    let shown: Set<String> = [
        "AB", "AH", "AM", "AN", "AO", "AP", "AQ", "BI", "BO", "BX", "BG", "CI", "CK", "CL", "CP", "CR", "CS", "CT",
        "CV",
    ]
    for first in UInt8(0x41)...0x5A {
        for second in UInt8(0x41)...0x5A {
            let field = SIP2Field(FieldCode(first, second), secret, in: .utf8)
            let message = SIP2Message(code, fixed: [], fields: [field])
            let isShown = shown.contains("\(field.code)")
            for text in [
                TraceLine(message).text, "\(message)", String(reflecting: message),
                TraceLine(SIP2Frame(body: message.bytes, check: .sequence(1))).text,
            ] {
                #expect(text.contains(secret) == isShown, "\(field.code) in \(code)")
            }
            var dumped = ""
            dump(message, to: &dumped)
            dump(field, to: &dumped)
            #expect(dumped.contains(secret) == isShown)
        }
    }
}

@Test(arguments: [MessageCode.patronStatusResponse, .patronInformationResponse, .patronEnableResponse, .feePaid])
func `the fixed places of messages about patrons are not shown`(_ code: MessageCode) {
    let message = SIP2Message(code, fixed: Array("YYY 00120260102    100000".utf8), fields: [])
    #expect(!TraceLine(message).text.contains("2026"))
}

@Test func `patrons stay hidden in typed messages too`() {
    let request = CheckoutRequest(
        allowsRenewal: true,
        noBlock: false,
        date: SIP2Date(unixSeconds: 0),
        institution: "MAIN",
        patron: Confidential(secret),
        item: "B0001",
        patronPassword: Confidential(secret)
    )
    var dumped = ""
    dump(request, to: &dumped)
    #expect(!"\(request)".contains(secret))
    #expect(!String(reflecting: request).contains(secret))
    #expect(!dumped.contains(secret))
}

@Test func `what cannot be understood shows only its length`() {
    #expect(TraceLine(SIP2Frame(body: Array("77AAP0001|".utf8), check: .none)).text == "(not understood, 10 bytes)")
    #expect(TraceLine(damaged: 12).text == "(damaged, 12 bytes)")
}

@Test func `a value cannot move the cursor of a terminal`() {
    let message = SIP2Message(.itemInformation, fixed: [], fields: [SIP2Field(.itemIdentifier, [0x1B, 0x5B, 0x41])])
    #expect(TraceLine(message).text.hasSuffix("AB.[A"))
}
