import Importers
import Library
import Testing

/// A small export of one profile with three good items, a bad one in the middle and, where the format can, a patron.
struct ImporterSample: Sendable, CustomTestStringConvertible {
    var importer: any HoldingsImporter.Type
    var bytes: [UInt8]
    var settings = ImportSettings()
    /// The barcodes of the good items, in order.
    var barcodes = ["1001", "1002", "1003"]
    /// Text that must appear nowhere.
    var secret = "Miller"

    var testDescription: String { importer.profile }

    init(_ importer: any HoldingsImporter.Type, _ text: String, settings: ImportSettings = ImportSettings()) {
        self.init(importer, Array(text.utf8), settings: settings)
    }

    init(_ importer: any HoldingsImporter.Type, _ bytes: [UInt8], settings: ImportSettings = ImportSettings()) {
        self.importer = importer
        self.bytes = bytes
        self.settings = settings
    }

    static let all: [ImporterSample] = [
        ImporterSample(
            KohaCSVImporter.self,
            #"""
            itemnumber,barcode,homebranch,itemcallnumber,surname,title
            1,1001,CPL,QA 1 .A1,Miller,"One, ""two"""
            2,,CPL,QA 2,Miller,no barcode
            3,1002,CPL,QA 2 .B2,Miller,Größe
            4,1003,CPL,QA 3 .C3,Miller,Three

            """#
        ),
        ImporterSample(
            EvergreenTableImporter.self,
            """
            Barcode;Circ Modifier;Call Number Label;Owning Library;Copy Status;Patron Name
            1001;book;QA 1;BR1;Available;Miller
            ;book;QA 1;BR1;Available;Miller
            1002;book;QA 2;BR1;Checked out;Miller
            1003;dvd;QA 3;BR2;In transit;Miller
            """
        ),
        ImporterSample(
            SymphonyPipesImporter.self,
            "QA 1|1|1001|STACKS|STACKS|\nQA 2|1|  |STACKS|STACKS|\nQA 2|1|1002|CHECKEDOUT|STACKS|\nQA 3|1|1003|NEWBOOKS|STACKS|\n",
            settings: ImportSettings(columns: [
                "call-number": "1", "copy": "2", "barcode": "3", "location": "4", "permanent-location": "5",
            ])
        ),
        ImporterSample(
            KohaRESTImporter.self,
            #"""
            [{"item_id":1,"external_id":"1001","home_library_id":"CPL","callnumber":"QA 1","checkout":{"patron_id":"Miller"}},
             {"item_id":2,"external_id":null,"home_library_id":"CPL"},
             {"item_id":3,"external_id":"1002","home_library_id":"CPL","lost_status":0}]
            [{"item_id":4,"external_id":"1003","home_library_id":"CPL","biblio":{"title":"Gr\u00f6\u00dfe"}}]
            """#
        ),
        ImporterSample(
            FOLIOImporter.self,
            #"""
            {"items":[{"id":"a","holdingsRecordId":"h","barcode":"1001","status":{"name":"Available"},
             "lastCheckIn":{"dateTime":"2026-01-02","staffMemberId":"Miller"}},
             {"id":"b","holdingsRecordId":"h","status":{"name":"Available"}}], "totalRecords": 4}
            {"totalRecords": 4, "items":[{"id":"c","holdingsRecordId":"h","barcode":"1002","status":{"name":"Checked out"}},
             {"id":"d","holdingsRecordId":"h","barcode":"1003","status":{"name":"Missing"}}]}
            """#
        ),
        ImporterSample(KohaMARCImporter.self, iso2709("952", barcode: "p")),
        ImporterSample(KohaUNIMARCImporter.self, iso2709("995", barcode: "f", title: "200")),
        ImporterSample(EvergreenMARCImporter.self, iso2709("852", barcode: "p")),
        ImporterSample(SymphonyMARCImporter.self, Array(marcXML("999", barcode: "i").utf8)),
        ImporterSample(
            MARCImporter.self,
            Array(marcXML("989", barcode: "b").utf8),
            settings: ImportSettings(columns: ["item": "989", "barcode": "b", "call-number": "a"])
        ),
        ImporterSample(
            JSONLinesImporter.self,
            #"""
            {"barcode":"1001","call_number":"QA 1","borrower":"Miller"}
            {"barcode":"","borrower":"Miller"}
            {"barcode":1002,"call_number":"QA 2"}

            {"barcode":"1003","status":"Checked out"}
            """#
        ),
        ImporterSample(
            TableImporter.self,
            "Barcode\tCall number\tDue date\tborrower\n1001\tQA 1\t\tMiller\n\tQA 2\t\tMiller\n1002\tQA 2\t\tMiller\n1003\tQA 3\t2026-12-01\tMiller\n"
        ),
    ]

    private static func iso2709(_ tag: String, barcode: Character, title: String = "245") -> [UInt8] {
        func record(_ number: String, _ items: [String?]) -> [UInt8] {
            ISO2709Builder.record(
                [("001", number), (title, "10\u{1F}aA title /\u{1F}bof \(number)")]
                    + items.map { (tag, "  \u{1F}a1st\($0.map { "\u{1F}\(barcode)\($0)" } ?? "")") }
            )
        }
        return record("1", ["1001", nil]) + record("2", ["1002", "1003"])
    }

    private static func marcXML(_ tag: String, barcode: Character) -> String {
        func item(_ code: String?) -> String {
            let subfield = code.map { "<subfield code=\"\(barcode)\">\($0)</subfield>" } ?? ""
            return
                "<datafield tag=\"\(tag)\" ind1=\" \" ind2=\" \"><subfield code=\"a\">QA 1</subfield>\(subfield)</datafield>"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <marc:collection xmlns:marc="http://www.loc.gov/MARC21/slim">
            <marc:record><marc:leader>00000nam a2200000 a 4500</marc:leader><controlfield tag="001">1</controlfield>
            <datafield tag="245" ind1="1" ind2="0"><subfield code="a">R&amp;D &#x2014; <![CDATA[a <b>]]></subfield></datafield>
            \(item("1001"))\(item(nil))</marc:record>
            <marc:record>\(item("1002"))\(item("1003"))</marc:record>
            </marc:collection>
            """
    }
}

/// Writes ISO 2709 records for tests.
enum ISO2709Builder {
    static func record(_ fields: [(tag: String, content: String)], flags: String = "nam a22", length: Int? = nil)
        -> [UInt8]
    {
        record(fields.map { ($0.tag, Array($0.content.utf8)) }, flags: flags, length: length)
    }

    static func record(_ fields: [(tag: String, content: [UInt8])], flags: String = "nam a22", length: Int? = nil)
        -> [UInt8]
    {
        var directory = ""
        var data: [UInt8] = []
        for (tag, content) in fields {
            directory += tag + padded((content.count + 1) % 10_000, 4) + padded(data.count % 100_000, 5)
            data += content + [0x1E]
        }
        let base = 24 + directory.utf8.count + 1
        let total = length ?? base + data.count + 1
        let leader = padded(total % 100_000, 5) + flags + padded(base % 100_000, 5) + " a 4500"
        return Array(leader.utf8) + Array(directory.utf8) + [0x1E] + data + [0x1D]
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
