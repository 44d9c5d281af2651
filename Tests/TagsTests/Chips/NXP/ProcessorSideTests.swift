import Tags
import Testing
import Wire

private let ntag = TagUID(0xE004_0158_0000_0001)
private let st25dv = TagUID(0xE002_2400_0000_0001)
private typealias Plain = ST.PlainRate
private typealias Double = ST.DoubleRate
private let consent = Consent(givenBy: "a test")

/// The bytes between code and checksum, UID left out; `nil` for a tag of another maker.
private func parameters(_ command: (any CustomCommand)?, for uid: TagUID) -> [UInt8]? {
    guard let command, case .custom(let request) = command.request(for: uid) else { return nil }
    return [request.code] + request.parameters
}

private func answer<C: CustomCommand>(to command: C.Type, _ bytes: [UInt8]) throws -> C.Answer? {
    guard case .answer(let answer) = try command.answer(from: .data(bytes)) else { return nil }
    return answer
}

/// Commands of chips with a processor behind them, by the codes of iso15693 §7.3 and §9 and the makers' public drivers.
@Suite struct ProcessorSideTests {
    @Test func `NTAG 5 and ICODE 3 are asked by codes of their own`() {
        #expect(parameters(NXP.PickRandomIdentifier(), for: ntag) == [0xC2])
        #expect(parameters(NXP.ReadTamper(), for: ntag) == [0xC4])
        #expect(parameters(NXP.ParameterRequest(), for: ntag) == [0xD0])
        // 106 kbit/s both ways and 320.9 µs, as the maker's own example chooses.
        #expect(parameters(NXP.ParameterSelect(.init(rates: 0x22, timing: 0x01)), for: ntag) == [0xD1, 0x22, 0x01])
        #expect(parameters(NXP.ReadSRAM(first: 3, count: 4), for: ntag) == [0xD2, 3, 3])
        #expect(parameters(NXP.WriteSRAM(first: 63, data: [1, 2, 3, 4]), for: ntag) == [0xD3, 63, 0, 1, 2, 3, 4])
        #expect(parameters(NXP.WriteBus(device: 0x50, data: [0xAA, 0xBB]), for: ntag) == [0xD4, 0x50, 1, 0xAA, 0xBB])
        #expect(parameters(NXP.ReadBus(device: 0x50, count: 256), for: ntag) == [0xD5, 0x50, 0xFF])
        #expect(parameters(NXP.PickRandomIdentifier(), for: st25dv) == nil)
    }

    @Test func `what does not fit is no command`() {
        #expect(NXP.ReadSRAM(first: 256, count: 1) == nil)
        #expect(NXP.WriteSRAM(first: 0, data: [1, 2, 3]) == nil)
        #expect(NXP.WriteSRAM(first: 0, data: []) == nil)
        #expect(NXP.WriteSRAM(first: 0, data: Array(repeating: 0, count: 260)) == nil)
        #expect(NXP.WriteBus(device: 0, data: []) == nil)
        #expect(NXP.ReadBus(device: 0, count: 257) == nil)
        #expect(ST.WriteMessage<Plain>([]) == nil && ST.WriteMessage<Double>(Array(repeating: 0, count: 257)) == nil)
        #expect(ST.ReadMessage<Plain>(first: 255, count: 2) == nil && ST.ReadMessage<Double>(count: 0) == nil)
        #expect(ST.FastExtendedReadMultipleBlocks(first: 65_536, count: 1) == nil)
        #expect(ST.WriteEASIdentifier([1]) == nil)
    }

    @Test func `ST's mailbox, registers and fast reads stand by their codes, low byte first`() {
        let bytes: [((any CustomCommand)?, [UInt8])] = [
            (ST.EnableEAS(), [0xA5]), (ST.WriteEASIdentifier([0x34, 0x12]), [0xA7, 0x34, 0x12]),
            (ST.WriteEASConfiguration(1), [0xA8, 1]), (ST.ManageOutput(0x80), [0xA9, 0x80]),
            (ST.WriteMessage<Plain>([7]), [0xAA, 0, 7]), (ST.ReadMessageLength<Plain>(), [0xAB]),
            (ST.ReadMessage<Plain>(), [0xAC, 0, 0xFF]),
            (ST.ReadDynamicConfiguration<Plain>(register: 0x0D), [0xAD, 0x0D]),
            (ST.WriteDynamicConfiguration<Plain>(register: 0x0D, value: 1), [0xAE, 0x0D, 1]),
            (ST.LockKill(consent), [0xB2]), (ST.FastReadSingleBlock(block: 9), [0xC0, 9]),
            (ST.FastReadMultipleBlocks(first: 9, count: 2), [0xC3, 9, 1]),
            (ST.FastExtendedReadSingleBlock(block: 0x0102), [0xC4, 0x02, 0x01]),
            (ST.FastExtendedReadMultipleBlocks(first: 0x0102, count: 4), [0xC5, 0x02, 0x01, 3, 0]),
            (ST.WriteMessage<Double>([7, 8]), [0xCA, 1, 7, 8]), (ST.ReadMessageLength<Double>(), [0xCB]),
            (ST.ReadMessage<Double>(first: 1, count: 2), [0xCC, 1, 1]),
            (ST.ReadDynamicConfiguration<Double>(register: 2), [0xCD, 2]),
            (ST.WriteDynamicConfiguration<Double>(register: 2, value: 3), [0xCE, 2, 3]),
        ]
        for (command, wanted) in bytes { #expect(parameters(command, for: st25dv) == wanted) }
    }

    @Test func `their answers are read whole`() throws {
        #expect(try answer(to: NXP.ParameterRequest.self, [0x33, 0x03]) == .init(rates: 0x33, timing: 0x03))
        #expect(throws: ParseError.self) { try answer(to: NXP.ParameterRequest.self, [0x33, 0x03, 0x00]) }
        #expect(throws: ParseError.self) { try answer(to: NXP.ParameterRequest.self, [0x33]) }
        #expect(try answer(to: NXP.ReadSRAM.self, [1, 2, 3, 4]) == [1, 2, 3, 4])
        #expect(try answer(to: NXP.ReadBus.self, [9]) == [9])
        #expect(try answer(to: NXP.ReadTamper.self, [0x43, 0x4F]) == [0x43, 0x4F])
        #expect(try answer(to: ST.ReadMessageLength<Plain>.self, [0xFF]) == 256)
        #expect(try answer(to: ST.ReadMessageLength<Double>.self, [0]) == 1)
        #expect(try answer(to: ST.ReadMessage<Plain>.self, [5, 6]) == [5, 6])
        #expect(try answer(to: ST.ReadDynamicConfiguration<Plain>.self, [0x81]) == 0x81)
        #expect(try answer(to: ST.FastReadSingleBlock.self, [1, 2, 3, 4]) == [1, 2, 3, 4])
        #expect(try answer(to: ST.EnableEAS.self, [0x12]) == [0x12])
        #expect(try NXP.PickRandomIdentifier.answer(from: .done) == .answer(Acknowledgement()))
        #expect(try ST.WriteMessage<Plain>.answer(from: .done) == .answer(Acknowledgement()))
        #expect(throws: ParseError.self) { try ST.WriteMessage<Double>.answer(from: .data([1])) }
    }

    @Test func `locking the kill is said explicitly, and what a power cut forgets is no lock`() {
        #expect(ST.LockKill(consent).request(for: st25dv)?.isIrreversible == true)
        #expect(ST.WriteMessage<Plain>([1])?.request(for: st25dv)?.isIrreversible == false)
        #expect(NXP.WriteSRAM(first: 0, data: [1, 2, 3, 4])?.request(for: ntag)?.isIrreversible == false)
    }
}
