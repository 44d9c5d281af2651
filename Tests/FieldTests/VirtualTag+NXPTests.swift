import Field
import Readers
import Tags
import Testing
import Wire

@Suite struct VirtualTagNXPTests {
    private let random = NXP.RandomNumber(0, 0)

    private func challenge(_ bench: inout Bench) throws -> NXP.RandomNumber {
        let response = try #require(try bench.custom(NXP.GetRandomNumber()))
        guard case .answer(let number) = try NXP.GetRandomNumber.answer(from: response) else { throw Missing() }
        return number
    }

    private struct Missing: Error {}

    @Test func `the theft bit is armed, asked and disarmed`() throws {
        var bench = try Bench()
        let alarm = try #require(NXP.EASAlarm())
        #expect(try bench.custom(alarm) == nil)
        #expect(try bench.custom(NXP.SetEAS()) == .done)
        #expect(try bench.custom(alarm) == .data(NXP.easSequence))
        #expect(try bench.custom(NXP.ResetEAS()) == .done)
        #expect(try bench.custom(alarm) == nil)
    }

    @Test func `a locked theft bit stays`() throws {
        var bench = try Bench(armed: true)
        let word = Consent(givenBy: "a test")
        #expect(try bench.custom(NXP.LockEAS(word)) == .done)
        #expect(try bench.custom(NXP.ResetEAS()) == .refused(0x0F))
        #expect(bench.tag.eas.armed)
    }

    @Test func `an EAS identifier singles out its tags`() throws {
        var bench = try Bench("ICODE SLIX2", armed: true)
        #expect(try bench.custom(#require(NXP.WriteEASIdentifier([0x34, 0x12]))) == .done)
        #expect(try bench.custom(#require(NXP.EASAlarm(identifier: [0x34, 0x12]))) == .data(NXP.easSequence))
        #expect(try bench.custom(#require(NXP.EASAlarm(identifier: [0x35]))) == nil)
        #expect(try bench.custom(#require(NXP.EASAlarm(identifier: []))) == .data([0x34, 0x12]))
    }

    /// Option 1 of A5 is for SLI-L, SLI-S, SLIX2 and theirs (iso15693 §7.3).
    @Test func `an armed SLIX has no EAS identifier and is silent to a question for one`() throws {
        var bench = try Bench(armed: true)
        #expect(try bench.custom(#require(NXP.EASAlarm())) == .data(NXP.easSequence))
        #expect(try bench.custom(#require(NXP.EASAlarm(identifier: []))) == nil)
    }

    @Test func `a protected AFI asks for the password, once for each time in the field`() throws {
        var bench = try Bench()
        let word = Consent(givenBy: "a test")
        let password = NXP.Password.factory(.easAFI)
        #expect(try bench.custom(NXP.ProtectByPassword(.afi, word)) == .refused(0x0F))
        var number = try challenge(&bench)
        #expect(try bench.custom(NXP.SetPassword(.easAFI, password, random: number)) == .done)
        #expect(try bench.custom(NXP.ProtectByPassword(.afi, word)) == .done)
        #expect(try bench.send(.writeAFI(0xC2)) == .done)
        bench.tag.powerOff()
        bench.tag.powerOn()
        #expect(try bench.send(.writeAFI(0x07)) == .refused(0x0F))
        number = try challenge(&bench)
        #expect(try bench.custom(NXP.SetPassword(.easAFI, password, random: number)) == .done)
        #expect(try bench.send(.writeAFI(0x07)) == .done)
    }

    @Test func `a wrong password mutes the tag until the field is gone`() throws {
        var bench = try Bench()
        let wrong = try #require(NXP.Password([1, 2, 3, 4]))
        let number = try challenge(&bench)
        #expect(try bench.custom(NXP.SetPassword(.easAFI, wrong, random: number)) == nil)
        #expect(bench.tag.state == .muted)
        #expect(try bench.send(.systemInformation) == nil)
        #expect(!bench.isInInventory)
        bench.tag.powerOff()
        bench.tag.powerOn()
        #expect(try bench.send(.systemInformation) != nil)
    }

    @Test func `a random number is good for one password`() throws {
        var bench = try Bench()
        let number = try challenge(&bench)
        let give = NXP.SetPassword(.easAFI, .factory(.easAFI), random: number)
        #expect(try bench.custom(give) == .done)
        #expect(try bench.custom(give) == .refused(0x0F))
    }

    @Test func `a new password counts at once`() throws {
        var bench = try Bench()
        let new = try #require(NXP.Password([0x12, 0x34, 0x56, 0x78]))
        var number = try challenge(&bench)
        #expect(try bench.custom(NXP.WritePassword(.easAFI, new)) == .refused(0x0F))
        number = try challenge(&bench)
        _ = try bench.custom(NXP.SetPassword(.easAFI, .factory(.easAFI), random: number))
        #expect(try bench.custom(NXP.WritePassword(.easAFI, new)) == .done)
        number = try challenge(&bench)
        #expect(try bench.custom(NXP.SetPassword(.easAFI, new, random: number)) == .done)
        #expect(try bench.custom(NXP.LockPassword(.easAFI, Consent(givenBy: "a test"))) == .done)
        #expect(try bench.custom(NXP.WritePassword(.easAFI, .factory(.easAFI))) == .refused(0x0F))
    }

    @Test func `a tag in privacy answers nobody without its password, even after the field was gone`() throws {
        var bench = try Bench("ICODE SLIX2")
        let password = NXP.Password.factory(.privacy)
        var number = try challenge(&bench)
        #expect(try bench.custom(NXP.EnablePrivacy(password, random: number, Consent(givenBy: "a test"))) == .done)
        #expect(try bench.send(.systemInformation) == nil)
        #expect(!bench.isInInventory)
        bench.tag.powerOff()
        bench.tag.powerOn()
        #expect(bench.tag.state == .privacy)
        // Broadcast wake-up: 02 B2 04, then 02 B3 04 04 and the covered password.
        let answer = try #require(try bench.hear("02B204"))
        guard case .answer(let fresh) = try NXP.GetRandomNumber.answer(from: answer) else { throw Missing() }
        number = fresh
        let covered = Hex.string(password.covered(with: number))
        #expect(try bench.hear("02B30404" + covered) == .done)
        #expect(bench.tag.state == .ready)
    }

    @Test func `a destroyed tag is silent for ever`() throws {
        var bench = try Bench("ICODE SLIX2")
        let number = try challenge(&bench)
        let word = Consent(givenBy: "a test")
        #expect(try bench.custom(NXP.Destroy(.factory(.destroy), random: number, word)) == .done)
        bench.tag.powerOff()
        bench.tag.powerOn()
        #expect(bench.tag.state == .destroyed)
        #expect(try bench.send(.systemInformation) == nil)
    }

    /// B9 and BA in the table of iso15693 §7.3: no password behind the UID on SLI-S and SLI-L, which want it by B3 before.
    @Test(arguments: ["ICODE SLI-S", "ICODE SLI-L"])
    func `SLI-S and SLI-L hide and die without a password of the command's own, given before`(chip: String) throws {
        let word = Consent(givenBy: "a test")
        for identifier in [NXP.PasswordIdentifier.privacy, .destroy] {
            var bench = try Bench(chip)
            let ends = identifier == .privacy ? VirtualTag.State.privacy : .destroyed
            func hide(_ bench: inout Bench) throws -> ISO15693.Response? {
                try identifier == .privacy
                    ? bench.custom(NXP.EnablePrivacy(afterPassword: word))
                    : bench.custom(NXP.Destroy(afterPassword: word))
            }
            #expect(try hide(&bench) == .refused(0x0F))
            let number = try challenge(&bench)
            let given = try bench.custom(NXP.SetPassword(identifier, .factory(identifier), random: number))
            #expect(given == .done)
            #expect(try hide(&bench) == .done)
            #expect(bench.tag.state == ends)
        }
    }

    @Test(arguments: ["ICODE SLIX-S", "ICODE SLIX-L", "ICODE SLIX2"])
    func `the later chips want the password in the command itself`(chip: String) throws {
        let word = Consent(givenBy: "a test")
        var bench = try Bench(chip)
        _ = try challenge(&bench)
        #expect(try bench.custom(NXP.EnablePrivacy(afterPassword: word)) == nil)
        #expect(bench.tag.state == .muted)
    }

    @Test func `an SLIX does not know SLIX2's commands`() throws {
        var bench = try Bench()
        #expect(try bench.custom(NXP.GetSystemInformation()) == .refused(0x0F))
        var slix2 = try Bench("ICODE SLIX2")
        let response = try #require(try slix2.custom(NXP.GetSystemInformation()))
        guard case .answer(let told) = try NXP.GetSystemInformation.answer(from: response) else { throw Missing() }
        #expect(told.features == .slix2)
        #expect(told.locks.isEmpty)
    }

    @Test func `inventory read answers with the blocks and the rest of the UID`() throws {
        let tags = someTags(20)
        var air = field(tags)
        var found: Set<TagUID> = []
        let mask = try #require(ISO15693.Mask(length: 4, value: tags[0].uid.rawValue & 0xF))
        let request = NXP.InventoryRead(slots: .sixteen, mask: mask, blocks: 0..<2)
        var heard = air.send(request.onAir)
        for slot in 0..<16 {
            if case .frame(let bytes) = heard, let answer = try? request.answer(onAir: bytes, slot: slot) {
                #expect(answer.data == [0x11, 0x01, 0x01, 0, 0, 0, 0, 0])
                if let uid = answer.uid { found.insert(uid) }
            }
            heard = air.endOfFrame()
        }
        #expect(found.contains(tags[0].uid))
        #expect(found.isSubset(of: Set(tags.map(\.uid))))
    }

    @Test func `the extended inventory read names the armed items and quiets them`() throws {
        let chip = try #require(ChipTable.named("ICODE SLIX2"))
        let tags = (1...4).map { serial in
            VirtualTag(
                uid: TagUID(0xE004_0108_0000_0000 | UInt64(serial)),
                chip: chip,
                easArmed: serial.isMultiple(of: 2)
            )
        }
        var air = field(tags)
        let options: NXP.InventoryRead.Options = [.armedOnly, .thenQuiet, .wholeUID, .withoutData]
        let request = NXP.InventoryRead(slots: .sixteen, withUID: false, extended: options, blocks: nil)
        var found: [TagUID] = []
        var heard = air.send(request.onAir)
        for slot in 0..<16 {
            if case .frame(let bytes) = heard, let uid = try request.answer(onAir: bytes, slot: slot).uid {
                found.append(uid)
            }
            heard = air.endOfFrame()
        }
        #expect(found == [tags[1].uid, tags[3].uid])
        #expect(Set(air.inventory().map(\.uid)) == [tags[0].uid, tags[2].uid])
    }

    @Test func `inventory page read gives pages with their status`() throws {
        let chip = try #require(ChipTable.named("ICODE SLIX-S"))
        let content = (0..<32).map { UInt8($0) }
        let tag = VirtualTag(uid: TagUID(0xE004_0250_0000_0003), chip: chip, content: content)
        var air = field([tag])
        let request = NXP.InventoryRead(slots: .one, unit: .page, blocks: 0..<2)
        guard case .frame(let bytes) = air.send(request.onAir) else {
            Issue.record("no answer")
            return
        }
        let answer = try request.answer(onAir: bytes, slot: 0)
        #expect(answer.uid == tag.uid)
        #expect(answer.pages == [Array(content.prefix(16)), Array(content.suffix(16))])
        // Its block form is unknown to this chip.
        #expect(air.send(NXP.InventoryRead(slots: .one, blocks: 0..<2).onAir) == .silence)
    }

    @Test func `a persistently quiet tag is reached by the extended inventory read alone`() throws {
        var bench = try Bench("ICODE SLIX2")
        #expect(try bench.custom(NXP.StayQuietPersistently()) == nil)
        var air = field([bench.tag])
        #expect(air.inventory().isEmpty)
        let plain: NXP.InventoryRead.Options = [.wholeUID, .withoutData]
        for (options, isHeard) in [(plain, false), (plain.union(.reachingQuiet), true)] {
            let request = NXP.InventoryRead(slots: .one, withUID: false, extended: options, blocks: nil)
            let heard = air.send(request.onAir)
            #expect((heard != .silence) == isHeard)
        }
        #expect(air.tags[0].tag.state == .persistentlyQuiet)
    }
}
