import Tags
import Testing

@testable import Command

@Suite struct TagOrderTests {
    private func complaint(_ json: String) -> Complaint? {
        do {
            _ = try TagOrder(json: json)
            return nil
        } catch {
            return error as? Complaint
        }
    }

    @Test func `every field is taken over`() throws {
        let order = try TagOrder(
            json: """
                {"primaryItemIdentifier": "1000000136", "ownerInstitution": "DK-718500", "typeOfUsage": "11",
                 "setInformation": {"total": 3, "ordinal": 1}, "elements": {"shelfLocation": "2.A.17", "17": "Titel"},
                 "lock": ["primaryItemIdentifier", "3"]}
                """
        )
        #expect(
            order.content
                == TagContent(
                    primaryItemIdentifier: "1000000136",
                    ownerInstitution: "DK-718500",
                    setInformation: SetInformation(total: 3, ordinal: 1),
                    typeOfUsage: TypeOfUsage(rawValue: 0x11),
                    others: [6: "2.A.17", 17: "Titel"],
                    lockedElements: [1, 3]
                )
        )
    }

    @Test(arguments: [("\"10\"", 0x10), ("\"0x8F\"", 0x8F), ("16", 16), ("0", 0)] as [(String, UInt8)])
    func `the usage is two hexadecimal digits in quotes or a number`(_ text: String, _ usage: UInt8) throws {
        let order = try TagOrder(json: "{\"primaryItemIdentifier\": \"1\", \"typeOfUsage\": \(text)}")
        #expect(order.content.typeOfUsage?.rawValue == usage)
    }

    @Test func `what tag explain says besides is passed over`() throws {
        let order = try TagOrder(
            json: """
                {"model": "iso28560-2", "primaryItemIdentifier": "1", "ownerInstitution": null, "checksum": null,
                 "elements": [{"oid": 1, "value": "1"}, {"oid": 6, "value": "A"}, {"oid": 17, "value": ""},
                              {"field": "crc", "value": "00"}, {"oid": 6, "value": "B"}], "problems": []}
                """
        )
        #expect(order.content == TagContent(primaryItemIdentifier: "1", others: [6: "A"]))
    }

    @Test(
        arguments: [
            ("{}", "primaryItemIdentifier: found nothing, wanted a value"),
            ("nix", "content: found something else, wanted JSON"),
            ("[]", "content: found another kind of value, wanted an object"),
            (
                "{\"primaryItemIdentifier\": 7}",
                "primaryItemIdentifier: found another kind of value, wanted text in quotes"
            ),
            (
                "{\"primaryItemIdentifier\": \"1\", \"setInformation\": {\"total\": \"3\", \"ordinal\": 1}}",
                "setInformation.total: found another kind of value, wanted a whole number"
            ),
            (
                "{\"primaryItemIdentifier\": \"1\", \"typeOfUsage\": 256}", "typeOfUsage: found 256, wanted 0 to 255"
            ),
            (
                "{\"primaryItemIdentifier\": \"1\", \"typeOfUsage\": \"1\"}",
                "typeOfUsage: found \"1\", wanted two hexadecimal digits"
            ),
            (
                "{\"primaryItemIdentifier\": \"1\", \"elements\": {\"colour\": \"red\"}}",
                "elements: found \"colour\", wanted an element by name or number"
            ),
            (
                "{\"primaryItemIdentifier\": \"1\", \"elements\": {\"3\": \"DK-1\"}}",
                "elements.3: found element 3, wanted one from 6 to 26"
            ),
            (
                "{\"primaryItemIdentifier\": \"1\", \"elements\": {\"17\": \"a\", \"title\": \"b\"}}",
                "found twice, wanted once by name or by number"
            ),
            (
                "{\"primaryItemIdentifier\": \"1\", \"lock\": [\"lid\"]}",
                "lock: found \"lid\", wanted an element by name or number"
            ),
            ("{\"barcode\": \"1\"}", "barcode: found an unknown field"),
        ] as [(String, String)]
    )
    func `a mistake names field, found and wanted`(_ json: String, _ message: String) {
        #expect(complaint(json)?.message.contains(message) == true)
    }

    @Test func `a file that is no JSON is named`() {
        let complaint = #expect(throws: Complaint.self) { try TagOrder(json: "nix", in: "item.json") }
        #expect(complaint?.message == "item.json: found something else, wanted JSON")
    }
}
