import SIP2
import Testing
import Wire

@Test func `a login from the field is understood and written back byte for byte`() throws {
    let body = Array("9300CNscclient|COclientpwd|CPWS5|".utf8)
    let message = try SIP2Message(body)
    let login = try LoginRequest(message, in: .utf8)
    #expect(login == LoginRequest(user: Confidential("scclient"), password: Confidential("clientpwd"), location: "WS5"))
    #expect(login.message(in: .utf8).bytes == body)
}

@Test func `a status of a running system is understood`() throws {
    // ils §2.3; the date is ours.
    let status = try SystemStatus(
        SIP2Message(Array("98YNNYNN60000320260101    1200002.00AOUWOLS|BXYYYYYYYYYNYNYYYY|".utf8)),
        in: .utf8
    )
    #expect(status.isOnline && !status.allowsCheckin && !status.allowsCheckout && status.allowsRenewal)
    #expect(!status.allowsStatusUpdate && !status.allowsOffline)
    #expect(status.timeout == 600 && status.retries == 3)
    #expect(status.version == "2.00" && status.institution == "UWOLS")
    let supported = try #require(status.supported)
    #expect(supported.contains(.checkout) && supported.contains(.renewAll))
    #expect(!supported.contains(.feePaid) && !supported.contains(.itemStatusUpdate))
    #expect(supported.text == "YYYYYYYYYNYNYYYY")
}

@Test func `the computed requests are written byte for byte`() throws {
    let date = try #require(SIP2Date("20260102    100000"))
    let checkin = CheckinRequest(
        noBlock: false,
        date: date,
        returnDate: date,
        currentLocation: "MAIN",
        institution: "MAIN",
        item: "B0001",
        cancel: false
    )
    let checkout = CheckoutRequest(
        allowsRenewal: true,
        noBlock: false,
        date: date,
        institution: "MAIN",
        patron: Confidential("P0001"),
        item: "B0001",
        patronPassword: .empty,
        feeAcknowledged: false,
        cancel: false
    )
    let inquiry = ItemInformationRequest(date: date, institution: "MAIN", item: "Æøå-1")
    func line(_ message: SIP2Message, _ sequence: UInt8) -> String {
        String(decoding: SIP2Frame(body: message.bytes, check: .sequence(sequence)).bytes, as: UTF8.self)
    }
    #expect(line(checkin.message(in: .utf8), 4) == vectorLines[6])
    #expect(line(checkout.message(in: .utf8), 5) == vectorLines[7])
    #expect(line(inquiry.message(in: .utf8), 6) == vectorLines[8])
}

@Test func `an unknown patron is refused whatever the other places say`() throws {
    // ils §2.3.
    let text = "120NUN20260102    100000AO|AAnobody|ABB0001|AJ|AH|AFInvalid Patron|BLN|"
    let answer = try CheckoutResponse(SIP2Message(Array(text.utf8)), in: .utf8)
    #expect(!answer.ok && answer.desensitize == .no && answer.isMagnetic == .unknown)
    #expect(answer.screenMessages.map(\.revealed) == ["Invalid Patron"])
}

@Test func `a second check-in is refused although it asks for the security bit`() throws {
    let text = "100YNN20260102    100000AOUWOLS|ABB0001|AQMAIN|CI0|XIsomething|"
    let answer = try CheckinResponse(SIP2Message(Array(text.utf8)), in: .utf8)
    #expect(!answer.ok && answer.resensitize == .yes && answer.securityInhibit == false)
}

@Test func `fields may stand in any order, unknown ones are passed over, short pieces are dropped`() throws {
    let text = "1803000120260102    100000XXwhat|AJA title|||Q|ABB0001|"
    let message = try SIP2Message(Array(text.utf8))
    #expect(message.fields.map { "\($0.code)" } == ["XX", "AJ", "AB"])
    let answer = try ItemInformationResponse(message, in: .utf8)
    #expect(answer.item == "B0001" && answer.status == .available && answer.title.revealed == "A title")
}

@Test func `a number that no list has is taken as other`() throws {
    let text = "1899770120260102    100000ABB0001|"
    let answer = try ItemInformationResponse(SIP2Message(Array(text.utf8)), in: .utf8)
    #expect(answer.status == .other && answer.marker == .other)
}

@Test(arguments: ["12", "121N", "12ANUN20260102    100000", "121NNX20260102    100000", "121NNY20260102 |AB1000000"])
func `fixed places that are missing or nonsense are refused without telling what stands there`(_ text: String) {
    let error = #expect(throws: ParseError.self) {
        try CheckoutResponse(SIP2Message(Array(text.utf8)), in: .utf8)
    }
    #expect(error.map { !"\($0)".contains("AB1") } == true)
}

@Test(arguments: ["0", "AB", "00", "13", "9A", "٩٣"])
func `digits of no known message are refused`(_ text: String) {
    #expect(throws: ParseError.self) { try SIP2Message(Array(text.utf8)) }
}

@Test(arguments: ["-", "+", "*"])
func `a hold is placed, changed or deleted as its sign says`(_ sign: String) throws {
    let text = "15\(sign)20260102    100000AOMAIN|AAP0001|ABB0001|AC|"
    #expect(try HoldRequest(SIP2Message(Array(text.utf8)), in: .utf8).mode.rawValue == sign)
}

@Test(arguments: ["m", "Y", " ", "="])
func `a hold whose sign is damaged is refused and never becomes a new one`(_ sign: String) {
    let text = "15\(sign)20260102    100000AOMAIN|AAP0001|ABB0001|AC|"
    #expect(throws: ParseError.self) { try HoldRequest(SIP2Message(Array(text.utf8)), in: .utf8) }
}

@Test func `a message of another kind is refused`() throws {
    let message = try SIP2Message(Array("941".utf8))
    #expect(throws: ParseError.self) { try SystemStatus(message, in: .utf8) }
}

@Test func `a value can neither end its field nor its line`() {
    let request = ItemInformationRequest(
        date: SIP2Date(unixSeconds: 0),
        institution: "A|ABother\rB",
        item: "B0001"
    )
    let bytes = request.message(in: .utf8).bytes
    #expect(bytes.filter { $0 == 0x7C }.count == 3)
    #expect(!bytes.contains(0x0D))
}

@Test(arguments: [
    ("Red &#124; Black", "Red | Black"), ("&#124;&#124;", "||"), ("R&D &#12; &#124", "R&D &#12; &#124"), ("&", "&"),
    ("&amp;#124;", "&amp;#124;"),
])
func `a bar inside a value is a bar again, and no other sign is read so`(_ value: String, _ title: String) throws {
    let text = "18030201" + "20260102    100000" + "ABB0001|AJ\(value)|"
    let answer = try ItemInformationResponse(SIP2Message(Array(text.utf8)), in: .utf8)
    #expect(answer.title == Confidential(title) && answer.item == "B0001")
}
