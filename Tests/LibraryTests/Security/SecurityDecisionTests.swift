import Library
import Tags
import Testing

struct SecurityDecisionTests {
    private static let policy = SecurityPolicy(ownInstitutions: ["DE-12"])
    private static let at = Moment(milliseconds: 1_772_438_400_000)

    private static func uid(_ number: UInt64) -> TagUID { TagUID(0xE004_0100_0000_0000 + number) }

    private static func tag(
        _ number: UInt64,
        _ barcode: String? = "39070001",
        afi: UInt8? = 0x07,
        set: (Int, Int)? = nil,
        owner: String? = "DE-12",
        usage: UInt8? = 0x10,
        confidence: Recognition.Confidence = .certain
    ) -> PadTag {
        PadTag(
            uid: uid(number),
            content: LibraryTag(
                model: "iso28560-3",
                recognition: Recognition(confidence, because: "checksum"),
                primaryItemIdentifier: barcode,
                ownerInstitution: owner,
                setInformation: set.map { SetInformation(total: $0.0, ordinal: $0.1) },
                typeOfUsage: usage.map(TypeOfUsage.init(rawValue:))
            ),
            mark: SecurityMark(afi: afi)
        )
    }

    private func decide(
        _ tags: [PadTag],
        wanted: SecurityState = .disarmed,
        item: Item? = Item(barcode: "39070001"),
        policy: SecurityPolicy = Self.policy,
        standingAtKiosk: ItemStanding? = nil
    ) -> SecurityDecision {
        let request = SecurityRequest(
            barcode: "39070001",
            wanted: wanted,
            cause: .staff,
            reader: "pad-1",
            standingAtKiosk: standingAtKiosk
        )
        return policy.decide(request, onPad: tags, item: item, at: Self.at)
    }

    @Test func `a single item is flipped from the value it had to the wanted one`() {
        let intent = SecurityIntent(
            barcode: "39070001",
            changes: [SecurityChange(uid: Self.uid(1), before: .afi(0x07), wanted: .afi(0xC2))],
            wanted: .disarmed,
            cause: .staff,
            reader: "pad-1",
            at: Self.at
        )
        #expect(decide([Self.tag(1), Self.tag(2, "another")]) == .flip(intent, notes: []))
    }

    @Test func `an older value of the site is remembered for the way back`() {
        let policy = SecurityPolicy(alsoDisarmed: [0x21])
        guard case .flip(let intent, _) = decide([Self.tag(1, afi: 0x21)], wanted: .armed, policy: policy) else {
            Issue.record("found no flip")
            return
        }
        #expect(intent.changes == [SecurityChange(uid: Self.uid(1), before: .afi(0x21), wanted: .afi(0x07))])
    }

    @Test func `nothing is written when every part says so already`() {
        #expect(decide([Self.tag(1, afi: 0xC2)]) == .alreadySo([Self.uid(1)]))
        #expect(decide([Self.tag(1, afi: 0x07)], wanted: .armed) == .alreadySo([Self.uid(1)]))
    }

    @Test func `a whole set is flipped together, also when one part is right already`() {
        let parts = [Self.tag(3, set: (3, 1)), Self.tag(1, afi: 0xC2, set: (3, 2)), Self.tag(2, set: (3, 3))]
        guard case .flip(let intent, _) = decide(parts) else {
            Issue.record("found \(decide(parts)), wanted a flip")
            return
        }
        #expect(intent.changes.map(\.uid) == [Self.uid(1), Self.uid(2), Self.uid(3)])
        #expect(intent.changes.map(\.before) == [.afi(0xC2), .afi(0x07), .afi(0x07)])
    }

    @Test(
        arguments: [
            ([], .notOnPad(barcode: "39070001", tags: 0)),
            ([tag(1, "39070002"), tag(2, nil)], .notOnPad(barcode: "39070001", tags: 2)),
            // Main class 8 is a patron card (datamodels §3.3).
            ([tag(1, usage: 0x80)], .patronCard),
            ([tag(1, owner: "DE-7")], .foreignOwner("DE-7")),
            ([tag(1, confidence: .no)], .unknownFormat(uid(1), reason: "checksum")),
            ([tag(1), tag(2)], .twoItems(uid(1), uid(2))),
            ([tag(1, set: (2, 1)), tag(2, set: (2, 1))], .twoItems(uid(1), uid(2))),
            ([tag(2, set: (2, 0)), tag(1, set: (2, 1))], .twoItems(uid(1), uid(2))),
            ([tag(1, set: (3, 2))], .missingParts([1, 3], total: 3)),
            ([tag(1, set: (3, 1)), tag(2, set: (2, 2))], .oddSet(totals: [2, 3])),
            ([tag(1, set: (2, 1)), tag(2, set: (2, 2)), tag(3, set: (2, 3))], .oddSet(totals: [2, 3])),
            ([tag(1, afi: 0x00)], .otherValue(uid(1), afi: 0x00)),
            ([tag(1, afi: nil)], .unread(uid(1))),
            // One odd part stops the whole item.
            ([tag(1, set: (2, 1)), tag(2, afi: 0x55, set: (2, 2))], .otherValue(uid(2), afi: 0x55)),
        ] as [([PadTag], SecurityRefusal)]
    )
    func `a request is refused with its reason`(_ tags: [PadTag], _ refusal: SecurityRefusal) {
        #expect(decide(tags) == .refused(refusal))
        #expect(decide(tags.reversed()) == .refused(refusal))
        #expect(!refusal.description.hasSuffix(".") && !refusal.hint.hasSuffix("."))
    }

    @Test func `an item that names its library in element 23 alone is that library's`() {
        let policy = SecurityPolicy(ownInstitutions: ["PARISH 7"], acceptsTagsWithoutOwner: false)
        var part = Self.tag(1, owner: nil)
        #expect(decide([part], policy: policy) == .refused(.ownerNotNamed(Self.uid(1))))
        part.content.elements = [
            TagElement(oid: 23, name: "owner", value: "PARISH 7", valueRange: 0..<8, offset: 0, length: 8)
        ]
        guard case .flip = decide([part], policy: policy) else {
            Issue.record("found \(decide([part], policy: policy)), wanted a flip")
            return
        }
    }

    @Test(arguments: [
        // Ordinal 0 stands for the whole item whatever the total; 0 and 1 are complete too (datamodels §3.5).
        (5, 0), (0, 0), (1, 0), (1, 1), (0, 1),
    ])
    func `a tag that stands for the whole item is complete`(_ total: Int, _ ordinal: Int) {
        guard case .flip = decide([Self.tag(1, set: (total, ordinal))]) else {
            Issue.record("found \(decide([Self.tag(1, set: (total, ordinal))])), wanted a flip")
            return
        }
    }

    @Test func `a tag that is perhaps a library tag is written to only when the holdings know its item`() {
        let perhaps = [Self.tag(1, confidence: .maybe)]
        guard case .flip = decide(perhaps) else {
            Issue.record("found no flip for an item of the holdings")
            return
        }
        #expect(decide(perhaps, item: nil) == .refused(.unknownFormat(Self.uid(1), reason: "checksum")))
    }

    @Test func `the site decides about tags without an owner`() {
        var policy = Self.policy
        policy.acceptsTagsWithoutOwner = false
        #expect(decide([Self.tag(1, owner: nil)], policy: policy) == .refused(.ownerNotNamed(Self.uid(1))))
        guard case .flip = decide([Self.tag(1, owner: nil)]) else {
            Issue.record("found no flip where tags without an owner are accepted")
            return
        }
    }

    @Test(arguments: TagsSay.allCases, ItemStanding.allCases)
    func `a kiosk refuses to lend exactly what the table says, and staff may`(_ tags: TagsSay, _ item: ItemStanding) {
        let parts: [PadTag]
        switch tags {
        case .armed: parts = [Self.tag(1, afi: 0x07)]
        case .disarmed: parts = [Self.tag(1, afi: 0xC2)]
        case .mixed: parts = [Self.tag(1, afi: 0x07, set: (2, 1)), Self.tag(2, afi: 0xC2, set: (2, 2))]
        // Refused before anybody asks the table.
        case .otherValue, .unreadable: return
        }
        let isRefused = SecurityTable.standard.row(tags, item).kiosk == .refuse
        if isRefused {
            let reason = SecurityTable.standard.row(tags, item).reason
            #expect(decide(parts, standingAtKiosk: item) == .refused(.notAtKiosk(reason)))
        } else {
            #expect(decide(parts, standingAtKiosk: item) == decide(parts))
        }
        #expect(decide(parts, wanted: .armed, standingAtKiosk: item) == decide(parts, wanted: .armed))
    }

    @Test func `a site's own row lets a kiosk lend what it would have refused`() {
        var policy = Self.policy
        policy.table = SecurityTable(rules: [SecurityRule(tags: .armed, item: .inTransit, kiosk: .lend)])
        guard case .flip = decide([Self.tag(1)], policy: policy, standingAtKiosk: .inTransit) else {
            Issue.record("found no flip where the site lends what is in transit")
            return
        }
    }

    @Test func `parts that only the holdings know of are left to the person at the pad`() {
        guard case .flip(_, let notes) = decide([Self.tag(1)], item: Item(barcode: "39070001", parts: 2)) else {
            Issue.record("found no flip")
            return
        }
        #expect(notes == ["the holdings count 2 parts, 1 with a tag lie here: see that all are there"])
        guard case .flip(_, ["barcode is not in the holdings"]) = decide([Self.tag(1)], item: nil) else {
            Issue.record("found no note about an item that the holdings do not know")
            return
        }
    }
}
