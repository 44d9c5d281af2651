import API
import Foundation

/// A sweep's report as an Office Open XML workbook (ISO/IEC 29500): summary, findings, moves and progress.
///
/// Five small XML parts in a ZIP archive; text stands in the cells, never as a formula. Why without a library:
/// docs/decisions/0015.
struct Workbook {
    private let sheets: [(name: String, rows: [[Cell]])]

    enum Cell {
        case text(String?)
        case number(Double)
    }

    init(report: SweepReport, in tongue: ReportTongue = .en) {
        let days: [[Cell]] = report.progress.map { [.text($0.day), .number(Double($0.seen))] }
        sheets = [
            (tongue.say("sheetSummary"), Self.summary(report, tongue)),
            (tongue.say("sheetFindings"), Self.findings(report.findings, tongue)),
            (tongue.say("sheetMoves"), Self.moves(report.moves, tongue)),
            (tongue.say("sheetProgress"), [Self.names(["cellDay", "cellSeen"], tongue)] + days),
        ]
    }

    /// The file.
    var bytes: [UInt8] {
        var archive = ZipArchive()
        let numbers = sheets.indices.map { $0 + 1 }
        let sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        archive.add(
            "[Content_Types].xml",
            part(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\""
                    + "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                    + "<Override PartName=\"/xl/styles.xml\" ContentType=\""
                    + "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                    + numbers.map {
                        "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(sheetType)\"/>"
                    }.joined() + "</Types>"
            )
        )
        archive.add("_rels/.rels", relationships([("officeDocument", "xl/workbook.xml")]))
        archive.add(
            "xl/workbook.xml",
            part(
                "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\"><sheets>"
                    + zip(numbers, sheets).map {
                        "<sheet name=\"\(Markup.escaped($1.name))\" sheetId=\"\($0)\" r:id=\"rId\($0)\"/>"
                    }.joined() + "</sheets></workbook>"
            )
        )
        archive.add(
            "xl/_rels/workbook.xml.rels",
            relationships(numbers.map { ("worksheet", "worksheets/sheet\($0).xml") } + [("styles", "styles.xml")])
        )
        archive.add("xl/styles.xml", part(Self.styles))
        for (number, sheet) in zip(numbers, sheets) {
            archive.add("xl/worksheets/sheet\(number).xml", part(worksheet(sheet.rows)))
        }
        return archive.finished()
    }

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// Style 0 is plain, style 1 bold for the line of names.
    private static let styles = """
        <styleSheet xmlns="\(main)"><fonts count="2"><font/><font><b/></font></fonts>\
        <fills count="1"><fill/></fills><borders count="1"><border/></borders>\
        <cellStyleXfs count="1"><xf/></cellStyleXfs>\
        <cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>
        """

    private func part(_ xml: String) -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\(xml)".utf8)
    }

    private func relationships(_ targets: [(kind: String, path: String)]) -> [UInt8] {
        part(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + targets.enumerated().map { number, target in
                    "<Relationship Id=\"rId\(number + 1)\" Type=\"\(Self.office)/\(target.kind)\" "
                        + "Target=\"\(target.path)\"/>"
                }.joined() + "</Relationships>"
        )
    }

    private func worksheet(_ rows: [[Cell]]) -> String {
        var xml = "<worksheet xmlns=\"\(Self.main)\"><sheetViews><sheetView workbookViewId=\"0\">"
        xml += "<pane ySplit=\"1\" topLeftCell=\"A2\" state=\"frozen\"/></sheetView></sheetViews>"
        xml += "<cols><col min=\"1\" max=\"12\" width=\"22\" customWidth=\"1\"/></cols><sheetData>"
        for (number, row) in rows.enumerated() {
            xml += "<row r=\"\(number + 1)\">"
            for cell in row { xml += self.cell(cell, style: number == 0 ? " s=\"1\"" : "") }
            xml += "</row>"
        }
        return xml + "</sheetData></worksheet>"
    }

    private func cell(_ cell: Cell, style: String) -> String {
        switch cell {
        case .text(nil): "<c\(style)/>"
        case .text(let text?):
            "<c\(style) t=\"inlineStr\"><is><t xml:space=\"preserve\">\(Markup.escaped(text))</t></is></c>"
        case .number(let number): "<c\(style)><v>\(number)</v></c>"
        }
    }
}

/// The sheets' rows, the line of names first.
extension Workbook {
    /// The line of names.
    private static func names(_ names: [String], _ tongue: ReportTongue) -> [Cell] {
        names.map { .text(tongue.say($0)) }
    }

    private static func summary(_ report: SweepReport, _ tongue: ReportTongue) -> [[Cell]] {
        let sweep = report.sweep
        func name(_ name: String) -> Cell { .text(tongue.say(name)) }
        var rows: [[Cell]] = [
            [name("cellSweep"), .number(Double(sweep.id))],
            [name("cellScope"), .text(tongue.told(sweep.scope))],
            [name("cellState"), .text(tongue.say(sweep.state.rawValue))],
            [name("cellStarted"), .text(sweep.startedAt.formatted(.iso8601))],
            [name("cellFinished"), .text(sweep.finishedAt?.formatted(.iso8601))],
            [name("cellHoldings"), .text(tongue.judged(sweep))],
            [name("cellExpected"), .number(Double(sweep.expected))],
            [name("cellSeen"), .number(Double(sweep.seen))],
            [name("cellMissing"), .number(Double(sweep.missing ?? 0))],
            [name("cellNotSwept"), .number(Double(sweep.notSwept ?? 0))],
            [name("cellGone"), .number(Double(sweep.gone ?? 0))],
        ]
        if let completeness = sweep.completeness {
            rows.append([name("cellLikely"), .number(completeness.likely.rounded())])
            rows.append([name("cellLow"), .number(Double(completeness.low))])
            rows.append([name("cellHigh"), .number(Double(completeness.high))])
            rows.append([name("cellUntold"), .number(Double(completeness.untold))])
        }
        if let unread = sweep.unreadTags {
            var row: [Cell] = [name("cellUnread"), .number(Double(unread))]
            if unread > 0 { row.append(name("slower")) }
            rows.append(row)
        }
        return rows
    }

    private static func findings(_ findings: [Finding], _ tongue: ReportTongue) -> [[Cell]] {
        let head = Self.names(
            [
                "cellClass", "cellSeverity", "callNumber", "barcode", "itemTitle", "cellReason", "cellAdvice",
                "cellTag", "cellLastSeen", "cellReader",
            ],
            tongue
        )
        let rows = findings.map { finding -> [Cell] in
            let texts: [String?] = [
                tongue.told(finding.kind), tongue.say(finding.severity), finding.callNumber, finding.barcode,
                finding.title, tongue.told(finding.reason), tongue.told(finding.advice), finding.uid,
                finding.lastSeen?.formatted(.iso8601), finding.reader,
            ]
            return texts.map { .text($0) }
        }
        return [head] + rows
    }

    private static func moves(_ moves: [Move], _ tongue: ReportTongue) -> [[Cell]] {
        let head = Self.names(
            [
                "number", "take", "barcode", "itemTitle", "cellStandsAfter", "cellPutAfter", "cellPutBefore",
                "cellPlaces", "cellDone",
            ],
            tongue
        )
        let rows = moves.map { move -> [Cell] in
            [
                .number(Double(move.number)), .text(move.item.callNumber), .text(move.item.barcode),
                .text(move.item.title), .text(move.standsAfter?.callNumber), .text(move.putAfter?.callNumber),
                .text(move.putBefore?.callNumber), .number(Double(move.places)),
                .text(tongue.say(move.isDone ? "yes" : "no")),
            ]
        }
        return [head] + rows
    }
}
