import Field
import Foundation
import HTTPTypes
import Operations
import Tags
import Testing

@testable import Interfaces

/// What the Koha plugin's script does (v0.8), call by call: `ils` §1.1.
private struct KohaPage {
    let caller: DialectCaller
    private static let base = "/TagService/Web/"

    struct Item: Decodable, Hashable {
        struct Tag: Decodable, Hashable {
            var id: String

            enum CodingKeys: String, CodingKey { case id = "Id" }
        }

        var id: String
        var isSecured: Int
        var tags: [Tag]

        /// The plugin's own test: a falsy number is a secured item.
        var security: Bool { isSecured == 0 }

        enum CodingKeys: String, CodingKey {
            case id = "Id"
            case isSecured = "IsSecured"
            case tags = "Tags"
        }
    }

    private struct Items: Decodable {
        var items: [Item]

        enum CodingKeys: String, CodingKey { case items = "GetItemsResult" }
    }

    func isConnected() async throws -> Bool {
        let reply = try await caller.send(
            .get,
            Self.base + "IsConnected",
            type: "application/json; charset=utf-8"
        )
        let values = try JSONDecoder().decode([String: Bool].self, from: reply.body)
        return reply.status == 200 && values["IsConnectedResult"] == true
    }

    func getItems() async throws -> [Item] {
        let reply = try await caller.send(.get, Self.base + "/GetItems")
        guard reply.status == 200 else { throw Failure(text: reply.text) }
        return try JSONDecoder().decode(Items.self, from: reply.body).items
    }

    /// Waits for the pad; `false` where it does not come.
    func connected() async throws -> Bool {
        try await polled {
            try await isConnected()
        } until: {
            $0
        }
    }

    /// Waits for the pad and for as many items on it.
    func items(atLeast count: Int = 1) async throws -> [Item] {
        _ = try await connected()
        return try await polled {
            try await getItems()
        } until: {
            $0.count >= count
        }
    }

    /// Synchronous in the browser; `nil` when it went well, else the text that the plugin shows.
    func setSecurity(_ item: Item, _ secured: Bool) async throws -> String? {
        let tag = item.tags.first.map { "\"\($0.id)\"" } ?? "null"
        let reply = try await caller.send(
            .post,
            Self.base + "/SetTagSecurity",
            type: "application/json",
            body: "{\"tagId\":\(tag),\"isSecured\":\(secured)}"
        )
        // jQuery fails on an empty body.
        let json = try JSONSerialization.jsonObject(with: reply.body) as? [String: Any]
        return reply.status == 200 ? nil : json?["ErrorMessage"] as? String ?? "no ErrorMessage"
    }

    struct Failure: Error { var text: String }
}

/// What PMB's driver does: `ils` §1.2.
private struct PMBPage {
    let caller: DialectCaller
    private static let base = "/TagService/Web/"

    func get(_ call: String) async throws -> [String: Any] {
        let reply = try await caller.send(.get, Self.base + call + "?")
        return try JSONSerialization.jsonObject(with: reply.body) as? [String: Any] ?? [:]
    }

    func items() async throws -> [[String: Any]] {
        try await get("GetItems")["GetItemsResult"] as? [[String: Any]] ?? []
    }

    /// Waits for as many items on the pad; how many lie there.
    func count(atLeast wanted: Int = 1) async throws -> Int {
        try await polled {
            try await items().count
        } until: {
            $0 >= wanted
        }
    }

    /// `response.ok` for each tag of the item. The value is a text: PMB's `includes/rfid_config.inc.php` writes the pair
    /// `true,false` of its settings into quotes, and `driver.js` puts it into the body as it is.
    func setTagSecurity(_ secured: String, _ barcode: String) async throws -> [Bool] {
        let item = try await items().first { $0["Id"] as? String == barcode && $0["Type"] as? Int == 1 }
        var results: [Bool] = []
        for tag in item?["Tags"] as? [[String: Any]] ?? [] {
            let body = "{\"tagId\":\"\(tag["Id"] ?? "")\",\"isSecured\":\"\(secured)\"}"
            let reply = try await caller.send(
                .post,
                Self.base + "SetTagSecurity",
                type: "application/json",
                body: body
            )
            results.append((200..<300).contains(reply.status))
        }
        return results
    }

    func writeTag(
        _ tagID: String,
        _ barcode: String,
        type: Int = 1,
        format: Int = 768,
        part: Int = 1,
        of total: Int = 1
    ) async throws -> DialectCaller.Reply {
        let body = """
            {"tag":{"Id":"\(tagID)","Type":\(type),"TagFormat":\(format),"IsSecutirySupported":true,"IsTagSecured":true,
            "Fields":[{"Name":"ItemID","Type":2,"Value":"\(barcode)"},{"Name":"SetNumber","Type":1,"Value":\(part)},
            {"Name":"SetSize","Type":1,"Value":\(total)}]}}
            """
        return try await caller.send(.post, Self.base + "WriteTag", type: "application/json", body: body)
    }
}

@Test func `Koha finds the pad, reads it and disarms a book`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        #expect(try await koha.connected())
        let items = try await koha.items()
        try #require(items.map(\.id) == ["3010"])
        #expect(items[0].security)
        #expect(try await koha.setSecurity(items[0], false) == nil)
        #expect(await workstation.afi(1) == 0xC2)
        // The very next answer knows of it, though the reader reads no tag twice.
        #expect(try await koha.getItems().map(\.isSecured) == [2])
        #expect(try await koha.setSecurity(items[0], true) == nil)
        #expect(await workstation.afi(1) == 0x07)
    }
}

@Test func `Koha's word about the first tag of a set is done on all its parts`() async throws {
    let tags = try (1...3).map { try TestWorkstation.tag("3010", serial: UInt64($0), part: $0, of: 3) }
    let workstation = try await TestWorkstation(tags)
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        let items = try await koha.items()
        try #require(items.count == 1)
        #expect(items[0].tags.count == 3)
        #expect(try await koha.setSecurity(items[0], false) == nil)
        for part: UInt64 in 1...3 { #expect(await workstation.afi(part) == 0xC2) }
    }
}

/// Ten books on a pad, and the page that has their list.
private func withStack(
    _ body: @escaping @Sendable (TestWorkstation, KohaPage, [KohaPage.Item]) async throws -> Void
) async throws {
    let tags = try (1...10).map { try TestWorkstation.tag("30\(10 + $0)", serial: UInt64($0)) }
    let workstation = try await TestWorkstation(tags)
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        let items = try await koha.items(atLeast: 10)
        try #require(items.map(\.id) == (1...10).map { "30\(10 + $0)" })
        try await body(workstation, koha, items)
    }
}

/// `rfid.js` asks for one item after the other, and the browser's tab stands still for each.
@Test func `of a stack of ten no other book is read than the one that is asked for`() async throws {
    try await withStack { workstation, koha, items in
        workstation.line.listen()
        let trouble = try await koha.setSecurity(items[0], false)
        #expect(trouble == nil)
        #expect(await workstation.afi(1) == 0xC2)
        #expect(workstation.line.names(1))
        for other: UInt64 in 2...10 { #expect(!workstation.line.names(other), "\(other)") }
    }
}

@Test func `a book that is taken off a stack of ten is told, and the others are released`() async throws {
    try await withStack { workstation, koha, items in
        var failures: [String: String] = [:]
        for (number, item) in items.enumerated() {
            if number == 3 { try await workstation.branch.takeAway(TagUID(0xE004_0150_0000_0004)) }
            failures[item.id] = try await koha.setSecurity(item, false)
        }
        #expect(failures.keys.sorted() == ["3014"])
        #expect(failures["3014"]?.contains("not on the pad") == true)
        for serial: UInt64 in 1...10 { #expect(await workstation.afi(serial) == (serial == 4 ? 0x07 : 0xC2)) }
    }
}

@Test func `two tabs that release the same stack both hear that it is done`() async throws {
    try await withStack { workstation, koha, items in
        @Sendable func releaseAll() async throws -> [String?] {
            var answers: [String?] = []
            for item in items { answers.append(try await koha.setSecurity(item, false)) }
            return answers
        }
        async let first = releaseAll()
        async let second = releaseAll()
        let answers = try await [first, second]
        #expect(answers.allSatisfy { $0.count == 10 && $0.allSatisfy { $0 == nil } }, "\(answers)")
        for serial: UInt64 in 1...10 { #expect(await workstation.afi(serial) == 0xC2) }
    }
}

/// Of what lies there `rfid.js` takes the last, and reads no further when that has no barcode.
@Test func `a blank tag among books is nothing to pages that write no tags`() async throws {
    let workstation = try await TestWorkstation([
        TestWorkstation.tag("3010", serial: 1), TestWorkstation.blank(serial: 5),
    ])
    let desk = workstation.desk.workstations
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let lying = try await polled {
            await desk.picture.view(of: "pad-1")?.tags.count ?? 0
        } until: {
            $0 > 1
        }
        #expect(lying == 2)
        #expect(try await KohaPage(caller: caller).getItems().map(\.id) == ["3010"])
    }
}

@Test func `an empty pad is an empty list, and an item without tags an error that is said`() async throws {
    let workstation = try await TestWorkstation()
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        _ = try await koha.connected()
        #expect(try await koha.getItems() == [])
        let nothing = try await koha.setSecurity(.init(id: "3010", isSecured: 0, tags: []), false)
        #expect(nothing?.contains("tagId") == true)
        let gone = try await koha.setSecurity(
            .init(id: "3010", isSecured: 0, tags: [.init(id: "E004015000000009")]),
            false
        )
        #expect(gone?.contains("not on the pad") == true)
    }
}

@Test func `a set with a part missing is told as not valid and is not disarmed`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1, part: 1, of: 2)])
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let (koha, pmb) = (KohaPage(caller: caller), PMBPage(caller: caller))
        let items = try await koha.items()
        try #require(items.count == 1)
        #expect(try await pmb.items().first?["IsValid"] as? Bool == false)
        #expect(try await koha.setSecurity(items[0], false)?.contains("missing") == true)
        #expect(await workstation.afi(1) == 0x07)
    }
}

@Test func `older Koha plugins name the barcode and put`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.tag("3010", serial: 1)])
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let koha = KohaPage(caller: caller)
        _ = try await koha.items()
        let reply = try await caller.send(
            .put,
            "/TagService/Web//SetTagSecurity",
            type: "application/json",
            body: "{\"tagId\":\"3010\",\"IsSecured\":false}"
        )
        #expect(reply.status == 200)
        #expect(await workstation.afi(1) == 0xC2)
        let connected = try await caller.send(.post, "/TagService/Web/ConnectReader")
        #expect(connected.text.contains("true"))
    }
}

@Test func `PMB reads parts and validity and secures every tag`() async throws {
    let tags = try (1...2).map { try TestWorkstation.tag("3010", serial: UInt64($0), part: $0, of: 2, afi: 0xC2) }
    let workstation = try await TestWorkstation(tags)
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let pmb = PMBPage(caller: caller)
        _ = try await polled {
            try await pmb.get("IsOnline")["IsOnlineResult"] as? Bool ?? false
        } until: {
            $0
        }
        let count = try await pmb.count()
        #expect(count == 1)
        let item = try #require(try await pmb.items().first)
        #expect(item["Type"] as? Int == 1 && item["IsValid"] as? Bool == true)
        let parts = try #require(item["Tags"] as? [[String: Any]])
        let numbers = parts.map { tag in
            (tag["Fields"] as? [[String: Any]] ?? []).filter {
                ["SetNumber", "SetSize"].contains($0["Name"] as? String)
            }
            .map { $0["Value"] as? String }
        }
        #expect(numbers == [["1", "2"], ["2", "2"]])
        #expect(parts.allSatisfy { $0["IsTagSecured"] as? Bool == false })
        #expect(try await pmb.setTagSecurity("true", "3010") == [true, true])
        for part: UInt64 in 1...2 { #expect(await workstation.afi(part) == 0x07) }
        // Settings written with a space, and those of another driver, which name AFI.
        #expect(try await pmb.setTagSecurity(" false", "3010") == [true, true])
        for part: UInt64 in 1...2 { #expect(await workstation.afi(part) == 0xC2) }
        #expect(try await pmb.setTagSecurity("07", "3010") == [false, false])
        for part: UInt64 in 1...2 { #expect(await workstation.afi(part) == 0xC2) }
    }
}

/// PMB's pages count the tags of a barcode against `SetSize` where that is above 1 (`expl_retour.tpl.php`,
/// `rfid_pret.js`), and say that parts are missing when fewer lie there.
@Test func `a tag that stands for all parts of its item is no item with parts missing to PMB`() async throws {
    // Number 0 of three as German and Finnish libraries write it, and of a writer who did not know.
    let workstation = try await TestWorkstation([
        TestWorkstation.tag("3010", serial: 1, part: 0, of: 3), TestWorkstation.tag("3011", serial: 2, part: 0, of: 0),
    ])
    try await workstation.serving(BibliothecaDialect.self) { caller in
        let pmb = PMBPage(caller: caller)
        let count = try await pmb.count(atLeast: 2)
        #expect(count == 2)
        for item in try await pmb.items() {
            #expect(item["IsValid"] as? Bool == true)
            let tags = try #require(item["Tags"] as? [[String: Any]])
            let fields = try #require(tags.first?["Fields"] as? [[String: Any]])
            let size = fields.first { $0["Name"] as? String == "SetSize" }?["Value"] as? String
            #expect(tags.count == 1 && size == "1", "\(item)")
        }
    }
}

@Test func `PMB writes a blank tag, secured, where the site allows it`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.blank(serial: 5)])
    try await workstation.serving(BibliothecaDialect.self, writesTags: true) { caller in
        let pmb = PMBPage(caller: caller)
        let count = try await pmb.count()
        let type = try await pmb.items().first?["Type"] as? Int
        #expect(count == 1 && type == 0)
        let reply = try await pmb.writeTag("E004015000000005", "30555")
        #expect(reply.status == 200, "\(reply.text)")
        let tag = await workstation.content(5)
        #expect(tag?.primaryItemIdentifier == "30555" && tag?.isReliable == true)
        #expect(tag?.ownerInstitution == TestWorkstation.owner)
        #expect(await workstation.afi(5) == 0x07)
        #expect(try await pmb.items().first?["Id"] as? String == "30555")
    }
}

/// `writeExpl` of PMB's driver: as many blank tags as the item has parts, and one call for each.
@Test func `PMB writes a set on two blank tags, one after the other`() async throws {
    let workstation = try await TestWorkstation([TestWorkstation.blank(serial: 5), TestWorkstation.blank(serial: 6)])
    try await workstation.serving(BibliothecaDialect.self, writesTags: true) { caller in
        let pmb = PMBPage(caller: caller)
        let count = try await pmb.count(atLeast: 2)
        #expect(count == 2)
        for (index, tag) in ["E004015000000005", "E004015000000006"].enumerated() {
            let reply = try await pmb.writeTag(tag, "30555", part: index + 1, of: 2)
            #expect(reply.status == 200, "\(reply.text)")
        }
        let items = try await pmb.items()
        #expect(items.count == 1 && items.first?["IsValid"] as? Bool == true)
        for (serial, part): (UInt64, Int) in [(5, 1), (6, 2)] {
            #expect(await workstation.content(serial)?.setInformation == SetInformation(total: 2, ordinal: part))
            #expect(await workstation.afi(serial) == 0x07)
        }
    }
}

@Test func `tags are not written unless allowed, and never those of another item, a card, or to be emptied`()
    async throws
{
    let card = TagContent(
        primaryItemIdentifier: "P-1",
        ownerInstitution: TestWorkstation.owner,
        typeOfUsage: TypeOfUsage(mainClass: 8)
    )
    // A library without ISIL names itself in element 23, the alternative owner institution.
    let foreign = TagContent(primaryItemIdentifier: "30555", others: [23: "PARISH 7"])
    func workstation() async throws -> TestWorkstation {
        try await TestWorkstation([
            TestWorkstation.tag("3010", serial: 1), TestWorkstation.blank(serial: 5),
            TestWorkstation.tag(card, serial: 6), TestWorkstation.tag(foreign, serial: 7),
        ])
    }
    try await workstation().serving(BibliothecaDialect.self) { caller in
        let pmb = PMBPage(caller: caller)
        _ = try await pmb.count()
        #expect(try await pmb.writeTag("E004015000000005", "30555").status == 403)
    }
    let writing = try await workstation()
    try await writing.serving(BibliothecaDialect.self, writesTags: true) { caller in
        let pmb = PMBPage(caller: caller)
        _ = try await pmb.count(atLeast: 2)
        #expect(try await pmb.writeTag("E004015000000001", "30555").text.contains("found item 3010"))
        #expect(try await pmb.writeTag("E004015000000006", "30555").text.contains("patron card"))
        #expect(try await pmb.writeTag("E004015000000007", "30555").text.contains("belongs to PARISH 7"))
        #expect(await writing.content(7)?.anyOwner == "PARISH 7")
        #expect(try await pmb.writeTag("E004015000000006", "P-1", type: 3).status == 409)
        #expect(try await pmb.writeTag("E004015000000001", "", type: 0, format: 86).status == 409)
        #expect(await writing.content(1)?.primaryItemIdentifier == "3010")
        #expect(await writing.content(6)?.primaryItemIdentifier == "P-1")
        // The card lies there, and nobody is told.
        let told = try await caller.send(.get, "/TagService/Web/GetItems").text
        #expect(!told.contains("P-1"))
    }
    try await workstation().serving(BibliothecaDialect.self, showsCards: true) { caller in
        let pmb = PMBPage(caller: caller)
        _ = try await polled {
            try await pmb.items().filter { $0["Type"] as? Int == 3 }.count
        } until: {
            $0 > 0
        }
        let told = try await pmb.items().first { $0["Type"] as? Int == 3 }?["Id"] as? String
        #expect(told == "P-1")
    }
}
