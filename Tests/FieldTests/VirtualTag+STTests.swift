import Field
import Tags
import Testing
import Wire

@Suite struct VirtualTagSTTests {
    private let word = Consent(givenBy: "a test")
    private let data: [UInt8] = [1, 2, 3, 4]

    private func password(_ bytes: [UInt8] = [0, 0, 0, 0]) throws -> ST.Password { try #require(ST.Password(bytes)) }

    private func challenge(_ bench: inout Bench) throws -> [UInt8] {
        let response = try #require(try bench.custom(ST.GetRandomNumber()))
        guard case .answer(let number) = try ST.GetRandomNumber.answer(from: response) else {
            Issue.record("no random number")
            return []
        }
        return number
    }

    /// M24LR64-R data sheet, lock-sector: sector 0 is blocks 0 to 31.
    @Test(arguments: ["M24LR", "LRIS64K"], ST.SectorSecurity.Access.allCases)
    func `a sector opens to its own password as its security says`(
        _ chip: String,
        _ access: ST.SectorSecurity.Access
    ) throws {
        var bench = try Bench(chip)
        let security = try #require(ST.SectorSecurity(access, password: 2))
        #expect(try bench.custom(ST.LockSector(of: 31, security, word)) == .done)
        #expect(try bench.custom(ST.LockSector(of: 0, security, word)) == .refused(0x11))
        for isPresented in [false, true] {
            if isPresented { #expect(try bench.custom(ST.PresentPassword(2, password())) == .done) }
            let (reads, writes) = security.access(isPresented: isPresented)
            let read = try bench.send(.readSingleBlock(31, withSecurity: false))
            #expect(read == (reads ? .blocks([.init(data: [0, 0, 0, 0], security: nil)]) : .refused(0x15)))
            #expect(try bench.send(.writeSingleBlock(0, data: [0, 0, 0, 0])) == (writes ? .done : .refused(0x15)))
        }
        // The next sector is open.
        #expect(try bench.send(.writeSingleBlock(32, data: data)) == .done)
    }

    /// "read multiple at most 32 blocks inside one sector" (iso15693 §9).
    @Test(arguments: ["M24LR", "LRIS64K"])
    func `a read of several blocks stays within its sector`(_ chip: String) throws {
        var bench = try Bench(chip)
        for (first, count, isRead) in [(32, 32, true), (28, 4, true), (31, 2, false), (8, 32, false), (0, 33, false)] {
            let read = try bench.send(.readMultipleBlocks(first: first, count: count, withSecurity: false))
            guard isRead else {
                #expect(read == .refused(0x0F), "\(first), \(count)")
                continue
            }
            let empty = ISO15693.Block(data: [0, 0, 0, 0])
            #expect(read == .blocks(Array(repeating: empty, count: count)), "\(first), \(count)")
        }
        // ST25TV has no sectors.
        var other = try Bench("ST25TV02K")
        guard case .blocks = try other.send(.readMultipleBlocks(first: 31, count: 2, withSecurity: false)) else {
            Issue.record("not read")
            return
        }
    }

    @Test func `the password of another sector opens nothing`() throws {
        var bench = try Bench("M24LR")
        let security = try #require(ST.SectorSecurity(.readAndWriteByPassword, password: 2))
        #expect(try bench.custom(ST.LockSector(of: 40, security, word)) == .done)
        #expect(try bench.custom(ST.PresentPassword(1, password())) == .done)
        #expect(try bench.send(.readSingleBlock(40, withSecurity: false)) == .refused(0x15))
    }

    @Test func `a wrong password is refused, mutes nobody and opens nothing`() throws {
        var bench = try Bench("M24LR")
        #expect(try bench.custom(ST.PresentPassword(1, password(data))) == .refused(0x0F))
        #expect(try bench.custom(ST.PresentPassword(4, password())) == .refused(0x0F))
        #expect(bench.tag.state == .ready)
        #expect(try bench.custom(ST.WritePassword(1, password(data))) == .refused(0x15))
    }

    @Test func `a new password counts at once and is asked for after the field was gone`() throws {
        var bench = try Bench("M24LR")
        let security = try #require(ST.SectorSecurity(.writeByPassword, password: 1))
        #expect(try bench.custom(ST.LockSector(of: 0, security, word)) == .done)
        #expect(try bench.custom(ST.PresentPassword(1, password())) == .done)
        #expect(try bench.custom(ST.WritePassword(1, password(data))) == .done)
        #expect(try bench.send(.writeSingleBlock(0, data: data)) == .done)
        bench.tag.powerOff()
        bench.tag.powerOn()
        #expect(try bench.send(.writeSingleBlock(0, data: data)) == .refused(0x15))
        #expect(try bench.custom(ST.PresentPassword(1, password())) == .refused(0x0F))
        #expect(try bench.custom(ST.PresentPassword(1, password(data))) == .done)
        #expect(try bench.send(.writeSingleBlock(0, data: data)) == .done)
    }

    @Test func `ST25TV takes passwords covered with its own random number`() throws {
        var bench = try Bench("ST25TV02K")
        #expect(try bench.custom(ST.WriteConfiguration(register: 2, value: 7)) == .refused(0x15))
        #expect(try bench.custom(ST.PresentPassword(3, password())) == .refused(0x0F))
        let number = try challenge(&bench)
        #expect(try bench.custom(ST.PresentPassword(3, password().covered(with: number))) == .done)
        #expect(try bench.custom(ST.WriteConfiguration(register: 2, value: 7)) == .done)
        #expect(try bench.custom(ST.ReadConfiguration(register: 2)) == .data([7]))
        #expect(try bench.custom(ST.ReadConfiguration(register: 3)) == .data([0]))
    }

    @Test func `ST25TV's theft bit is armed, disarmed and locked`() throws {
        var bench = try Bench("ST25TV02K")
        #expect(try bench.custom(ST.SetEAS()) == .done)
        #expect(bench.tag.eas.armed)
        #expect(try bench.custom(ST.LockEAS(word)) == .done)
        #expect(try bench.custom(ST.ResetEAS()) == .refused(0x0F))
        #expect(try bench.custom(ST.LockEAS(word)) == .refused(0x11))
        #expect(bench.tag.eas.armed)
    }

    @Test func `ST25TV dies of its covered kill password alone`() throws {
        var bench = try Bench("ST25TV02K")
        #expect(try bench.custom(#require(ST.Kill(coveredPassword: [0, 0, 0, 0], word))) == .refused(0x0F))
        #expect(bench.tag.state == .ready)
        let covered = try password().covered(with: challenge(&bench)).bytes
        #expect(try bench.custom(#require(ST.Kill(coveredPassword: covered, word))) == .done)
        bench.tag.powerOff()
        bench.tag.powerOn()
        #expect(bench.tag.state == .destroyed)
    }
}
