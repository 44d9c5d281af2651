import Tags
import Testing
import Wire

private let slix = TagUID(0xE004_0114_B1A3_DD03)
private let slix2 = TagUID(0xE004_0108_3F7B_635C)
private let consent = Consent(givenBy: "a test")
private let random = NXP.RandomNumber(0xBC, 0xF2)

private func hex(_ command: (some CustomCommand)?, to uid: TagUID, onEndOfFrame: Bool = false) throws -> String {
    let command = try #require(command)
    let request = try #require(command.request(for: uid))
    return Hex.string(try ISO15693.RequestFrame(request, to: uid, answerOnEndOfFrame: onEndOfFrame).onAir)
}

/// Shared frames F126 to F149, F050 and F053.
@Suite struct CustomCommandTests {
    @Test func `NXP's theft bit commands stand on air as the data sheet has them`() throws {
        #expect(try hex(NXP.SetEAS(), to: slix) == "22A20403DDA3B1140104E059CD")
        #expect(try hex(NXP.ResetEAS(), to: slix) == "22A30403DDA3B1140104E07EE1")
        #expect(try hex(NXP.LockEAS(consent), to: slix) == "22A40403DDA3B1140104E08B25")
        #expect(try hex(NXP.EASAlarm(), to: slix) == "22A50403DDA3B1140104E0AC09")
        #expect(try hex(NXP.ProtectByPassword(.eas, consent), to: slix) == "22A60403DDA3B1140104E0C57D")
        #expect(try hex(NXP.ProtectByPassword(.afi, consent), to: slix) == "62A60403DDA3B1140104E0C0B0")
        #expect(try hex(NXP.WriteEASIdentifier([0x34, 0x12]), to: slix) == "22A70403DDA3B1140104E034123374")
    }

    @Test func `an alarm may be asked of one library's tags`() throws {
        // F127, for everyone: 42 A5 04 10 34 12.
        let alarm = try #require(NXP.EASAlarm(identifier: [0x34, 0x12]))
        #expect(alarm.option)
        #expect(alarm.parameters == [0x10, 0x34, 0x12])
        let request = try #require(alarm.request(for: slix))
        #expect(ISO15693.RequestFrame(toEveryone: request).map { Hex.string($0.onAir) } == "42A504103412B024")
        #expect(NXP.EASAlarm(identifier: [1, 2, 3]) == nil)
    }

    @Test func `NXP's password commands cover the password with the random number`() throws {
        #expect(try hex(NXP.GetRandomNumber(), to: slix) == "22B20403DDA3B1140104E00B1F")
        let zero = NXP.Password.factory(.easAFI)
        #expect(
            try hex(NXP.SetPassword(.easAFI, zero, random: random), to: slix) == "22B30403DDA3B1140104E010BCF2BCF2DE8D"
        )
        let other = try #require(NXP.Password([0x10, 0x34, 0x56, 0x78]))
        #expect(
            try hex(NXP.SetPassword(.easAFI, other, random: random), to: slix) == "22B30403DDA3B1140104E010ACC6EA8A58D3"
        )
        let new = try #require(NXP.Password([0x12, 0x34, 0x56, 0x78]))
        #expect(try hex(NXP.WritePassword(.easAFI, new), to: slix) == "22B40403DDA3B1140104E010123456789E92")
        #expect(try hex(NXP.LockPassword(.easAFI, consent), to: slix) == "22B50403DDA3B1140104E010D3FE")
        #expect(NXP.Password.factory(.privacy).covered(with: random) == [0xB3, 0xFD, 0xB3, 0xFD])
        #expect(NXP.Password([1, 2, 3]) == nil)
    }

    @Test func `SLIX2's commands stand on air as their vendor has them`() throws {
        let password = NXP.Password.factory(.privacy)
        #expect(try hex(NXP.GetSystemInformation(), to: slix2) == "22AB045C637B3F080104E0F90A")
        #expect(
            try hex(NXP.ProtectPage(firstHighBlock: 0x1E, .writeLow, consent), to: slix2)
                == "22B6045C637B3F080104E01E0289B8"
        )
        #expect(
            try hex(NXP.EnablePrivacy(password, random: random, consent), to: slix2)
                == "22BA045C637B3F080104E0B3FDB3FDA7A2"
        )
        #expect(
            try hex(NXP.Destroy(password, random: random, consent), to: slix2)
                == "22B9045C637B3F080104E0B3FDB3FD9921"
        )
        #expect(try hex(NXP.StayQuietPersistently(), to: slix2) == "22BC045C637B3F080104E05E1C")
        #expect(try hex(NXP.ReadSignature(), to: slix2) == "22BD045C637B3F080104E07930")
    }

    @Test func `Texas Instruments' commands carry the maker's code in front of the UID`() throws {
        // F050 and F053 without check bytes; F053 has another data rate and sub-carrier in its flags.
        let plus = TagUID(0xE007_0000_1258_B81E)
        let write = TexasInstruments.WriteTwoBlocks(first: 0, data: [0xEE, 0xEE, 0xEE, 0xEE, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(try hex(write, to: plus, onEndOfFrame: true).dropLast(4) == "62A2071EB85812000007E000EEEEEEEEFFFFFFFF")
        let pro = TagUID(0xE007_C4A5_09C2_477C)
        let secret = TexasInstruments.WriteWithPassword(
            password: [0x78, 0x56, 0x34, 0x12],
            block: 0,
            data: [0x77, 0x77, 0x77, 0x77]
        )
        #expect(try hex(secret, to: pro, onEndOfFrame: true).dropLast(4) == "62A5077C47C209A5C407E0785634120077777777")
    }

    @Test func `the random number and the vendor's system information are read`() throws {
        #expect(try NXP.GetRandomNumber.answer(from: .data([0xBC, 0xF2])) == .answer(random))
        // F135: pointer, conditions, locks, features 0000357F.
        let told = try NXP.GetSystemInformation.answer(from: .data([0, 0, 0, 0x7F, 0x35, 0, 0]))
        guard case .answer(let information) = told else {
            Issue.record("refused")
            return
        }
        #expect(information.features == .slix2)
        #expect(information.features.contains(.privacy))
        #expect(!information.features.contains(.init(rawValue: 1 << 11)))
        #expect(information.bytes == [0, 0, 0, 0x7F, 0x35, 0, 0])
    }

    @Test func `the EAS answer is the sequence or an identifier and nothing else`() throws {
        #expect(try NXP.EASAlarm.answer(from: .data(NXP.easSequence)) == .answer(.armed))
        #expect(try NXP.EASAlarm.answer(from: .data([0x34, 0x12])) == .answer(.identifier([0x34, 0x12])))
        #expect(throws: ParseError.self) { try NXP.EASAlarm.answer(from: .data([1])) }
    }

    @Test func `ST's passwords go covered to ST25TV and in the clear to the others`() throws {
        let password = try #require(ST.Password([0x10, 0x34, 0x56, 0x78]))
        #expect(password.covered(with: [0xBC, 0xF2]).bytes == [0xAC, 0xC6, 0xEA, 0x8A])
        #expect(password.covered(with: []) == password)
        #expect(ST.PresentPassword(1, password).parameters == [0x01, 0x10, 0x34, 0x56, 0x78])
        let long = try #require(ST.Password(Array(repeating: 0xAA, count: 8)))
        #expect(long.covered(with: [0x0A, 0xA0]).bytes == [0xA0, 0x0A, 0xA0, 0x0A, 0xA0, 0x0A, 0xA0, 0x0A])
        #expect(ST.WritePassword(3, long).parameters.count == 9)
        #expect(ST.Password([1, 2, 3]) == nil)
    }

    @Test(arguments: ST.SectorSecurity.Access.allCases)
    func `a sector's security is a byte with bit 0 set`(_ access: ST.SectorSecurity.Access) throws {
        for password in [nil, 1, 2, 3] as [UInt8?] {
            let security = try #require(ST.SectorSecurity(access, password: password))
            #expect(security.rawValue & 1 == 1)
            #expect(ST.SectorSecurity(rawValue: security.rawValue) == security)
            #expect(ST.SectorSecurity(rawValue: security.rawValue & 0xFE) == nil)
        }
        #expect(ST.SectorSecurity(access, password: 4) == nil)
        // Reads of anybody, writes with password 1: 0000 1001.
        #expect(ST.SectorSecurity(.writeByPassword, password: 1)?.rawValue == 0x09)
    }

    @Test func `a refusal is a value`() throws {
        #expect(try NXP.SetEAS.answer(from: .error(.init(code: 0x0F))) == .refused(.init(code: 0x0F)))
        #expect(try NXP.SetEAS.answer(from: .done) == .answer(Acknowledgement()))
    }

    @Test(arguments: [.data([1]), .data([1, 2, 3]), .done, .blocks([]), .blockSecurity([0])] as [ISO15693.Response])
    func `what is no random number is refused`(_ response: ISO15693.Response) {
        #expect(throws: ParseError.self) { try NXP.GetRandomNumber.answer(from: response) }
    }

    @Test func `a maker's command is built for that maker's tags alone`() throws {
        let ti = TagUID(0xE007_8098_3E79_6083)
        #expect(NXP.ResetEAS().request(for: ti) == nil)
        #expect(ST.Kill(coveredPassword: [0, 0, 0, 0], consent)?.request(for: slix) == nil)
        let smuggled = ISO15693.Request.custom(.init(manufacturer: 4, code: 0xA4))
        #expect(throws: EncodeError.self) { try ISO15693.RequestFrame(smuggled, to: ti) }
    }

    @Test func `every command that needs a person's word counts as irreversible, and no other`() throws {
        let password = NXP.Password.factory(.destroy)
        let fatal: [(any CustomCommand)?] = [
            NXP.LockEAS(consent), NXP.ProtectByPassword(.afi, consent), NXP.LockPassword(.easAFI, consent),
            NXP.JoinPasswords(consent), NXP.Destroy(password, random: random, consent),
            NXP.EnablePrivacy(password, random: random, consent), NXP.ProtectPage(firstHighBlock: 1, [], consent),
            NXP.ProtectPageOfS(page: 0, .open, consent), NXP.LockPageProtection(page: 0, consent),
        ]
        for command in fatal {
            let command = try #require(command)
            let request = try #require(command.request(for: slix))
            #expect(request.isIrreversible, "\(request)")
        }
        let kill = TexasInstruments.Kill(password: [0, 0, 0, 0], consent)?.request(for: TagUID(0xE007_C400_0000_0001))
        #expect(kill?.isIrreversible == true)
        let end = ST.Kill(coveredPassword: [0, 0, 0, 0], consent)?.request(for: TagUID(0xE002_2300_0000_0001))
        #expect(end?.isIrreversible == true)
        let everywhere = try #require(ST.SectorSecurity(.readByPassword, password: nil))
        for command in [ST.LockSector(of: 32, everywhere, consent), ST.LockEAS(consent)] as [any CustomCommand] {
            #expect(command.request(for: TagUID(0xE002_2C00_0000_0001))?.isIrreversible == true)
        }
        let harmless: [(any CustomCommand)?] = [
            NXP.SetEAS(), NXP.ResetEAS(), NXP.EASAlarm(), NXP.GetRandomNumber(), NXP.GetSystemInformation(),
            NXP.SetPassword(.easAFI, password, random: random), NXP.ReadSignature(), NXP.ReadEPC(),
            NXP.GetBlockProtection(first: 0, count: 40), NXP.ReadConfiguration(first: 0, count: 1),
        ]
        for command in harmless {
            let command = try #require(command)
            let request = try #require(command.request(for: slix))
            #expect(!request.isIrreversible, "\(request)")
        }
    }
}
