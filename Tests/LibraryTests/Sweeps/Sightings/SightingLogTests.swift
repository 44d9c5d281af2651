import Tags
import Testing

@testable import Library

struct SightingLogTests {
    private static let now = Moment(milliseconds: 1_772_438_400_000)

    private static func take(_ lines: [String]) -> [SightingLog.Line] {
        var log = SightingLog(reader: "wand-3", moment: now)
        return lines.map { log.take($0) }
    }

    @Test func `what is written is read again, every field or none`() {
        let sightings = [
            Sighting(uid: TagUID(0xE004_0100_0000_0001), reader: "wand-1", at: Self.now),
            Sighting(
                uid: TagUID(0xE004_0100_0000_0002),
                barcode: "39070001",
                reader: "wand-2",
                at: Self.now,
                pass: 3,
                afi: 0xC2,
                antenna: 2,
                signal: -61
            ),
        ]
        let lines = sightings.compactMap(SightingLog.line)
        #expect(lines.last == "E004010000000002,39070001,wand-2,1772438400000,3,194,2,-61")
        #expect(Self.take([SightingLog.header] + lines).dropFirst() == sightings.map { .sighting($0) }[...])
    }

    /// An accent at the beginning of a cell makes one character with what parts it from the one before.
    @Test(arguments: ["\u{301}3907", "3907\"\u{301},1", ",\u{338}", "\u{301}", "\"", "a\"\"b"])
    func `a barcode that begins with an accent is read again`(_ barcode: String) throws {
        let uid = TagUID(0xE004_0100_0000_0001)
        let sighting = Sighting(uid: uid, barcode: barcode, reader: "\u{338}w", at: Self.now, pass: 2)
        let line = try #require(SightingLog.line(sighting))
        #expect(Self.take([SightingLog.header, line]) == [.nothing, .sighting(sighting)])
    }

    @Test func `a wand's plain list is barcodes and tag numbers`() {
        #expect(
            Self.take(["39070001\r", "", "E004010000000002"]) == [
                .barcode("39070001"), .nothing,
                .sighting(Sighting(uid: TagUID(0xE004_0100_0000_0002), reader: "wand-3", at: Self.now)),
            ]
        )
    }

    @Test(arguments: [
        ["Barcode", "39070001", "\"39070002\""], ["\u{FEFF}barcode\r", "39070001\r", "39070002\r"],
        ["Time;Item Barcode;Title", "09:00;39070001;Red; and black", "09:01;39070002;\"a;b\""],
        ["Title,Item ID,UID", "\"Red, and black\",39070001,E004010000000002", ",\" 39070002 \","],
        ["UID\tItem_Barcode", "E004010000000002\t39070001", "\t39070002"],
        ["\tBarcode\t", "1\t39070001\t", "\t39070002\t"],
    ])
    func `of a wand's table the column of barcodes is read`(_ lines: [String]) {
        #expect(Self.take(lines) == [.nothing, .barcode("39070001"), .barcode("39070002")])
    }

    @Test func `a table of tag numbers alone is read by them, and a line without any is told`() {
        let sighting = Sighting(uid: TagUID(0xE004_0100_0000_0002), reader: "wand-3", at: Self.now)
        let rejection = SightingLog.Rejection(line: 3, cause: "found no barcode in column 2")
        #expect(
            Self.take(["Count;Tag UID", "1;E004010000000002", "2; "])
                == [.nothing, .sighting(sighting), .rejected(rejection)]
        )
    }

    @Test func `a table says no moments, so that the same one once more is no second walk`() {
        var log = SightingLog(reader: "wand-3", moment: Self.now)
        _ = log.take("Barcode;Title")
        #expect(!log.hasColumns)
    }

    @Test func `a name further down is a barcode like any other`() {
        #expect(Self.take(["39070001", "barcode"]) == [.barcode("39070001"), .barcode("barcode")])
    }

    @Test(arguments: [
        ("E00401,b,w,1,1,,,", "uid: found 'E00401', wanted 16 digits"),
        ("E004010000000002,b,w,noon,1,,,", "at: found 'noon', wanted milliseconds since 1970"),
        ("E004010000000002,b,,1,1,,,", "reader: found nothing"),
        ("E004010000000002,b,w,1,0,,,", "pass: found '0', wanted 1 or more"),
        ("E004010000000002,b,w,1,1,256,,", "afi: found '256', wanted 0 to 255"),
        ("E004010000000002,b,w,1", "found 4 columns, wanted 8"),
    ])
    func `a line that is no sighting is told with its number and cause`(_ line: String, _ cause: String) {
        #expect(Self.take([SightingLog.header, line]).last == .rejected(SightingLog.Rejection(line: 2, cause: cause)))
    }

    @Test func `tag numbers may be written small, and barcodes without line feeds are told`() {
        #expect(
            Self.take(["e004010000000002"]) == [
                .sighting(Sighting(uid: TagUID(0xE004_0100_0000_0002), reader: "wand-3", at: Self.now))
            ]
        )
        guard case .rejected = Self.take(["39070001\r39070002"]).first else {
            Issue.record("wanted a rejection")
            return
        }
    }

    @Test func `a file's name with a comma does not keep its sightings from being written`() {
        var log = SightingLog(reader: "floor 2, west\r\n.txt", moment: Self.now)
        guard case .sighting(let sighting) = log.take("E004010000000002") else {
            Issue.record("wanted a sighting")
            return
        }
        #expect(sighting.reader == "floor 2  west .txt")
        #expect(SightingLog.line(sighting) != nil)
        #expect(SightingLog(reader: "", moment: Self.now).reader == "upload")
    }

    @Test func `a sentence is no barcode`() {
        guard case .rejected = Self.take(["title, author"]).first else {
            Issue.record("wanted a rejection")
            return
        }
    }

    @Test(arguments: ["\0", "\0b", "39\u{1}07", "39070001\u{7F}", "\u{FFFD}\u{FFFD}3\0"])
    func `what no label can say is no barcode, in a list, a table and our own form`(_ text: String) {
        let own = [SightingLog.header, "E004010000000002,\(text),w,1,1,,,"]
        for lines in [[text], ["Title;Barcode", "Red;\(text)"], own] {
            guard case .rejected = Self.take(lines).last else {
                Issue.record("wanted a rejection of \(lines)")
                continue
            }
        }
    }

    @Test func `a name that would break the line is not written`() {
        #expect(SightingLog.line(Sighting(uid: TagUID(1), reader: "wand\nleft", at: Self.now)) == nil)
    }

    @Test(arguments: ["3907,0001", "\"3907\"", ",", "\"", "39\"07", "\"\",\""])
    func `a barcode with a comma or a quote is written and read again`(_ barcode: String) throws {
        let sighting = Sighting(
            uid: TagUID(0xE004_0100_0000_0001),
            barcode: barcode,
            reader: "wand, left",
            at: Self.now,
            afi: 7
        )
        let line = try #require(SightingLog.line(sighting))
        #expect(Self.take([SightingLog.header, line]).last == .sighting(sighting))
    }

    @Test func `a barcode alone stands for itself, never for a tag`() {
        #expect(TagUID(barcodeAlone: "39070001").isBarcodeAlone)
        #expect(TagUID(barcodeAlone: "39070001") != TagUID(barcodeAlone: "39070002"))
        #expect(!TagUID(0xE004_0100_0000_0002).isBarcodeAlone)
    }
}
