import Tags
import Testing
import Wire

struct ISILPackingTests {
    @Test(
        arguments: [
            // seven from real tags, five from the standards' examples
            ("DE-Heu1", "21408E16BF1F"), ("US-InU-Mu", "ACC09EBAA06F6B"), ("CH-000134-1", "1A01E000134A1F"),
            ("CN-110108-1-NLC", "1B81E110108A1AC7307F"), ("CN-120104-C-YBL", "1B81E120104AD1D6644C"),
            ("FI-Mamk-M", "3240DE05AB075B"), ("FI-Porna", "32410E3E4E0F"), ("FI-Hanko", "32408E05CB7F"),
            ("FI-Kotka", "3240BE3E8B0F"), ("GB-UkOxU", "38815EADFDC57F"), ("DK-718500", "22C1E718500F"),
            ("ZDB-1-a", "D1040F883A1F"), ("O-ABC:1", "780221EFE3"), ("AU-ANL:X/y", "0D40173378E6F3"),
        ])
    func `an ISIL packs as on tags and in the standard`(_ isil: String, _ hex: String) throws {
        #expect(try Hex.string(#require(ISILPacking.bytes(isil))) == hex)
        #expect(ISILPacking.text(try Hex.bytes(hex)[...]) == isil)
    }

    @Test(
        arguments: [
            // latch where a writer of ours shifts; a library without country; more than sixteen characters
            ("21408E16BE1F", "DE-Heu1"), ("1B81E120104AC1832267", "CN-120104-C-YBL"), ("D6593F", "ZYLS"),
            ("1B81E130103A1AC9AB4C48BF", "CN-130103-1-SJZLIB"), ("", ""), ("FF", ""),
        ])
    func `other writers' choices read as well`(_ hex: String, _ isil: String) throws {
        #expect(ISILPacking.text(try Hex.bytes(hex)[...]) == isil)
    }

    @Test(arguments: ["DE_1", "DÉ-1", "A B", "é"])
    func `characters an ISIL cannot have are refused`(_ isil: String) {
        #expect(ISILPacking.bytes(isil) == nil)
    }

    @Test func `any ISIL reads back and any bytes are answered`() throws {
        var random = SeededGenerator(seed: 7)
        for round in 0..<4000 {
            let isil = random.text("ABCXYZabcxyz0189-:/", 1...16)
            let bytes = try #require(ISILPacking.bytes(isil))
            #expect(ISILPacking.text(bytes[...]) == isil, "\(Hex.string(bytes))")
            let noise = random.bytes(round % 20)
            #expect(ISILPacking.text(noise[...]).utf8.count <= noise.count * 2)
        }
    }
}
