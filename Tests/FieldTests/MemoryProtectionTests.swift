import Field
import Readers
import Tags
import Testing
import Wire

@Suite struct MemoryProtectionTests {
    private let word = Consent(givenBy: "a test")
    private let data: [UInt8] = [1, 2, 3, 4]

    private func give(_ password: NXP.PasswordIdentifier, to bench: inout Bench) throws {
        let response = try #require(try bench.custom(NXP.GetRandomNumber()))
        guard case .answer(let number) = try NXP.GetRandomNumber.answer(from: response) else {
            Issue.record("no random number")
            return
        }
        #expect(try bench.custom(NXP.SetPassword(password, .factory(password), random: number)) == .done)
    }

    private func reset(_ bench: inout Bench) {
        bench.tag.powerOff()
        bench.tag.powerOn()
    }

    private func read(_ block: Int, _ bench: inout Bench) throws -> ISO15693.Response? {
        try bench.send(.readSingleBlock(block, withSecurity: false))
    }

    @Test func `memory is closed only by somebody who has both passwords`() throws {
        var bench = try Bench("ICODE SLIX2")
        let protect = NXP.ProtectPage(firstHighBlock: 30, .writeLow, word)
        #expect(try bench.custom(protect) == .refused(0x0F))
        try give(.read, to: &bench)
        #expect(try bench.custom(protect) == .refused(0x0F))
        try give(.write, to: &bench)
        #expect(try bench.custom(protect) == .done)
    }

    @Test func `SLIX2's low part closed to writing is read by anybody and written with the password`() throws {
        var bench = try Bench("ICODE SLIX2")
        try give(.read, to: &bench)
        try give(.write, to: &bench)
        #expect(try bench.custom(NXP.ProtectPage(firstHighBlock: 30, .writeLow, word)) == .done)
        reset(&bench)
        #expect(try bench.send(.writeSingleBlock(29, data: data)) == .refused(0x0F))
        #expect(try bench.send(.lockBlock(29)) == .refused(0x0F))
        #expect(try bench.send(.writeSingleBlock(30, data: data)) == .done)
        #expect(try read(29, &bench) == .blocks([.init(data: [0, 0, 0, 0], security: nil)]))
        try give(.write, to: &bench)
        #expect(try bench.send(.writeSingleBlock(29, data: data)) == .done)
    }

    @Test func `SLIX2's high part closed to reading is silent in an inventory read`() throws {
        var bench = try Bench("ICODE SLIX2")
        try give(.read, to: &bench)
        try give(.write, to: &bench)
        #expect(try bench.custom(NXP.ProtectPage(firstHighBlock: 8, [.readHigh, .writeHigh], word)) == .done)
        reset(&bench)
        #expect(try read(8, &bench) == .refused(0x0F))
        #expect(try bench.send(.readMultipleBlocks(first: 7, count: 2, withSecurity: false)) == .refused(0x0F))
        var air = field([bench.tag])
        #expect(air.send(NXP.InventoryRead(slots: .one, blocks: 4..<12).onAir) == .silence)
        #expect(air.send(NXP.InventoryRead(slots: .one, blocks: 0..<8).onAir) != .silence)
        try give(.read, to: &bench)
        #expect(try read(8, &bench) != .refused(0x0F))
    }

    @Test func `a locked protection stays and says so`() throws {
        var bench = try Bench("ICODE SLIX2")
        try give(.read, to: &bench)
        try give(.write, to: &bench)
        #expect(try bench.custom(NXP.ProtectPage(firstHighBlock: 30, .writeHigh, word)) == .done)
        #expect(try bench.custom(NXP.LockPageProtection(page: 0, word)) == .done)
        #expect(try bench.custom(NXP.ProtectPage(firstHighBlock: 30, [], word)) == .refused(0x0F))
        #expect(try bench.custom(NXP.LockPageProtection(page: 0, word)) == .refused(0x0F))
        let response = try #require(try bench.custom(NXP.GetSystemInformation()))
        guard case .answer(let told) = try NXP.GetSystemInformation.answer(from: response) else {
            Issue.record("refused")
            return
        }
        #expect(told.pagePointer == 30)
        #expect(told.pageConditions == .writeHigh)
        #expect(told.locks == .pageProtection)
    }

    @Test(arguments: NXP.ProtectPageOfS.Access.allCases)
    func `SLIX-S opens a page to the password its protection names`(_ access: NXP.ProtectPageOfS.Access) throws {
        var bench = try Bench("ICODE SLIX-S")
        try give(.read, to: &bench)
        try give(.write, to: &bench)
        #expect(try bench.custom(NXP.ProtectPageOfS(page: 2, access, word)) == .done)
        // Read with nothing, read with the read password, write with the read password, write with the write password.
        let wanted =
            switch access {
            case .open: [true, true, true, true]
            case .readAndWriteByReadPassword: [false, true, true, false]
            case .writeByWritePassword: [true, true, false, true]
            case .separatePasswords: [false, true, false, true]
            }
        reset(&bench)
        var found = [try read(8, &bench) != .refused(0x0F)]
        try give(.read, to: &bench)
        found.append(try read(8, &bench) != .refused(0x0F))
        found.append(try bench.send(.writeSingleBlock(11, data: data)) == .done)
        reset(&bench)
        try give(.write, to: &bench)
        found.append(try bench.send(.writeSingleBlock(11, data: data)) == .done)
        #expect(found == wanted)
        // Its neighbours are open.
        #expect(try read(7, &bench) != .refused(0x0F))
        #expect(try bench.send(.writeSingleBlock(12, data: data)) == .done)
    }

    @Test func `SLIX-S tells what protects each block and leaves closed pages out of a page read`() throws {
        var bench = try Bench("ICODE SLIX-S")
        try give(.read, to: &bench)
        try give(.write, to: &bench)
        #expect(try bench.send(.lockBlock(7)) == .done)
        #expect(try bench.custom(NXP.ProtectPageOfS(page: 2, .separatePasswords, word)) == .done)
        #expect(try bench.custom(NXP.LockPageProtection(page: 2, word)) == .done)
        #expect(try bench.custom(NXP.ProtectPageOfS(page: 2, .open, word)) == .refused(0x0F))
        #expect(try bench.custom(NXP.ProtectPageOfS(page: 10, .open, word)) == .refused(0x0F))
        let ask = try #require(NXP.GetBlockProtection(first: 7, count: 2))
        let status = try #require(try bench.custom(ask))
        let wanted: [NXP.GetBlockProtection.Protection] = [.locked, [.readByPassword, .writeByPassword, .pageLocked]]
        #expect(try NXP.GetBlockProtection.answer(from: status) == .answer(wanted))
        // Shortened at the end of the memory: 40 blocks.
        #expect(try bench.custom(#require(NXP.GetBlockProtection(first: 38, count: 9))) == .data([0, 0]))
        reset(&bench)
        var air = field([bench.tag])
        let request = NXP.InventoryRead(slots: .one, unit: .page, blocks: 1..<4)
        guard case .frame(let bytes) = air.send(request.onAir) else {
            Issue.record("no answer")
            return
        }
        let pages = try request.answer(onAir: bytes, slot: 0).pages
        #expect(pages.count == 3)
        #expect(pages.map { $0 == nil } == [false, true, false])
    }

    @Test func `joined passwords open nothing one by one`() throws {
        var bench = try Bench("ICODE SLIX2")
        #expect(try bench.custom(NXP.JoinPasswords(word)) == .refused(0x0F))
        try give(.read, to: &bench)
        try give(.write, to: &bench)
        #expect(try bench.custom(NXP.ProtectPage(firstHighBlock: 8, .writeLow, word)) == .done)
        #expect(try bench.custom(NXP.JoinPasswords(word)) == .done)
        reset(&bench)
        try give(.write, to: &bench)
        #expect(try bench.send(.writeSingleBlock(0, data: data)) == .refused(0x0F))
        try give(.read, to: &bench)
        #expect(try bench.send(.writeSingleBlock(0, data: data)) == .done)
    }

    @Test func `SLIX2's counter counts up by itself and is set with the write password`() throws {
        var bench = try Bench("ICODE SLIX2")
        #expect(try bench.send(.writeSingleBlock(79, data: [1, 0, 0, 0])) == .done)
        #expect(try bench.send(.writeSingleBlock(79, data: [1, 0, 0, 0])) == .done)
        #expect(try read(79, &bench) == .blocks([.init(data: [2, 0, 0, 0], security: nil)]))
        #expect(try bench.send(.writeSingleBlock(79, data: [0xFF, 0xFF, 0, 0])) == .refused(0x0F))
        try give(.write, to: &bench)
        #expect(try bench.send(.writeSingleBlock(79, data: [0xFF, 0xFF, 0, 0])) == .done)
        #expect(try bench.send(.writeSingleBlock(79, data: [1, 0, 0, 0])) == .refused(0x0F))
    }

    @Test func `signature, EPC and configuration are answered in the lengths the makers give`() throws {
        var slix2 = try Bench("ICODE SLIX2")
        let signed = try #require(try slix2.custom(NXP.ReadSignature()))
        guard case .answer(let signature) = try NXP.ReadSignature.answer(from: signed) else {
            Issue.record("refused")
            return
        }
        #expect(signature.count == 32)
        #expect(try slix2.custom(NXP.ReadSignature()) == signed)
        var small = try Bench("ICODE SLI-S")
        #expect(try small.custom(NXP.ReadEPC()) == .data([UInt8](repeating: 0, count: 12)))
        var dna = try Bench("ICODE DNA")
        #expect(try dna.custom(#require(NXP.WriteConfiguration(block: 5, data: data, word))) == .done)
        #expect(try dna.custom(#require(NXP.ReadConfiguration(first: 4, count: 2))) == .data([0, 0, 0, 0] + data))
    }
}
