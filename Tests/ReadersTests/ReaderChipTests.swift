import Readers
import Tags
import Testing
import Wire

@Suite struct ReaderChipTests {
    /// UID bits of an ICODE SLIX2, which old ICODE SLI used for serial numbers (iso15693 §7.1).
    private static let uid = TagUID(0xE004_0108_3F7B_635C)

    private static func information(blocks: Int) -> ISO15693.Response {
        let geometry = MemoryGeometry(blockSize: 4, blockCount: blocks)
        return .systemInformation(.init(uid: uid, geometry: geometry, icReference: 1))
    }

    private func chip(_ answers: [Result<ISO15693.Response, ReaderError>]) async throws -> (name: String?, asked: Int) {
        var reader = ScriptReader { _, number in
            number < answers.count ? answers[number] : .failure(.tagLost(Self.uid))
        }
        let chip = try await reader.recogniseChip(of: Self.uid)
        return (chip?.name, reader.asked.count)
    }

    @Test func `a chip is told by its bits, its own word and the maker's question`() async throws {
        let own = ISO15693.Response.data([0, 0, 0, 0x7F, 0x35, 0, 0])
        let new = try await chip([.success(Self.information(blocks: 80)), .success(own)])
        #expect(new.name == "ICODE SLIX2")
        #expect(new.asked == 2)
        let old = try await chip([.success(Self.information(blocks: 28))])
        #expect(old.name == "ICODE SLI")
        #expect(old.asked == 1)
    }

    @Test func `a clone with another memory is no chip we know`() async throws {
        #expect(try await chip([.success(Self.information(blocks: 13))]).name == nil)
    }

    @Test func `a reader that cannot ask the maker's question stays with the tag's own word`() async throws {
        let found = try await chip([.success(Self.information(blocks: 80)), .failure(.unsupported("AB"))])
        #expect(found.name == "ICODE SLIX2")
    }

    @Test(arguments: 0...2) func `an answer that was lost is asked for again before the bits alone count`(
        _ count: Int
    ) async throws {
        let lost = Array(repeating: Result<ISO15693.Response, ReaderError>.failure(.tagLost(Self.uid)), count: count)
        let found = try await chip(lost + [.success(Self.information(blocks: 28))])
        #expect(found.name == "ICODE SLI")
        #expect(found.asked == count + 1)
    }

    @Test func `silence leaves the bits, and a reader that is gone is told`() async throws {
        #expect(try await chip([]).name == "ICODE SLIX2")
        await #expect(throws: ReaderError.self) {
            try await chip([.failure(.link(.closed))])
        }
    }
}
