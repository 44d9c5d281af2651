import Readers
import Tags
import Testing
import Wire

/// The reader's twin alone; the driver takes no part here.
struct RL866TwinTests {
    private let uid = TagUID(0xE004_0150_3309_CE74)

    /// Connects the tag and works on it; the reply's bytes behind command and status.
    private func access(_ access: RL866Access, _ air: inout any Air) throws -> [UInt8] {
        var twin = RL866Twin()
        let connect = RL866Frame(control: 0x00, information: [0x32] + RL866Connect(uid).bytes)
        let connected = try RL866Frame(twin.receive(connect.bytes, air: &air)).information
        // Status 0000, handle 1.
        #expect(connected == [0x32, 0x00, 0x00, 0x01])
        let work = RL866Frame(control: 0x40, information: [0x34] + access.bytes)
        let reply = try RL866Frame(twin.receive(work.bytes, air: &air)).information
        #expect(reply.prefix(3) == [0x34, 0x00, 0x00])
        return Array(reply.dropFirst(3))
    }

    private func memory(_ air: any Air) -> [UInt8]? { (air as? TestAir)?.tags.first?.memory }

    @Test func `a start is answered in its own form`() {
        var twin = RL866Twin()
        var air: any Air = TestAir([])
        let reply = twin.receive(bytes("FA 05 FF C0 42 39"), air: &air)
        #expect(reply.prefix(2) == [0xFA, 0x05])
        #expect(reply.dropFirst(3).first == 0xC0)
        #expect(twin.receive(bytes("FA 05 FF C0 42 38"), air: &air).isEmpty)
    }

    @Test func `blocks are written with a byte 00 behind them and not without`() throws {
        var air: any Air = TestAir([TestAir.Tag(uid.rawValue)])
        // First block 0, one block, four bytes.
        let head = bytes("00 00 01 00 11 22 33 44")
        // Length 03, operation 0004, done.
        #expect(
            try access(RL866Access(handle: 1, .writeBlocks, head + [0x00]), &air) == bytes("03 04 00 01")
        )
        #expect(memory(air)?.prefix(4) == [0x11, 0x22, 0x33, 0x44])
        for end in [[], [0x07]] as [[UInt8]] {
            var air: any Air = TestAir([TestAir.Tag(uid.rawValue)])
            // Operation 0004, failed, 0102: length.
            #expect(
                try access(RL866Access(handle: 1, .writeBlocks, head + end), &air) == bytes("05 04 00 00 02 01")
            )
            #expect(memory(air)?.prefix(4) == [0, 0, 0, 0])
        }
    }

    @Test func `an AFI is written with its value and nothing else`() throws {
        for parameters in [[], [0xC2, 0x00]] as [[UInt8]] {
            var air: any Air = TestAir([TestAir.Tag(uid.rawValue)])
            #expect(
                try access(RL866Access(handle: 1, .writeAFI, parameters), &air) == bytes("05 06 00 00 02 01")
            )
            #expect((air as? TestAir)?.tags.first?.afi == 0x07)
        }
    }
}
