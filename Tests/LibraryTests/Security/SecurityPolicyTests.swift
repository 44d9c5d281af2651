import Library
import Tags
import Testing

struct SecurityPolicyTests {
    @Test(
        arguments: [
            // 07 in library and C2 on loan is ISO 28560 practice; 00 is the factory's value (datamodels §2.2).
            (0x07, .armed), (0xC2, .disarmed), (0x00, .other(0x00)), (0x9E, .other(0x9E)), (nil, .unread),
        ] as [(UInt8?, TagSecurity)]
    )
    func `the pair in common use is understood and nothing else`(_ afi: UInt8?, _ wanted: TagSecurity) {
        #expect(SecurityPolicy().security(afi: afi) == wanted)
    }

    @Test func `values of older tags count but are not written`() {
        // 21 is the off value of older German systems (datamodels §2.2).
        let policy = SecurityPolicy(alsoArmed: [0x90], alsoDisarmed: [0x21])
        #expect(policy.security(afi: 0x21) == .disarmed && policy.security(afi: 0x90) == .armed)
        #expect(policy.value(for: .disarmed) == 0xC2 && policy.value(for: .armed) == 0x07)
    }

    @Test(
        arguments: [(.zero, .finish), (.seconds(3600), .finish), (.seconds(3601), .undo), (nil, .undo)]
            as [(Duration?, SecurityTakeUp)]
    )
    func `a release by hand that was cut off is finished only while it surely is what somebody wants`(
        _ age: Duration?,
        _ wanted: SecurityTakeUp
    ) {
        let uid = TagUID(0xE004_0150_0000_0001)
        let intent = SecurityIntent(
            barcode: "39070001",
            changes: [SecurityChange(uid: uid, before: .afi(0x07), wanted: .afi(0xC2))],
            wanted: .disarmed,
            cause: .staff,
            reader: "pad-1",
            at: Moment(milliseconds: 1_772_438_400_000)
        )
        let record = SecurityRecord(id: 1, intent: intent, lastResult: nil, settledAt: nil)
        #expect(SecurityPolicy().takeUp(record, present: [uid], item: nil, isNewer: false, age: age) == wanted)
    }

    @Test func `a value that would mean both is told`() {
        #expect(SecurityPolicy().problems == [])
        #expect(SecurityPolicy(alsoDisarmed: [0x07]).problems == ["AFI 07 stands for armed and for disarmed"])
    }

    @Test(
        arguments: [
            (.eas, 0xC2, true, .armed),
            (.eas, 0x07, false, .disarmed),
            (.eas, 0x07, nil, .unread),
            (.afi, 0xC2, true, .disarmed),
            // With both in use a tag is disarmed only when both say so.
            (.both, 0xC2, false, .disarmed),
            (.both, 0xC2, true, .armed),
            (.both, 0x07, false, .armed),
            (.both, 0xC2, nil, .unread),
            (.both, nil, false, .unread),
            (.both, 0x55, false, .other(0x55)),
            (.both, nil, true, .armed),
        ] as [(SecurityMechanism, UInt8?, Bool?, TagSecurity)]
    )
    func `each means of security is judged by its own rule`(
        _ mechanism: SecurityMechanism,
        _ afi: UInt8?,
        _ eas: Bool?,
        _ wanted: TagSecurity
    ) {
        #expect(SecurityPolicy(mechanism: mechanism).security(afi: afi, eas: eas) == wanted)
    }

    @Test(
        arguments: [
            ([.armed], .armed),
            ([.disarmed, .disarmed], .disarmed),
            ([.armed, .disarmed], .mixed),
            ([.armed, .unread], .unreadable),
            ([.disarmed, .unread], .unreadable),
            ([.armed, .disarmed, .unread], .mixed),
            ([.disarmed, .other(0x55), .other(0x21)], .other(0x21)),
            ([], .unreadable),
        ] as [([TagSecurity], ItemSecurity)]
    )
    func `the parts of an item speak together`(_ parts: [TagSecurity], _ wanted: ItemSecurity) {
        #expect(ItemSecurity(parts: parts) == wanted)
        #expect(ItemSecurity(parts: parts.reversed()) == wanted)
    }

    @Test func `owners are told apart by ISIL`() {
        let policy = SecurityPolicy(ownInstitutions: ["DE-12"], acceptsTagsWithoutOwner: false)
        #expect(policy.owner("DE-12") == .own)
        #expect(policy.owner("DE-7") == .other("DE-7"))
        #expect(policy.owner(nil) == .unnamed && policy.owner("") == .unnamed)
        #expect(SecurityPolicy().owner("DE-7") == .own)
        #expect(SecurityPolicy().owner(nil) == .assumedOwn)
        #expect(!TagOwner.unnamed.isOurs && TagOwner.assumedOwn.isOurs)
    }

    /// ISO 15511: no two institutions have ISILs that differ in letter case only.
    @Test func `an ISIL in other letters is the same institution`() {
        let policy = SecurityPolicy(ownInstitutions: ["FI-Mamk-M"], acceptsTagsWithoutOwner: false)
        #expect(policy.owner("FI-MAMK-M") == .own && policy.owner("fi-mamk-m") == .own)
        #expect(policy.owner("FI-Mamk-N") == .other("FI-Mamk-N"))
    }

    /// A library without ISIL names itself in element 23 (datamodels §3.1); FR01's is a program's constant (§7.2).
    @Test func `a library's own code in place of an ISIL proves its items, and another's proves nothing`() {
        func tag(_ isil: String?, _ code: String) -> LibraryTag {
            let element = TagElement(
                oid: DataElement.alternativeOwnerInstitution.oid,
                name: DataElement.alternativeOwnerInstitution.name,
                value: code,
                valueRange: 0..<code.utf8.count,
                offset: 0,
                length: code.utf8.count
            )
            return LibraryTag(
                model: "iso28560-2",
                recognition: Recognition(.certain, because: "a test"),
                primaryItemIdentifier: "3010",
                ownerInstitution: isil,
                elements: [element]
            )
        }
        let strict = SecurityPolicy(ownInstitutions: ["PARISH 7"], acceptsTagsWithoutOwner: false)
        #expect(strict.owner(of: tag(nil, "Parish 7")) == .own)
        #expect(strict.owner(of: tag(nil, "PARISH 8")) == .other("PARISH 8"))
        #expect(strict.owner(of: tag("DE-7", "PARISH 7")) == .other("DE-7"))
        let lenient = SecurityPolicy(ownInstitutions: ["DE-12"])
        #expect(lenient.owner(of: tag(nil, "0626676201")) == .assumedOwn)
        #expect(lenient.owner(of: tag("DE-12", "0626676201")) == .own)
        #expect(lenient.owner(of: tag("DE-7", "PARISH 7")) == .other("DE-7"))
    }
}
