import Tags
import Wire

/// A tag somebody has read in a library, and what a person reads in it.
struct RealTag: Sendable, CustomStringConvertible {
    let name: String
    let hex: String
    let model: String
    let identifier: String
    var owner: String?
    /// The public project whose tests or documents carry the bytes.
    let source: String

    var bytes: [UInt8] { (try? Hex.bytes(hex)) ?? [] }
    /// With the DSFID such tags carry.
    var memory: TagMemory {
        TagMemory(bytes: bytes, dsfid: AllModels.inOrder.first { $0.name == model }?.dsfid)
    }
    var description: String { name }

    /// The standard's own example comes first, then tags from shelves.
    static let all = [
        RealTag(
            name: "example of ISO 28560-2, identifier and owner locked",
            hex: "9100051CBE991A14 0201D0 140204B3 4607441CB6E2E335D6 830207ACC09EBAA06F6B0000",
            model: "iso28560-2",
            identifier: "123456789012",
            owner: "US-InU-Mu",
            source: "ISO 28560-2, annex D"
        ),
        RealTag(
            name: "Finland, pad value 80, last ISIL letter shifted",
            hex: "9101046091CE4380 0201A8 050110 67024241 03073240DE05AB075B 0000000000",
            model: "iso28560-2",
            identifier: "1620168259",
            owner: "FI-Mamk-M",
            source: "Hypernova-Oy/lainuri"
        ),
        RealTag(
            name: "Finland, 6-bit text of twelve characters without fill",
            hex: "4109DB1C4EC30D77DB5DF8 0201E0 030632410E3E4E0F 14010B 050110",
            model: "iso28560-2",
            identifier: "611N00576578",
            owner: "FI-Porna",
            source: "kohasuomi/rfid-harava"
        ),
        RealTag(
            name: "Finland, numeric because of the leading zero, pad count 0",
            hex: "A1000607800116607F 0201E0 030632408E05CB7F 14010B 050110",
            model: "iso28560-2",
            identifier: "07800116607",
            owner: "FI-Hanko",
            source: "kohasuomi/rfid-harava"
        ),
        RealTag(
            name: "Finland, 14 digits in six bytes",
            hex: "110619F0CD7BFB77 0201A8 050110 67024241 03063240BE3E8B0F",
            model: "iso28560-2",
            identifier: "28522030300023",
            owner: "FI-Kotka",
            source: "kohasuomi/rfid-harava"
        ),
        RealTag(
            name: "China, element 23 by an additional byte, an owner without country",
            hex: "C102071100B0C30C30CA0000 0203A80008 830203D6593F0000 250110 37021040 5F080599A713063F",
            model: "iso28560-2",
            identifier: "DPB000002",
            owner: "ZYLS",
            source: "DigitalPlatform/dp2"
        ),
        RealTag(
            name: "China, nothing but an identifier",
            hex: "11030AA8AE" + String(repeating: "00", count: 35),
            model: "iso28560-2",
            identifier: "698542",
            source: "DigitalPlatform/dp2"
        ),
        RealTag(
            name: "China, empty elements as place holders",
            hex: "9101040142214B00 0201B8 0300 650110 660100 670100" + String(repeating: "00", count: 90),
            model: "iso28560-2",
            identifier: "21111115",
            source: "DigitalPlatform/dp2"
        ),
        RealTag(
            name: "China, all octets, old bytes behind the terminator",
            hex: "E1010830313030313634330082 0001A0 E30108534D33363130303100 E5000132"
                + String(repeating: "00", count: 16) + "0000313000003631303000003334"
                + String(repeating: "00", count: 50),
            model: "iso28560-2",
            identifier: "01001643",
            owner: "SM361001",
            source: "DigitalPlatform/dp2"
        ),
        RealTag(
            name: "China, owner of 18 characters, a maker's mark in the last block",
            hex: "E1020745353535363732 0000 0201B8 030C1B81E130103A1AC9AB4C48BF 650112 660100 670100"
                + String(repeating: "00", count: 70) + "575F4F4B",
            model: "iso28560-2",
            identifier: "E555672",
            owner: "CN-130103-1-SJZLIB",
            source: "DigitalPlatform/dp2"
        ),
        RealTag(
            name: "Finland, ISO 28560-3 with a vendor's block 101",
            hex: "110101 31363230313534343239000000000000 C4CF 46494D616D6B2D4D0000000000 066500767461 00"
                + String(repeating: "00", count: 39),
            model: "iso28560-3",
            identifier: "1620154429",
            owner: "FI-Mamk-M",
            source: "Hypernova-Oy/lainuri"
        ),
        RealTag(
            name: "Finland, ordinal 0: one tag for the whole item",
            hex: "110100 3835334E3036323430363030 00000000 3850 4649544D000000000000000000",
            model: "iso28560-3",
            identifier: "853N06240600",
            owner: "FI-TM",
            source: "kohasuomi/rfid-harava"
        ),
        RealTag(
            name: "Germany, Danish model in 32 bytes",
            hex: "110101 31313232333334340000000000000000 513E 4445373035000000000000",
            model: "iso28560-3",
            identifier: "11223344",
            owner: "DE-705",
            source: "GallusMax/libdanrfid"
        ),
        RealTag(
            name: "every block reversed",
            hex: "31010111 33323231 00343433 00000000 51000000 3745443E 00003530 00000000",
            model: "iso28560-3",
            identifier: "11223344",
            owner: "DE-705",
            source: "GallusMax/libdanrfid"
        ),
        RealTag(
            name: "3M, a book",
            hex: "04110001 31333032303033373637000000000000 000000000000000000000000",
            model: "3m",
            identifier: "1302003767",
            source: "dpavlin/Biblio-RFID"
        ),
        RealTag(
            name: "DM11 of eleven digits",
            hex: "0B 41155DD9945113944100000000 FD32 A484FF4F42504401500400000000F555",
            model: "dm11",
            identifier: "51793943090",
            source: "GallusMax/libdanrfid"
        ),
        RealTag(
            name: "DM11 of eight digits",
            hex: "0B 41244D54054111000000000000 DAE9 A484FF4F42504401500400000000F555",
            model: "dm11",
            identifier: "12345001",
            source: "GallusMax/libdanrfid"
        ),
        RealTag(
            name: "France, FR01",
            hex: "4652010006266762010101000000000000003132333435363738393031323334",
            model: "fr01",
            identifier: "12345678901234",
            source: "inovatio-france/pmb"
        ),
    ]
}
