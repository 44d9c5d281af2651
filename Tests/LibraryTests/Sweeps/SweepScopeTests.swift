import Library
import Testing

struct SweepScopeTests {
    private static let scope = SweepScope(
        branch: "MAIN",
        location: "STACKS",
        callNumbers: try? CallNumberSpan(from: "QA 76", to: "QA 77", scheme: .lcc)
    )

    private static func shelved(
        _ callNumber: String? = "QA 76.9 .D3",
        home: String? = "MAIN",
        holding: String? = nil,
        location: String? = nil,
        permanent: String? = "STACKS",
        status: ItemStatus = .available
    ) -> ShelvedItem {
        ShelvedItem(
            filing: Item(
                barcode: "1",
                callNumber: callNumber,
                scheme: .lcc,
                homeBranch: home,
                holdingBranch: holding,
                location: location,
                permanentLocation: permanent,
                status: status
            )
        )
    }

    @Test(
        arguments: [
            (shelved(), .expected),
            (shelved("QA 77.5"), .expected),
            (shelved(status: .damaged), .expected),
            (shelved(home: nil), .expected),
            (shelved(location: "STACKS"), .expected),
            (shelved(status: .onLoan), .away(.onLoan)),
            (shelved(status: .missing), .away(.missing)),
            (shelved("QA 78"), .outsideSpan),
            (shelved("???"), .unfiled),
            (shelved(nil), .unfiled),
            (shelved(home: "EAST"), .otherBranch("EAST")),
            (shelved(home: nil, holding: "EAST"), .otherBranch("EAST")),
            (shelved(permanent: "REF"), .otherLocation("REF")),
            (shelved(permanent: nil), .otherLocation("no location")),
            // On display elsewhere, or lent to another branch: never to be missed here.
            (shelved(location: "DISPLAY"), .elsewhereForNow("DISPLAY")),
            (shelved(holding: "EAST"), .elsewhereForNow("branch EAST")),
            (shelved(location: "STACKS", permanent: "REF"), .hereForNow),
            // The graver rule wins.
            (shelved("QA 78", home: "EAST", permanent: "REF", status: .onLoan), .otherBranch("EAST")),
        ] as [(ShelvedItem, SweepMembership)]
    )
    func `an item stands to a scope by branch, place, stretch and status`(
        _ shelved: ShelvedItem,
        _ wanted: SweepMembership
    ) {
        #expect(Self.scope.membership(of: shelved) == wanted)
    }

    @Test(
        arguments: [
            ("FIC", "STACKS", .expected), ("JUV", "STACKS", .otherCollection("JUV")),
            (nil, "STACKS", .otherCollection(nil)), ("JUV", "REF", .otherLocation("REF")),
        ] as [(String?, String, SweepMembership)]
    )
    func `a collection narrows a scope behind the place`(
        _ collection: String?,
        _ location: String,
        _ wanted: SweepMembership
    ) {
        var shelved = Self.shelved(permanent: location)
        shelved.item.collection = collection
        #expect(SweepScope(location: "STACKS", collection: "FIC").membership(of: shelved) == wanted)
    }

    @Test func `a scope that narrows nothing expects whatever should be on a shelf`() {
        for status in ItemStatus.allCases {
            let wanted: SweepMembership = status.belongsOnShelf ? .expected : .away(status)
            #expect(SweepScope().membership(of: Self.shelved(status: status)) == wanted)
        }
    }
}
