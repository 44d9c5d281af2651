import Readers
import Tags
import Testing
import Wire

/// readers §1.15, the recommended driver sequence: every frame it prints.
struct FEIGSequenceTests {
    private static let tag = FEIGTagAddress(.uid(TagUID(0xE004_0150_3309_CE74)))

    private static let rows: [(command: any FEIGCommand, advanced: String, standard: String?)] = [
        (FEIGPing(), "02 00 08 FF 52 00 4A C3", nil),
        (FEIGSoftwareVersion(), "02 00 07 FF 65 6E 61", "05 FF 65 E5 CB"),
        (FEIGReaderInfo(), "02 00 08 FF 66 00 88 12", "06 FF 66 00 CD BF"),
        (FEIGFieldReset(), "02 00 07 FF 69 02 AB", "05 FF 69 89 01"),
        (FEIGInventory(.once), "02 00 09 FF B0 01 00 18 43", "07 FF B0 01 00 1C 56"),
        (FEIGInventory(.more), "02 00 09 FF B0 01 80 10 C7", "07 FF B0 01 80 14 D2"),
        (
            FEIGSystemInformation(tag), "02 00 11 FF B0 2B 01 E0 04 01 50 33 09 CE 74 DF 28",
            "0F FF B0 2B 01 E0 04 01 50 33 09 CE 74 BB 21"
        ),
        (
            FEIGReadBlocks(tag, first: 0, count: 8), "02 00 13 FF B0 23 01 E0 04 01 50 33 09 CE 74 00 08 49 67",
            "11 FF B0 23 01 E0 04 01 50 33 09 CE 74 00 08 92 23"
        ),
        (
            FEIGTagSetting(.writeAFI, tag, value: 0x07), "02 00 12 FF B0 27 01 E0 04 01 50 33 09 CE 74 07 2C 3B",
            "10 FF B0 27 01 E0 04 01 50 33 09 CE 74 07 0A D4"
        ),
        (
            FEIGTagSetting(.writeAFI, tag, value: 0xC2), "02 00 12 FF B0 27 01 E0 04 01 50 33 09 CE 74 C2 8D AA",
            "10 FF B0 27 01 E0 04 01 50 33 09 CE 74 C2 AB 45"
        ),
        (
            FEIGCustom(manufacturer: 0x04, custom: 0xA2, address: tag),
            "02 00 12 FF B1 04 A2 01 E0 04 01 50 33 09 CE 74 70 D6", "10 FF B1 04 A2 01 E0 04 01 50 33 09 CE 74 56 39"
        ),
        (
            FEIGCustom(manufacturer: 0x04, custom: 0xA3, address: tag),
            "02 00 12 FF B1 04 A3 01 E0 04 01 50 33 09 CE 74 57 FA", "10 FF B1 04 A3 01 E0 04 01 50 33 09 CE 74 71 15"
        ),
        (FEIGReadBuffer(dataSets: 0x00FF), "02 00 09 FF 22 00 FF 79 69", "07 FF 22 00 FF 7D 7C"),
        (FEIGClearBuffer(), "02 00 07 FF 32 54 47", "05 FF 32 DF ED"),
        (FEIGGetInput(), "02 00 07 FF 74 66 60", "05 FF 74 ED CA"),
        (FEIGFieldOutput(antenna: 0), "02 00 08 FF 6A 00 28 BB", nil),
    ]

    @Test func `every command comes out as the printed frame of either style`() {
        for row in Self.rows {
            let code = type(of: row.command).code.rawValue
            func frame(_ style: FEIGFrame.Style) -> String {
                let frame = FEIGFrame(style: style, address: 0xFF, command: code, payload: row.command.bytes)
                return Hex.string(frame.bytes, separator: " ")
            }
            #expect(frame(.advanced) == row.advanced)
            if let standard = row.standard { #expect(frame(.standard) == standard) }
        }
    }
}
