import API
import Testing

@Suite struct CSVTests {
    @Test func `cells with commas, quotes and line ends are quoted`() {
        #expect(CSV.line(["a", nil, "b,c", "say \"no\"", "x\ny"]) == "a,,\"b,c\",\"say \"\"no\"\"\",\"x\ny\"\r\n")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
    func `a title does not run as a formula`(_ title: String) {
        #expect(CSV.line([title]).hasPrefix("'"))
    }

    @Test func `a carriage return in front is quoted and harmless`() {
        #expect(CSV.line(["\r=1"]) == "\"'\r=1\"\r\n")
    }

    /// The accent makes one character of both, and the cell ended at a quote that was not doubled.
    @Test func `a quote with an accent behind it ends no cell`() {
        let line = CSV.line(["a\"\u{301},=1", "b"])
        #expect(Array(line.utf8) == Array("\"a\"\"\u{301},=1\",b\r\n".utf8))
    }

    @Test func `barcodes of findings stand each once on a line, and a tag without an item has none`() {
        func finding(_ kind: String, _ barcode: String?) -> Finding {
            Finding(
                id: "\(kind) \(barcode ?? "")",
                kind: kind,
                severity: "notice",
                barcode: barcode,
                uid: nil,
                title: nil,
                callNumber: nil,
                reason: "",
                advice: "",
                lastSeen: nil,
                reader: nil
            )
        }
        let findings = [
            finding("missing", "3012"), finding("unreadable", nil), finding("missing", "3011"),
            finding("damaged", "3012"),
        ]
        #expect(CSV.barcodes(findings) == "3012\n3011\n")
        #expect(CSV.barcodes([]).isEmpty)
    }

    @Test func `findings stand under their column names`() {
        let finding = Finding(
            id: "a",
            kind: "missing",
            severity: "notice",
            barcode: "3012",
            uid: nil,
            title: "Sorting, searching",
            callNumber: "QA 76",
            reason: "not heard in 2 passes",
            advice: "look for it",
            lastSeen: nil,
            reader: "wand-1"
        )
        #expect(
            CSV.findings([finding])
                == "kind,severity,barcode,callNumber,title,reason,advice,uid,lastSeen,reader\r\n"
                + "missing,notice,3012,QA 76,\"Sorting, searching\",not heard in 2 passes,look for it,,,wand-1\r\n"
        )
    }
}
