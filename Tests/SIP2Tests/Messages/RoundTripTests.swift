import SIP2
import Testing
import Wire

/// One kind of message, as reading it and writing it again.
private struct Kind: Sendable, CustomTestStringConvertible {
    var code: MessageCode
    var again: @Sendable (SIP2Message, SIP2Encoding) throws -> SIP2Message
    var isStable: @Sendable (SIP2Message, SIP2Encoding) throws -> Bool

    init<Content: SIP2Content>(_: Content.Type) {
        code = Content.code
        again = { try Content($0, in: $1).message(in: $1) }
        isStable = { message, encoding in
            let content = try Content(message, in: encoding)
            return try Content(content.message(in: encoding), in: encoding) == content
        }
    }

    var testDescription: String { "\(code) \(code.name)" }
}

private let kinds: [Kind] = [
    Kind(BlockPatronRequest.self), Kind(CheckinRequest.self), Kind(CheckinResponse.self), Kind(CheckoutRequest.self),
    Kind(CheckoutResponse.self), Kind(HoldRequest.self), Kind(HoldResponse.self), Kind(ItemInformationRequest.self),
    Kind(ItemInformationResponse.self), Kind(ItemStatusUpdateRequest.self), Kind(ItemStatusUpdateResponse.self),
    Kind(PatronStatusRequest.self), Kind(PatronStatusResponse.self), Kind(PatronEnableRequest.self),
    Kind(PatronEnableResponse.self), Kind(RenewRequest.self), Kind(RenewResponse.self),
    Kind(EndPatronSessionRequest.self), Kind(EndSessionResponse.self), Kind(FeePaidRequest.self),
    Kind(FeePaidResponse.self), Kind(PatronInformationRequest.self), Kind(PatronInformationResponse.self),
    Kind(RenewAllRequest.self), Kind(RenewAllResponse.self), Kind(LoginRequest.self), Kind(LoginResponse.self),
    Kind(ResendToTerminal.self), Kind(ResendToSystem.self), Kind(SystemStatus.self), Kind(TerminalStatus.self),
]

/// One message of every kind with all its fields in the order of ils §2.1, as it is written.
private let samples: [String] = [
    "01N20260102    100000AOMAIN|ALcard kept|AAP0001|AC|",
    "09N20260102    10000020260102    095900APMAIN|AOMAIN|ABB0001|AC|CHplain|BIN|",
    "101YNN20260102    100000AOMAIN|ABB0001|AQMAIN|AJTitle|CLbin 2|AAP0001|CK001|CHplain|CIN|CRA|CS820 X|CTNORTH|CV02|CYP2|DAName|AFthanks|AGline|",
    "11YN20260102    100000                  AOMAIN|AAP0001|ABB0001|AC|CHplain|AD1234|BON|BIN|",
    "11YY20260102    10000020260202    100000AOMAIN|AAP0001|ABB0001|AC|",
    "121NNY20260102    100000AOMAIN|AAP0001|ABB0001|AJTitle|AH2026-02-02|BT01|CIN|BHEUR|BV1.00|CK001|CHplain|BK77|AFone|AFtwo|AGline|",
    "15+20260102    100000BW20260202    100000|BSMAIN|BY2|AOMAIN|AAP0001|AD|ABB0001|AJTitle|AC|BON|",
    "161Y20260102    100000BW20260202    100000|BR1|BSMAIN|AOMAIN|AAP0001|ABB0001|AJTitle|AFok|AGline|",
    "1720260102    100000AOMAIN|ABB0001|AC|",
    "1803000120260102    100000CF0|AH2026-02-02|CJ|CM|ABB0001|AJTitle|BGMAIN|BHEUR|BV0|CK001|AQMAIN|APMAIN|CHplain|CTNORTH|CS820 X|CRA|AFok|AGline|",
    "1920260102    100000AOMAIN|ABB0001|AC|CHplain|",
    "20120260102    100000ABB0001|AJTitle|CHplain|AFok|AGline|",
    "2300120260102    100000AOMAIN|AAP0001|AC|AD|",
    "24Y            Y00120260102    100000AOMAIN|AAP0001|AEName|BLY|CQY|BHEUR|BV1.00|AFok|AGline|",
    "2520260102    100000AOMAIN|AAP0001|AC|AD|",
    "26              00120260102    100000AOMAIN|AAP0001|AEName|BLY|",
    "29NN20260102    100000                  AOMAIN|AAP0001|AD|ABB0001|AJTitle|AC|CHplain|BON|",
    "301YNN20260102    100000AOMAIN|AAP0001|ABB0001|AJTitle|AH2026-02-02|",
    "3520260102    100000AOMAIN|AAP0001|AC|AD|",
    "36Y20260102    100000AOMAIN|AAP0001|AFbye|AGline|",
    "3720260102    1000000100EURBV1.00|AOMAIN|AAP0001|AC|AD|CG9|BK77|",
    "38Y20260102    100000AOMAIN|AAP0001|BK77|AFok|AGline|",
    "6300120260102    100000  Y       AOMAIN|AAP0001|AC|AD|BP1|BQ5|",
    "64              00120260102    100000000100000002000000000000AOMAIN|AAP0001|AEName|BZ10|CA2|CB50|BLY|CQY|BHEUR|BV0|CC5|ASB1|ATB2|AUB3|AUB4|AVB5|BUB6|CDB7|BDStreet 1|BEa@b.c|BF555|AFok|AGline|",
    "6520260102    100000AOMAIN|AAP0001|AD|AC|BON|",
    "6610001000120260102    100000AOMAIN|BMB1|BNB2|AFok|AGline|",
    "9300CNuser|COpass|CPWS5|",
    "941",
    "96",
    "97",
    "98YNNYNN60000320260102    1000002.00AOMAIN|AMThe Library|BXYYYYYYYYYNYNYYYY|ANdesk|AFok|AGline|",
    "9900302.00",
]

@Test(arguments: samples)
func `a message of every kind is read and written back byte for byte`(_ text: String) throws {
    let message = try SIP2Message(Array(text.utf8))
    let kind = try #require(kinds.first { $0.code == message.code })
    #expect(String(decoding: try kind.again(message, .utf8).bytes, as: UTF8.self) == text)
}

@Test func `every kind of message has its type and its sample`() throws {
    #expect(Set(kinds.map(\.code)) == Set(MessageCode.allCases))
    #expect(try Set(samples.map { try SIP2Message(Array($0.utf8)).code }) == Set(MessageCode.allCases))
}

@Test(arguments: kinds)
private func `what is understood of any message survives writing and reading`(_ kind: Kind) throws {
    var generator = SplitMix(state: UInt64(kind.code.rawValue))
    let letters = Array("YN01U 20260102ABC+-*é".utf8)
    let known = try samples.map { try SIP2Message(Array($0.utf8)) }
    let codes = known.flatMap { $0.fields.map(\.code) }
    let sample = try #require(known.first { $0.code == kind.code })
    var understood = 0
    for _ in 0..<2000 {
        var fixed = sample.fixed
        if let place = fixed.indices.randomElement(using: &generator) {
            fixed[place] = letters.randomElement(using: &generator) ?? 0x20
        }
        let fields = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
            let value = (0..<Int.random(in: 0...6, using: &generator)).map { _ -> UInt8 in
                let byte = UInt8.random(in: 0x20...0xFF, using: &generator)
                return byte == SIP2Field.end ? 0x20 : byte
            }
            return SIP2Field(codes.randomElement(using: &generator) ?? .itemIdentifier, value)
        }
        let message = SIP2Message(kind.code, fixed: fixed, fields: fields)
        #expect(try SIP2Message(message.bytes) == message)
        for encoding in SIP2Encoding.allCases {
            guard let isStable = try? kind.isStable(message, encoding) else { continue }
            understood += 1
            #expect(isStable)
        }
    }
    #expect(understood > 1000)
}

@Test func `a message with some bytes changed is refused or agrees, and never stops the program`() throws {
    var generator = SplitMix(state: 7)
    var refused = 0
    for _ in 0..<20_000 {
        var bytes = Array((samples.randomElement(using: &generator) ?? "").utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            switch Int.random(in: 0..<3, using: &generator) {
            case 0 where !bytes.isEmpty: bytes.remove(at: Int.random(in: bytes.indices, using: &generator))
            case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: bytes.startIndex)
            default:
                guard let place = bytes.indices.randomElement(using: &generator) else { continue }
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
        }
        guard let message = try? SIP2Message(bytes), let kind = kinds.first(where: { $0.code == message.code }),
            let isStable = try? kind.isStable(message, .utf8)
        else {
            refused += 1
            continue
        }
        #expect(isStable)
    }
    #expect(refused > 1000 && refused < 20_000)
}
