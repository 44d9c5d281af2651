import Importers
import Library
import Testing

@Suite struct KohaRESTImporterTests {
    @Test func `an item with its embeds becomes an item`() throws {
        let text = #"""
            [{"item_id":101,"biblio_id":55,"external_id":"39999000000017","home_library_id":"CPL",
            "holding_library_id":"MPL","location":"CART","permanent_location":"GEN","collection_code":"FIC",
            "callnumber":"QA76.73 .S95","call_number_source":"lcc","call_number_sort":"QA0076","item_type_id":"BK",
            "effective_item_type_id":"XX","checked_out_date":"2026-12-01","last_seen_date":"2026-10-02T10:00:00Z",
            "lost_status":0,"withdrawn":0,"damaged_status":0,"not_for_loan_status":0,"copy_number":"1",
            "serial_issue_number":"v.2","materials_notes":"3 discs","restricted_status":null,
            "transfer":null,"biblio":{"title":"Swift"},"checkout":{"due_date":"2026-12-01T23:59:00Z","patron_id":4711}}]
            """#
        let run = try ImporterRun(KohaRESTImporter.self, text)
        #expect(
            run.items == [
                Item(
                    barcode: "39999000000017",
                    itemIdentifier: "101",
                    recordIdentifier: "55",
                    title: "Swift",
                    callNumber: "QA76.73 .S95",
                    scheme: .lcc,
                    systemSortKey: "QA0076",
                    enumeration: "v.2",
                    copyNumber: "1",
                    homeBranch: "CPL",
                    holdingBranch: "MPL",
                    location: "CART",
                    permanentLocation: "GEN",
                    collection: "FIC",
                    itemType: "BK",
                    status: .onLoan,
                    statusText: "due 2026-12-01T23:59:00Z",
                    parts: 3,
                    lastSeen: "2026-10-02T10:00:00Z"
                )
            ]
        )
        #expect(run.notices == ["member checkout.patron_id may name a patron: dropped"])
        #expect(!"\(run)".contains("4711"))
    }

    @Test func `transfers, holds and claims decide the status`() throws {
        let text = #"""
            [{"external_id":"1","transfer":{"to_library_id":"MPL"}},{"external_id":"2","first_hold":{"status":"W"}},
             {"external_id":"3","return_claims":[{"id":1}]},{"external_id":"4","return_claims":[],"transfer":null},
             {"external_id":"5","withdrawn":1}]
            """#
        let run = try ImporterRun(KohaRESTImporter.self, text)
        #expect(run.items.map(\.status) == [.inTransit, .onHoldShelf, .claimedReturned, .available, .withdrawn])
    }

    @Test func `what is settled, or only asked for, keeps no item away from its shelf`() throws {
        let text = #"""
            [{"external_id":"1","transfer":{"tobranch":"MPL","daterequested":"2026-10-02","datesent":null}},
             {"external_id":"2","transfer":{"tobranch":"MPL","datesent":"2026-10-02"}},
             {"external_id":"3","return_claims":[{"claim_id":1,"resolution":"RET_BY_PATRON"}]},
             {"external_id":"4","return_claims":[{"claim_id":1,"resolution":"LOST"},{"claim_id":2,"resolution":null}]},
             {"external_id":"5","return_claim":{"claim_id":3}},{"external_id":"6","return_claim":null}]
            """#
        let run = try ImporterRun(KohaRESTImporter.self, text)
        #expect(
            run.items.map(\.status)
                == [.available, .inTransit, .available, .claimedReturned, .claimedReturned, .available]
        )
        try #require(run.items.count > 1)
        #expect(run.items[1].statusText == "transit MPL")
    }

    @Test func `an item whose type is not for loan is not for loan`() throws {
        let text = #"""
            [{"external_id":"1","not_for_loan_status":0,"effective_not_for_loan_status":1,"transfer":null},
             {"external_id":"2","not_for_loan_status":-1,"effective_not_for_loan_status":-1},
             {"external_id":"3","not_for_loan_status":0,"effective_not_for_loan_status":0}]
            """#
        let run = try ImporterRun(KohaRESTImporter.self, text)
        #expect(run.items.map(\.status) == [.notForLoan, .inProcess, .available])
    }

    @Test func `pages that say nothing of transfers and holds are told as such, once`() throws {
        let silent = try ImporterRun(KohaRESTImporter.self, #"[{"external_id":"1"}][{"external_id":"2"}]"#)
        #expect(
            silent.notices == [
                "no item tells of transfers, holds and return claims: such items count as on their shelf"
            ]
        )
        let telling = try ImporterRun(
            KohaRESTImporter.self,
            #"[{"external_id":"1","transfer":null},{"external_id":"2"}]"#
        )
        #expect(telling.notices.isEmpty)
        #expect(try ImporterRun(KohaRESTImporter.self, "[]").notices.isEmpty)
    }

    @Test func `a record that is no JSON is rejected without its text`() throws {
        let run = try ImporterRun(KohaRESTImporter.self, #"[{"external_id":1,},{"external_id":"2"}]"#)
        #expect(run.items.map(\.barcode) == ["2"])
        #expect(
            run.rejected == [
                RejectedRow(line: 1, cause: "found '}' at byte 17 of the record, wanted JSON", text: "")
            ]
        )
    }
}
