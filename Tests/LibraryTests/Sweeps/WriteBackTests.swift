import Testing

@testable import Library

struct WriteBackTests {
    /// 2026-03-02 08:00 UTC.
    private static let at = Moment(milliseconds: 1_772_438_400_000)

    private static func item(_ barcode: String, _ status: ItemStatus = .available, copy: String? = "17") -> Item {
        Item(barcode: barcode, itemIdentifier: copy, status: status)
    }

    @Test func `koha's plugin gets barcodes with the time at which they were seen`() {
        let file = WriteBack(.kohaFields, seen: [(Self.item("3907\"1"), Self.at), (Self.item("39072"), Self.at)])
        #expect(
            file.text == """
                {"items":[{"barcode":"3907\\"1","fields":{"datelastseen":"2026-03-02 08:00:00"}},
                {"barcode":"39072","fields":{"datelastseen":"2026-03-02 08:00:00"}}]}

                """
        )
    }

    @Test(arguments: [("\"\u{301}", "\\\"\u{301}"), ("\\\u{338}", "\\\\\u{338}")])
    func `a barcode ends no text of the file`(_ barcode: String, _ wanted: String) {
        let file = WriteBack(.folio, seen: [(Self.item(barcode), Self.at)])
        let line = "{\"itemBarcode\":\"\(wanted)\",\"checkInDate\":\"2026-03-02T08:00:00Z\"}\n"
        #expect(Array(file.text.utf8) == Array(line.utf8))
    }

    @Test(arguments: [
        (-8 * 3600, "2026-03-02 00:00:00"), (-9 * 3600, "2026-03-01 23:00:00"), (13 * 3600, "2026-03-02 21:00:00"),
        (16 * 3600, "2026-03-03 00:00:00"), (5 * 3600 + 1800, "2026-03-02 13:30:00"),
    ])
    func `koha reads the time by the clock on its wall, folio by UTC`(_ ahead: Int, _ wall: String) {
        let seen = [(item: Self.item("1"), at: Self.at)]
        let koha = WriteBack(.kohaFields, seen: seen, secondsAhead: { $0 == Self.at ? ahead : 0 })
        #expect(koha.text.contains("\"datelastseen\":\"\(wall)\""))
        let folio = WriteBack(.folio, seen: seen, secondsAhead: { _ in ahead })
        #expect(folio.text == "{\"itemBarcode\":\"1\",\"checkInDate\":\"2026-03-02T08:00:00Z\"}\n")
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00:00"), (86_399_999, "1970-01-01 23:59:59"), (-1, "1969-12-31 23:59:59"),
        (951_868_799_000, "2000-02-29 23:59:59"),
    ])
    func `a moment's time in whole seconds`(_ milliseconds: Int64, _ text: String) {
        let seen = SeenTime(Moment(milliseconds: milliseconds), secondsAhead: 0)
        #expect(seen.onTheWall == text)
        #expect(seen.universal == text.split(separator: " ").joined(separator: "T") + "Z")
    }

    @Test(arguments: [
        ("2026-03-02 09:00:01", true), ("2026-03-02 09:00:00", false), ("2026-03-02T10:00:00+01:00", true),
        ("2026-03-02T08:00:01Z", true), ("2026-03-02T08:00:00Z", false), ("2026-03-02T08:30:00.000+00:00", true),
        ("2026-03-02", false), ("2026-03-03", true), ("2025-12-31 23:00:00", false), ("03/05/2027", false),
        ("9999", false),
    ])
    func `what the library system has seen since is not put back to an earlier date`(
        _ known: String,
        _ isLater: Bool
    ) {
        // Seen at nine by the clock on the wall, eight by UTC.
        var item = Self.item("1")
        item.lastSeen = known
        for route in WriteBackRoute.allCases {
            let file = WriteBack(route, seen: [(item, Self.at)], secondsAhead: { _ in 3600 })
            let isLeftOut = isLater && (route == .kohaFields || route == .folio)
            #expect(file.results.map(\.isWritten) == [!isLeftOut], "\(route)")
            guard isLeftOut else { continue }
            #expect(file.results.first?.result == "left out: the library system has seen it since")
        }
    }

    @Test func `what would change a status behind somebody's back is left out with the reason`() throws {
        let seen = [(Self.item("1"), Self.at), (Self.item("2", .lost), Self.at), (Self.item("3", .onLoan), Self.at)]
        for route in [WriteBackRoute.kohaBarcodes, .folio] {
            let file = WriteBack(route, seen: seen)
            try #require(file.results.map(\.isWritten) == [true, false, false])
            #expect(file.results[1].result == "left out: its status is lost; a person should look at it")
            #expect(route.notice != nil)
        }
        #expect(WriteBack(.kohaBarcodes, seen: seen).text == "1\n")
        #expect(WriteBack(.barcodes, seen: seen).text == "1\n2\n3\n")
    }

    @Test func `before FOLIO checks in it is said what the service point does to an item of another place`() {
        #expect(WriteBackRoute.folio.notice?.contains("does not serve is sent in transit") == true)
        #expect(WriteBackRoute.sip2.notice?.contains("service point") == false)
    }

    @Test func `evergreen wants copy numbers`() {
        let file = WriteBack(.evergreen, seen: [(Self.item("1"), Self.at), (Self.item("2", copy: nil), Self.at)])
        #expect(file.text == "17\n")
        #expect(file.results.last?.result == "left out: the holdings tell no copy number")
    }

    @Test func `a barcode with a line end never breaks a file`() {
        let file = WriteBack(.barcodes, seen: [(Self.item("1\n2"), Self.at)])
        #expect(file.text.isEmpty && file.results.first?.isWritten == false)
    }

    @Test(arguments: [
        (0, "1970-01-01"), (951_782_400_000, "2000-02-29"), (1_772_438_400_000, "2026-03-02"),
        (-1, "1969-12-31"), (4_107_542_399_999, "2100-02-28"), (4_107_542_400_000, "2100-03-01"),
    ])
    func `a moment's day by the civil calendar`(_ milliseconds: Int64, _ day: String) {
        #expect(Moment(milliseconds: milliseconds).day == day)
    }
}
