package import Foundation
import Library
package import Operations
import Tags

/// A site's privacy dossier as one page to print: what is read, kept, how long, by which device and at what power, the
/// text of the sign at the door, and the skeleton of the assessment with what can be filled in from the configuration.
///
/// The sign follows EN 16570 (what must be said where RFID is read), the assessment EN 16571 and article 35 of the
/// GDPR. Both standards were used by their public summaries; the page is a draft for the library to finish, and says
/// so.
package struct PrivacyDossier: Sendable {
    private let facts: PrivacyFacts
    private let date: Date

    package init(_ facts: PrivacyFacts, at date: Date) {
        self.facts = facts
        self.date = date
    }

    /// A whole page in English with its style inside; fetches nothing.
    package var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Privacy dossier: \(escaped(facts.library))</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>\(Self.style)</style></head><body>
        <h1>Privacy dossier: RFID at \(escaped(facts.library))</h1>
        <p>Made from the running configuration on \(date.formatted(.iso8601.year().month().day())). Owner codes of the
        library: \(escaped(list(facts.institutions, none: "none are set: every owner counts as the library's own"))).</p>
        \(section("What is read, and by which device", devices))
        \(section("What stands on a tag", tags))
        \(section("What is kept, and for how long", kept))
        \(section("Where it goes", recipients))
        \(section("The sign at the door", sign))
        \(section("Assessment", assessment))
        <p class="quiet">This page is a draft made by a program. Somebody has to read it, finish the lines left open, and sign
        it. The standards EN 16570 and EN 16571 themselves were not at hand: their public summaries were.</p>
        </body></html>
        """
    }

    private static let style = """
        body{font:11pt/1.45 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:2px solid #111;padding-bottom:.2rem}
        h3{font-size:1rem;margin-bottom:.2rem}.quiet{color:#555}
        table{border-collapse:collapse;width:100%}caption{text-align:left;color:#555;padding-bottom:.3rem}
        th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #ccc}
        .sign{border:3px solid #111;padding:1rem 1.5rem;margin:1rem 0;font-size:1.1rem;break-inside:avoid}
        .sign strong{font-size:1.4rem;display:block}.open{background:#fff4c2;padding:0 .3rem}
        @media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
        """

    // MARK: - Sections

    private var devices: String {
        let rows = facts.devices.map { device in
            [
                device.name, device.role.purpose, device.driver, device.place,
                device.milliwatts.map { "\($0) mW, as the configuration says" }
                    ?? "not stated; it stands in the reader's manual, for milliwatts under its [[reader]]",
                device.role.reach,
            ]
        }
        let table = table(
            "Readers at 13.56 MHz (ISO/IEC 15693). The limit in Europe is 60 dBµA/m at 10 m (EN 300 330).",
            ["Device", "Reads", "Driver", "Where", "Power", "Reach"],
            rows
        )
        return facts.devices.isEmpty ? "<p>No reader is configured.</p>" : table
    }

    private var tags: String {
        let elements = ["the item's number"] + facts.elements.map(\.name)
        let security =
            facts.mechanism == .eas
            ? "the EAS bit"
            : "the AFI, \(Self.hex(facts.armed)) in the library and \(Self.hex(facts.released)) on loan"
                + (facts.mechanism == .both ? ", and the EAS bit" : "")
        let title = facts.elements.contains { $0.name.lowercased().contains("title") }
        return """
            <p>\(escaped(list(elements))). Whether an item is on loan stands in \(security). No tag holds anything of a person,
            and a patron card is never written to.</p>
            <p>\(title
                ? "<span class=\"open\">The title is written on tags: anybody with a telephone can read it. Say why.</span>"
                : "No title is written: what somebody carries cannot be read from outside without the library's catalogue.")</p>
            """
    }

    private var kept: String {
        table(
            "In one database on this machine; nobody but the service's own user may read it.",
            ["What", "Holds", "For how long"],
            [
                [
                    "Holdings", "items and their status; columns that name a person are dropped at import",
                    "\(facts.snapshots) snapshots",
                ],
                [
                    "Tag book",
                    "tag number, item number, data model, AFI; when it was read first and last, how writes to it ended",
                    "as long as the item is there",
                ],
                [
                    "How tags are heard",
                    "tag number, reader, time and signal, on pads and in front of wands; none of cards",
                    "in memory alone, until the service stops",
                ],
                [
                    "Settings", "what was changed on the page: no person's name, no password",
                    "until it is changed back",
                ],
                ["Sweeps", "tag and item numbers heard on shelves, with time and reader", "until they are deleted"],
                [
                    "Security journal", "item, tag, old and new value, device and time; not for whom",
                    "until it is deleted",
                ],
                [
                    "Gate", "alarms with item and reason; passages under a pseudonym of the tag",
                    "\(facts.gateDays) days, then forgotten with the key",
                ],
                ["Returns taken offline", "item and time", "until the library system has taken them"],
                ["Notices", "device, kind and number; no item", "a day at the most"],
                [
                    "Audit log", "who of the staff or which machine changed what: name of the token, address, time",
                    "until the database is deleted",
                ],
                ["Loans, patrons, cards", "nothing: there is no place for them", "–"],
            ]
        )
    }

    private var recipients: String {
        var rows = [["Page and interface", facts.address, facts.isLoopback ? "this machine alone" : "the network"]]
        if let system = facts.librarySystem {
            rows.append([
                "Library system", system, "item numbers, and for a loan the patron's number, passed on and not kept",
            ])
        }
        for kiosk in facts.kiosks {
            rows.append(["Kiosk", kiosk, "its conversation passes through memory; patron fields are never logged"])
        }
        for recipient in facts.recipients { rows.append(["Notice or page", recipient.name, recipient.what]) }
        if facts.showsCards {
            rows.append(["Workstation", "pages that are allowed", "the number on a patron card that lies on the pad"])
        }
        return table("", ["Kind", "Where", "What"], rows)
    }

    private var sign: String {
        let gates = facts.devices.contains { $0.role == .gate }
        return """
            <p>To be put up where people come in, and at every reader, in letters that can be read from two metres, with the
            common RFID emblem (ISO/IEC 29160).</p>
            <div class="sign"><strong>RFID is used here</strong>
            \(escaped(facts.library)) reads RFID tags in its own items to lend them, to take them back, to keep its shelves in order\(
                gates ? ", and to protect them at the exit" : "").
            Tags in other things are not recorded. Nothing is stored about who carries an item.
            <br><br>Operator: \(escaped(facts.library)) <span class="open">address, telephone, e-mail</span>
            <br>Privacy policy and assessment: <span class="open">web address</span></div>
            """
    }

    private var assessment: String {
        let risks = [
            (
                "Somebody reads tags outside the library and learns what a person carries",
                "Only a number is on the tag; reach without a gate-sized antenna is below a metre",
                "low"
            ),
            (
                "Somebody follows a person by the number of a tag",
                "Tag numbers are fixed by their makers; loans change hands; gates keep pseudonyms for \(facts.gateDays) days",
                "low to medium"
            ),
            (
                "The gate's log tells who left with what",
                "It knows items and times, no person, and is forgotten after \(facts.gateDays) days",
                "low"
            ),
            (
                "A page in the browser reads what lies on a staff desk",
                "Only pages that are named are answered, on this machine alone",
                "low"
            ),
            (
                "A loan can be told from holdings, journal and time",
                "There is no patron in the database; the library system has its own rules",
                "low"
            ),
        ].map { [$0.0, $0.1, $0.2, "open"] }
        return """
            <h3>1. Description (EN 16571, step 1; GDPR art. 35 (7) a)</h3>
            <p>RFID of the library's items at 13.56 MHz; \(facts.devices.count) readers; purposes: lending, returning, shelf
            order, protection from theft. The tables above are part of this description.</p>
            <h3>2. Necessity (art. 35 (7) b)</h3>
            <p>Data on the tag: <span class="open">say why each element beside the number is needed</span>. Retention:
            <span class="open">say why \(facts.gateDays) days at the gate are needed</span>. Legal basis:
            <span class="open">name it</span>.</p>
            <h3>3. Assets, threats, risks (EN 16571, steps 2 to 5; art. 35 (7) c)</h3>
            \(table("Suggested; to be judged by the library.", ["Threat", "What stands against it", "Risk", "Judged by"], risks))
            <h3>4. Measures (EN 16571, step 6; art. 35 (7) d)</h3>
            <ul><li>No patron data in the service; patron fields of SIP2 are never logged.</li>
            <li>Tags hold a number and technical elements; nothing is locked, so that they can be cleared.</li>
            <li>Withdrawn items are released before they are sold; <span class="open">are their tags removed or cleared?</span></li>
            <li>\(facts.isLoopback
                ? "Page and interface are reachable from this machine alone."
                : "<span class=\"open\">Page and interface are reachable from the network: say who may, and how it is encrypted.</span>")</li></ul>
            <h3>5. Residual risk, consultation, review</h3>
            <p>Residual risk: <span class="open">open</span>. Data protection officer: <span class="open">name, opinion, date</span>.
            Next review: <span class="open">date; at the latest when a device or a retention time changes</span>.</p>
            """
    }
}

extension PrivacyDossier {
    private func section(_ title: String, _ body: String) -> String { "<h2>\(escaped(title))</h2>\n\(body)" }

    private func table(_ caption: String, _ heads: [String], _ rows: [[String]]) -> String {
        let head = heads.map { "<th scope=\"col\">\(escaped($0))</th>" }.joined()
        let body = rows.map { "<tr>" + $0.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        let title = caption.isEmpty ? "" : "<caption>\(escaped(caption))</caption>"
        return "<table>\(title)<thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table>"
    }

    private func list(_ words: [String], none: String = "none") -> String {
        words.isEmpty ? none : words.joined(separator: ", ")
    }

    private static func hex(_ value: UInt8) -> String {
        (value < 0x10 ? "0" : "") + String(value, radix: 16, uppercase: true)
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

extension StationRole {
    fileprivate var purpose: String {
        switch self {
        case .pad: "items laid on it, to lend, return and write them"
        case .wand: "items on the shelf, to compare them with the holdings"
        case .gate: "items carried through, to tell whether they are on loan"
        }
    }

    fileprivate var reach: String {
        switch self {
        case .pad: "some 30 cm"
        case .wand: "some 15 to 40 cm"
        case .gate: "some 50 cm to each side"
        }
    }
}
