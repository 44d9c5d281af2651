import Readers
import Testing
import Wire

struct FEIGPeopleCounterTests {
    @Test func `the captured question carries a frame in a frame`() throws {
        // GATE.
        let hex = "02 00 12 FF 9F 00 0D 02 02 00 08 01 77 00 EE 02 44 31"
        let outer = try FEIGFrame(bytes(hex))
        let command = try FEIGPiggyback(outer.payload)
        #expect(command.header == [0x00, 0x0D, 0x02])
        #expect(command.inner == FEIGFrame(style: .advanced, address: 1, command: 0x77, payload: [0]))
        #expect(command.inner.payload == FEIGGetPeopleCounter().bytes)
        let built = FEIGFrame(
            style: .advanced,
            address: 0xFF,
            command: 0x9F,
            payload: FEIGPiggyback(command.inner).bytes
        )
        #expect(built.bytes == bytes(hex))
    }

    @Test func `the captured reset sets four counters to nothing`() throws {
        let hex = "02 00 22 FF 9F 00 0D 02 02 00 18 01 78 00" + String(repeating: " 00", count: 16) + " B0 9D 41 38"
        let inner = try FEIGPiggyback(FEIGFrame(bytes(hex)).payload).inner
        let command = try FEIGSetPeopleCounter(inner.payload)
        #expect(command.counters == FEIGPeopleCounters(incoming: 0, outgoing: 0))
        #expect(command.bytes == inner.payload)
    }

    @Test func `the last two counters are in and out`() throws {
        let counters = try FEIGPeopleCounters(bytes("00 00 00 00 00 00 00 00 00 00 01 02 00 01 00 00"))
        #expect(counters.incoming == 258)
        #expect(counters.outgoing == 65536)
        #expect(counters.bytes == bytes("00 00 00 00 00 00 00 00 00 00 01 02 00 01 00 00"))
    }

    @Test func `a gate counts and is set back`() async throws {
        var twin = FEIGTwin(.gate)
        twin.people = FEIGPeopleCounters(incoming: 12, outgoing: 9)
        var reader = try await FEIGDriver.open(LoopbackLink(twin, over: TestAir([])))
        #expect(reader.information.abilities.contains(.peopleCount))
        let first = try await reader.readPeopleCount().lanes
        #expect(first.first == PeopleCount.Lane(incoming: 12, outgoing: 9))
        #expect(first.dropFirst() == [PeopleCount.Lane(incoming: 0, outgoing: 0)])
        try await reader.resetPeopleCount()
        #expect(try await reader.readPeopleCount().lanes.first == PeopleCount.Lane(incoming: 0, outgoing: 0))
    }

    @Test func `a second lane counts with the other pair`() async throws {
        var twin = FEIGTwin(.gate)
        twin.people = FEIGPeopleCounters(incoming: 12, outgoing: 9)
        twin.people.others = [3, 4]
        var reader = try await FEIGDriver.open(LoopbackLink(twin, over: TestAir([])))
        let wanted = [PeopleCount.Lane(incoming: 12, outgoing: 9), PeopleCount.Lane(incoming: 3, outgoing: 4)]
        #expect(try await reader.readPeopleCount().lanes == wanted)
    }

    @Test func `a pad counts nobody`() async throws {
        var reader = try await FEIGDriver.open(LoopbackLink(FEIGTwin(.pad), over: TestAir([])))
        await #expect(throws: ReaderError.unsupported("piggyback on ID CPR40")) {
            _ = try await reader.readPeopleCount()
        }
    }
}
