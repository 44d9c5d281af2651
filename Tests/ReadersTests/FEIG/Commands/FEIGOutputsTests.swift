import Testing
import Wire

@testable import Readers

struct FEIGOutputsTests {
    @Test func `the manual's examples for an MR200 come out`() throws {
        // M-MR200: OUT1 flashing and OUT2 on are OS 1C00 with OSF 0400 for 500 ms; relay on for 1 s is OS 4000.
        let model = FEIGModel.ofType(75)
        #expect(FEIGSetOutputOld(.relay, .on, time: 10, on: model)?.bytes == bytes("40 00 00 00 00 0A 00 00"))
        #expect(FEIGSetOutputOld(.output(1), .flash, time: 5, on: model)?.states == 0x0C00)
        #expect(FEIGSetOutputOld(.output(2), .on, time: 5, on: model)?.states == 0x1000)
        #expect(FEIGSetOutputOld(.greenLamp, .on, time: 5, on: model) == nil)
        let example = FEIGSetOutputOld(states: 0x1C00, frequencies: 0x0400, time: 5)
        #expect(example.bytes == bytes("1C 00 04 00 00 05 00 00"))
        #expect(try FEIGSetOutputOld(example.bytes) == example)
    }

    @Test func `a pad's lamps, buzzer and relay have their bits`() {
        // CPR.M02.
        let model = FEIGModel.ofType(80)
        #expect(FEIGSetOutputOld(.greenLamp, .on, time: 3, on: model)?.states == 0b01)
        #expect(FEIGSetOutputOld(.redLamp, .off, time: 3, on: model)?.states == 0b1000)
        #expect(FEIGSetOutputOld(.buzzer, .flash, time: 3, on: model)?.states == 0b11_0000)
        #expect(FEIGSetOutputOld(.relay, .on, time: 3, on: model)?.bytes == bytes("00 00 00 00 00 00 00 03"))
        #expect(FEIGSetOutputOld(.relay, .off, time: 3, on: model)?.relayTime == 1)
        #expect(FEIGSetOutputOld(.relay, .flash, time: 3, on: model) == nil)
        #expect(FEIGSetOutputOld(.output(1), .on, time: 3, on: model) == nil)
    }

    @Test(arguments: [60, 61, 76, 78] as [UInt8])
    func `the relay of a reader that has none is refused and not switched in vain`(_ type: UInt8) {
        // M-MR101: the last two bytes of 71 are zero on an MR101 and a PRH101.
        let model = FEIGModel.ofType(type)
        #expect(FEIGSetOutputOld(.relay, .on, time: 3, on: model) == nil)
        #expect(FEIGSetOutputOld(.relay, .off, time: 3, on: model) == nil)
        #expect(FEIGSetOutputOld(.buzzer, .on, time: 3, on: model)?.bytes == bytes("00 10 00 00 00 03 00 00"))
    }

    @Test func `the frame of 71 has 13 bytes`() {
        let command = FEIGSetOutputOld(states: 1, time: 3)
        let frame = FEIGFrame(style: .standard, address: 0xFF, command: 0x71, payload: command.bytes)
        #expect(frame.bytes.count == 13)
        #expect(frame.bytes.first == 0x0D)
    }

    @Test func `72 names each output by kind and number`() throws {
        let buzzer = try #require(FEIGSetOutput(.buzzer, .on, time: 5))
        #expect(buzzer.bytes == bytes("01 01 41 01 00 05"))
        #expect(try FEIGSetOutput(buzzer.bytes) == buzzer)
        #expect(FEIGSetOutput(.output(2), .off, time: 1)?.settings.first?.number == 0x02)
        #expect(FEIGSetOutput(.output(0), .off, time: 1) == nil)
        #expect(FEIGSetOutput(.output(32), .off, time: 1) == nil)
        #expect(throws: ParseError.self) { try FEIGSetOutput(bytes("02 00")) }
        #expect(throws: ParseError.self) { try FEIGSetOutput(bytes("01 02 41 01 00 05")) }
    }

    @Test(arguments: [
        (Duration.zero, UInt16(0xFFFF)), (.milliseconds(1), 1), (.milliseconds(500), 5), (.seconds(2), 20),
        (.seconds(100_000), 0xFFFE), (.seconds(-1), 0xFFFF),
    ])
    func `times are steps of 100 ms`(_ time: Duration, _ steps: UInt16) {
        #expect(FEIGTime.steps(time) == steps)
    }

    @Test func `inputs tell state and change`() throws {
        // Input 1 and 3 active, input 3 changed.
        let reply = try FEIGGetInput.Reply([0b0100_0101])
        #expect(reply.inputs == ReaderInputs(active: [1, 3], changed: [3]))
        #expect(reply.bytes == [0x45])
    }
}
