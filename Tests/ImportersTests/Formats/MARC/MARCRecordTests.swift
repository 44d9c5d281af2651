import Library
import Testing

@testable import Importers

@Suite struct MARCRecordTests {
    private static let fields: [(tag: String, content: String)] = [
        ("001", "4711"), ("245", "10\u{1F}aTitle :\u{1F}brest"), ("952", "  \u{1F}p1\u{1F}p2\u{1F}o QA 1 "),
    ]

    @Test func `leader, control and data fields are read by the directory`() throws {
        let record = try MARCRecord(iso2709: ISO2709Builder.record(Self.fields))
        #expect(record.leader.hasPrefix("00"))
        #expect(record.control("001") == "4711")
        #expect(record.value("245", "b") == "rest")
        try #require(record.fields.map(\.tag) == ["001", "245", "952"])
        #expect(record.fields[1].indicators == "10")
        #expect(record.fields[2].values("p") == ["1", "2"])
        #expect(record.fields[2].value("o") == "QA 1")
        #expect(record.fields[2].value("x") == nil)
    }

    @Test func `a leader that lies about the length changes nothing`() throws {
        let honest = try MARCRecord(iso2709: ISO2709Builder.record(Self.fields))
        for length in [0, 30, 99_999] {
            let record = try MARCRecord(iso2709: ISO2709Builder.record(Self.fields, length: length))
            #expect(record.fields == honest.fields)
        }
    }

    @Test func `where the directory lies the field marks are believed`() throws {
        var bytes = ISO2709Builder.record(Self.fields)
        // Bytes 39 to 42 are the length of the second field.
        bytes.replaceSubrange(39..<43, with: Array("0003".utf8))
        #expect(try MARCRecord(iso2709: bytes).fields == MARCRecord(iso2709: ISO2709Builder.record(Self.fields)).fields)
    }

    @Test func `a record of more than the 99 999 bytes that a leader can say is read whole`() throws {
        let items = (0..<3000).map { ("952", "  \u{1F}p\($0)\u{1F}oQA 76.73 .S95 A65 2019 v.\($0)") }
        let bytes = ISO2709Builder.record(Self.fields.prefix(2) + items)
        #expect(bytes.count > 99_999)
        let record = try MARCRecord(iso2709: bytes)
        #expect(record.fields.count == 3002)
        #expect(record.fields.last?.value("p") == "2999")
    }

    @Test func `text is MARC-8 unless the leader or the bytes themselves say UTF-8`() throws {
        let marc8: [(String, [UInt8])] = [("245", Array("10\u{1F}aM".utf8) + [0xE8, 0x75])]
        #expect(try MARCRecord(iso2709: ISO2709Builder.record(marc8, flags: "nam  22")).value("245", "a") == "Mü")
        let utf8: [(String, [UInt8])] = [("245", Array("10\u{1F}aMü".utf8))]
        for flags in ["nam a22", "nam  22"] {
            #expect(try MARCRecord(iso2709: ISO2709Builder.record(utf8, flags: flags)).value("245", "a") == "Mü")
        }
    }

    @Test func `a value that is no UTF-8 under a leader that says so loses no letter`() throws {
        let mixed: [(String, [UInt8])] = [
            ("245", Array("10\u{1F}aM".utf8) + [0xFC] + Array("nchen\u{1F}bMünchen".utf8)),
            ("952", Array("  \u{1F}oZ".utf8) + [0xFC] + Array("r 5".utf8)),
        ]
        let record = try MARCRecord(iso2709: ISO2709Builder.record(mixed, flags: "nam a22"))
        #expect(record.value("245", "a") == "München" && record.value("245", "b") == "München")
        #expect(record.value("952", "o") == "Zür 5")
    }

    @Test(
        arguments: [
            ([0x30, 0x1D], "found a record of 2 bytes, wanted 26 or more"),
            ([UInt8](repeating: 0x30, count: 40), "found no end of the directory"),
            (
                [UInt8](repeating: 0x30, count: 30) + [0x1E, 0x1D],
                "found a directory of 6 bytes, wanted a multiple of 12"
            ),
            (
                [UInt8](repeating: 0x30, count: 24) + [0x1E, 0x1D],
                "found a directory of 0 bytes, wanted a multiple of 12"
            ),
        ] as [([UInt8], String)]
    )
    func `a record without frame is refused`(_ bytes: [UInt8], _ cause: String) {
        #expect(throws: MARCRecord.Flaw(cause: cause)) { try MARCRecord(iso2709: bytes) }
    }

    @Test func `the same record in XML reads the same`() throws {
        let xml = """
            <record><leader>x</leader><controlfield tag="001">4711</controlfield>
            <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Title :</subfield>
            <subfield code="b">rest</subfield></datafield></record>
            """
        let record = try MARCRecord(xml: Array(xml.utf8))
        let binary = try MARCRecord(iso2709: ISO2709Builder.record(Array(Self.fields.prefix(2))))
        #expect(record.fields == binary.fields)
        #expect(record.leader == "x")
    }

    @Test func `a record whose length is damaged into the beginning of XML is read all the same`() throws {
        let good = ISO2709Builder.record(Self.fields)
        var damaged = good
        damaged[0] = 0x3C
        let run = try ImporterRun(KohaMARCImporter.self, good + damaged)
        #expect(run.items.map(\.barcode) == ["1", "1"] && run.rejected.isEmpty)
    }

    @Test func `damaged records in a stream cost themselves only`() throws {
        let good = ISO2709Builder.record(Self.fields)
        var bytes = good + Array("\r\n".utf8) + Array("garbage".utf8) + [0x1D] + good.dropLast(20) + [0x1D] + good
        bytes += Array("00500nam cut".utf8)
        let run = try ImporterRun(KohaMARCImporter.self, bytes)
        #expect(run.items.map(\.barcode) == ["1", "1"])
        #expect(run.lines == [1, 4])
        #expect(run.rejected.map(\.line).contains(2))
        #expect(run.rejected.last?.cause == "found the end of the file inside a record")
        #expect(run.rejected.last?.line == 5)
    }
}
