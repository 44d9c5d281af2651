import Field
import Foundation
import FoundationXML
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Tags
import Testing

@testable import Interfaces

/// What the Koha plugin's script does with MK's device: `ils` §1.1.
private struct KohaPage {
    let caller: DialectCaller
    private static let base = "/mkStaffStationAPI"

    func getItems() async throws -> (status: Int, items: [[String: String]]) {
        let reply = try await caller.send(.get, Self.base + "/getItems")
        return (reply.status, try Items(reply.body).items)
    }

    func setSecurity(_ barcode: String, _ secured: Bool, _ method: String = "PUT") async throws -> DialectCaller.Reply {
        try await caller.send(
            .init(rawValue: method) ?? .put,
            Self.base + "/setSecurity",
            type: "text/xml",
            body: "<rfid><barcode>\(barcode)</barcode><is_secure>\(secured)</is_secure></rfid>"
        )
    }
}

/// Finds the items of a document as jQuery does: any root, the leaves by their names.
private final class Items: NSObject, XMLParserDelegate {
    private(set) var items: [[String: String]] = []
    private var isItem = false
    private var name = ""

    init(_ data: Data) throws {
        super.init()
        let parser = XMLParser(data: data)
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.coderReadCorrupt) }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        if name == "item" {
            items.append([:])
            isItem = true
        }
        self.name = name
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if name == "item" { isItem = false }
        self.name = ""
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        guard isItem, !items.isEmpty, !name.isEmpty else { return }
        items[items.count - 1][name, default: ""] += text
    }
}

@Test func `Koha reads MK's pad and secures by PUT`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010 & co;", serial: 1)])
    try await workstation.serving(MKSolutionsDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        let found = try await polled {
            (try? await koha.getItems()) ?? (0, [])
        } until: {
            !$0.items.isEmpty
        }
        let item = try #require(found.items.first)
        #expect(found.status == 200 && item["barcode"] == "3010 & co;" && item["is_secure"] == "true")
        // The plugin's script puts the barcode into its document as it is; another client may escape it.
        let reply = try await koha.setSecurity("3010 & co;", false)
        #expect(reply.status == 200 && reply.text.contains("<success>true</success>"))
        #expect(await workstation.afi(1) == 0xC2)
        #expect(try await koha.getItems().items.first?["is_secure"] == "false")
        #expect(try await koha.setSecurity("3010 &amp; co;", true).status == 200)
        #expect(await workstation.afi(1) == 0x07)
    }
}

@Test func `MK's empty pad is a small document and no 404`() async throws {
    let workstation = try await TestWorkstation()
    try await workstation.serving(MKSolutionsDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        let status = try await polled {
            (try? await koha.getItems().status) ?? 0
        } until: {
            $0 == 200
        }
        #expect(status == 200)
        #expect(try await koha.getItems().items.isEmpty)
        let reply = try await koha.setSecurity("3010", true)
        #expect(reply.status == 404 && reply.text.contains("<ExceptionDetail><Message>"))
    }
}

@Test(arguments: [
    ("3010 & co", "3010 & co"), ("3010 &amp; co", "3010 & co"), ("<![CDATA[3010 & co]]>", "3010 & co"),
    ("<![CDATA[3010 &amp; co]]>", "3010 &amp; co"), ("&#51;010", "3010"), ("3010 &co;", "3010 &co;"),
])
func `an & is what it is in XML, and itself where that makes none`(_ written: String, _ barcode: String) throws {
    let body = "<rfid><barcode>\(written)</barcode><is_secure>true</is_secure></rfid>"
    let order = try MKSolutionsMessage.Order(Array(body.utf8))
    #expect(order.barcode == barcode && order.isSecure == true && order.count == 1)
}

@Test func `what no & can mend is refused with its place`() {
    let problem = #expect(throws: DialectProblem.self) {
        try MKSolutionsMessage.Order(Array("<rfid><barcode>1 & 2</barcode><is_secure".utf8))
    }
    #expect(problem?.status == 400 && problem?.text.hasPrefix("body: found the end inside a tag") == true)
}

@Test func `Alma reads parts and completeness and secures by POST`() async throws {
    let tags = try (1...2).map { try TestWorkstation.tag("3010", serial: UInt64($0), part: $0, of: 2) }
    let workstation = try await TestWorkstation(tags)
    try await workstation.serving(MKSolutionsDialect.self, readersByAddress: ["192.168.10.10": "pad-1"]) { caller in
        @Sendable func get(_ query: String) async throws -> DialectCaller.Reply {
            try await caller.send(.get, "/mkStaffStationAPI/getItems" + query)
        }
        let reply = try await polled {
            try await get("?reader_ip=192.168.10.10")
        } until: {
            $0.text.contains("3010")
        }
        for wanted in [
            // As the emulator of MK's service in the Koha plugin's tree (emulators/mksolutions_emulator.pl) has it.
            "<rfid><success>true</success><items><item>", "<is_complete>true</is_complete>",
            "<total_num_of_parts>2</total_num_of_parts>",
            "<tag_id>E004015000000001</tag_id><part_num>1</part_num>", "<library>DK-718500</library>",
        ] {
            #expect(reply.text.contains(wanted), "\(wanted)")
        }
        #expect(try await get("?reader_ip=10.0.0.99").status == 404)
        let done = try await KohaPage(caller: caller).setSecurity("3010", false, "POST")
        #expect(done.status == 200)
        for part: UInt64 in 1...2 { #expect(await workstation.afi(part) == 0xC2) }
    }
}

/// Alma sends along what its circulation desk has under "RFID information": the reader's address, whatever the pad hangs on.
@Test func `where no pad goes by an address, whatever Alma names is the workstation's own`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    try await workstation.serving(MKSolutionsDialect.self) { caller in
        let reply = try await polled {
            try await caller.send(.get, "/mkStaffStationAPI/getItems?reader_ip=10.20.30.40")
        } until: {
            $0.text.contains("3010")
        }
        #expect(reply.status == 200)
        let done = try await caller.send(
            .post,
            "/mkStaffStationAPI/setSecurity",
            type: "text/xml",
            body: "<rfid><barcode>3010</barcode><is_secure>false</is_secure><reader_ip>10.20.30.40</reader_ip></rfid>"
        )
        #expect(done.status == 200)
        #expect(await workstation.afi(1) == 0xC2)
    }
}

@Test func `Alma's itemUpdate secures an item that lies there, and writes one blank tag where there is none`()
    async throws
{
    let workstation = try await TestWorkstation([
        TestWorkstation.tag("3010", serial: 1, afi: 0xC2), TestWorkstation.blank(serial: 5),
    ])
    try await workstation.serving(MKSolutionsDialect.self, writesTags: true) { caller in
        @Sendable func update(_ barcode: String, _ secure: Bool) async throws -> DialectCaller.Reply {
            try await caller.send(
                .post,
                "/mkStaffStationAPI/itemUpdate",
                type: "text/xml",
                body: "<rfid><reader_ip>127.0.0.1</reader_ip><items><item><barcode>\(barcode)</barcode>"
                    + "<is_secure>\(secure)</is_secure></item></items></rfid>"
            )
        }
        _ = try await polled {
            (try? await KohaPage(caller: caller).getItems().items.count) ?? 0
        } until: {
            $0 > 0
        }
        #expect(try await update("3010", true).status == 200)
        #expect(await workstation.afi(1) == 0x07)
        #expect(try await update("30777", false).status == 200)
        #expect(await workstation.content(5)?.primaryItemIdentifier == "30777")
        #expect(await workstation.afi(5) == 0xC2)
        #expect(try await update("30778", false).text.contains("0 blank tags"))
    }
}

@Test(arguments: [
    "", "<rfid>", "<rfid><barcode></barcode></rfid>", "no xml at all <", "<!DOCTYPE a [<!ENTITY x \"y\">]>",
    "<rfid><barcode>3010</barcode><barcode>3011</barcode><is_secure>false</is_secure></rfid>",
])
func `what is no order is refused and changes nothing`(_ body: String) async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    try await workstation.serving(MKSolutionsDialect.self) { caller in
        let reply = try await caller.send(.put, "/mkStaffStationAPI/setSecurity", type: "text/xml", body: body)
        #expect(reply.status == 400 && reply.text.contains("<Message>"))
        #expect(await workstation.afi(1) == 0x07)
    }
}
